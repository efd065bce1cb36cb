"""Everything by keyboard alone: the skip link comes first, nothing traps, and one can sign in."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House
from tests.browser.house_server import PASSWORD
from tests.house.town import ANONYMOUS

pytestmark = pytest.mark.browser

WHERE = "() => { const here = document.activeElement; return here.tagName + ' ' + (here.id || here.name || here.getAttribute('href') || here.textContent.trim().slice(0, 40)) }"
SEEN = """() => { const box = document.activeElement.getBoundingClientRect()
  const top = document.elementFromPoint(box.left + box.width / 2, Math.max(box.top, 0) + Math.min(box.height, 20) / 2)
  return box.bottom > 0 && box.top < innerHeight && (document.activeElement.contains(top) || top?.contains(document.activeElement)
    || top?.tagName === 'LABEL') }"""
MOST = 200


def tab(page: Page, key: str = "Tab") -> str:
    page.keyboard.press(key)
    return str(page.evaluate(WHERE))


@pytest.mark.parametrize("route", ["front", "my_page", "board_list", "board_page"])
def test_the_first_tab_skips_to_the_content(house: House, route: str) -> None:
    page = house.page("sakerhetssamordnare")
    page.goto(house.url + house.addresses[route]["sakerhetssamordnare"])
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    expect(link).to_be_in_viewport()
    target = (link.get_attribute("href") or "").removeprefix("#")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate(
        "id => { const main = document.getElementById(id), here = document.activeElement;"
        " return main.contains(here) || !!(main.compareDocumentPosition(here) & 4) }",
        target,
    )
    assert inside


@pytest.mark.parametrize("route", ["my_page", "board_list", "board_page"])
def test_tab_goes_through_the_page_and_out_of_it(house: House, route: str) -> None:
    """Forwards until it starts anew: every stop is seen, none is a trap, none is covered."""
    page = house.page("sakerhetssamordnare")
    page.goto(house.url + house.addresses[route]["sakerhetssamordnare"])
    reachable = page.evaluate(
        "s => [...document.querySelectorAll(s)].filter(one => one.checkVisibility() && !one.disabled).length",
        "a[href], button, input:not([type=hidden]), select, textarea, summary",
    )
    stops = []
    while (stop := tab(page)) and not stop.startswith("BODY") and len(stops) < MOST:
        assert page.evaluate(SEEN), f"Focus on {stop} is not seen"
        assert stops[-2:] != [stop, stop], f"{stop} does not let go"
        stops.append(stop)
    assert len(stops) >= reachable * 0.9 or len(stops) == MOST


def test_one_signs_in_by_keyboard_alone(house: House) -> None:
    page = house.context(ANONYMOUS).new_page()
    page.goto(house.url + house.addresses["account_login"][ANONYMOUS])
    for _step in range(MOST):
        if "email" in tab(page) or page.evaluate("() => document.activeElement.type") in ("email", "text"):
            break
    page.keyboard.type(house.employee)
    for _step in range(10):
        tab(page)
        if page.evaluate("() => document.activeElement.type") == "password":
            break
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{house.url}/min-sida/")


def test_the_key_slash_leads_to_the_search_unless_it_is_switched_off(house: House) -> None:
    page = house.context("systemforvaltare").new_page()
    page.goto(house.url + house.addresses["account_list"]["systemforvaltare"])
    field = page.get_by_label("Namn eller e-post")
    page.keyboard.press("/")
    expect(field).to_be_focused()
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")
    page.evaluate(
        "() => { document.activeElement.blur(); delete document.documentElement.dataset.shortcuts }"
    )
    page.keyboard.press("/")
    expect(field).not_to_be_focused()
