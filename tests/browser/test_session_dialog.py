"""Before a session ends the page says so, and why: one press puts the idle end off, nothing the longest time."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


@pytest.fixture
def page(house: House) -> Page:
    return house.context("sakerhetssamordnare").new_page()


def open_profile(page: Page, house: House, **seconds: int) -> None:
    """The server's page with so many seconds left."""

    def change(route: Route) -> None:
        answer = route.fetch()
        body = answer.text()
        for name, value in seconds.items():
            body = re.sub(rf'data-{name}="\d+"', f'data-{name}="{value}"', body)
        route.fulfill(response=answer, body=body)

    page.route("**/profil/", change)
    page.goto(house.url + "/profil/")


def test_what_is_idle_is_kept_with_one_press(house: House, page: Page) -> None:
    open_profile(page, house, left=100, idle=1800, most=40_000)
    expect(page.get_by_role("dialog", name="Du loggas ut om 2 minuter")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_longest_time_is_told_once_and_what_is_typed_stays(house: House, page: Page) -> None:
    open_profile(page, house, left=250, idle=1800, most=250)
    dialog = page.get_by_role("dialog", name="Du loggas ut om 5 minuter")
    expect(dialog).to_contain_text("12 timmar")
    expect(dialog).to_contain_text("står kvar")
    dialog.get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_when_it_is_over_the_page_says_so(house: House, page: Page) -> None:
    open_profile(page, house, left=0, idle=1800, most=40_000)
    expect(page.get_by_role("dialog", name="Du är utloggad")).to_be_visible()
