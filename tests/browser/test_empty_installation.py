"""An empty installation in a real browser: one-time link, password, second factor, and the nine parts to a city."""

import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command
from playwright.sync_api import Page

from boards.accounts import invitations
from boards.models import Board, City, User
from security_program import first_run

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PASSWORD = "fyra ord som inte hor ihop"
# What is chosen or written in each part; the rest are answered with one press.
ANSWERS: dict[str, Any] = {
    "stad": lambda page: (page.get_by_label("Stadens namn").fill("Uppsala kommun"), pick(page, "I bruk")),
    "namnder": lambda page: pick(page, "Stockholms nämnder och bolag"),
    "program": lambda page: pick(page, "Jag bekräftar det senare"),
    "mejl": lambda page: pick(page, "Nej"),
    "telefon": lambda page: page.get_by_label("Krisstöd, telefon").fill("018-727 00 00"),
    "kontakt": lambda page: page.get_by_label("Frågor om systemet, e-post").fill("help@example.org"),
}


@pytest.fixture
def link(transactional_db: None, live_server: Any) -> str:
    call_command("load_reference", "--offices-only")
    (_first, link), _second = invitations.bootstrap([("ada@example.org", "Ada"), ("bo@example.org", "Bo")])
    return live_server.url + "/konto/" + link.split("/konto/")[1]


def pick(page: Page, text: str) -> None:
    page.locator("main label").filter(has_text=text).first.click()


def go_on(page: Page) -> None:
    page.locator("main form button.button").first.click()


def open_account(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Ditt namn").fill("Ada Andersson")
    for field in page.locator("main input[type=password]").all():
        field.fill(PASSWORD)
    go_on(page)
    page.wait_for_url("**/konto/logga-in/")
    page.get_by_label("E-post").fill("ada@example.org")
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    go_on(page)


def set_up_factor(page: Page) -> None:
    """The picture is there to point at, and the key is read in fours by somebody without a camera."""
    page.get_by_role("link", name="Lägg till appen").click()
    assert page.locator("img.qr").evaluate("picture => picture.complete && picture.naturalWidth > 0")
    key = page.locator("main code").inner_text()
    assert {len(part) for part in key.split()} == {4}
    code = format_hotp_value(hotp_value(key.replace(" ", ""), int(time.time()) // 30))
    page.get_by_label("Kod").fill(code)
    go_on(page)
    page.wait_for_url("**/reservkoder/")


def test_from_the_one_time_link_to_a_city(page: Page, link: str, live_server: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_account(page, link)
    set_up_factor(page)
    page.goto(f"{live_server.url}/min-sida/")
    page.wait_for_url("**/kom-igang/")
    page.get_by_role("link", name="Börja").click()
    for part in first_run.SLUGS:
        page.wait_for_url(f"**/kom-igang/{part}/")
        ANSWERS.get(part, lambda page: None)(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, f"{part} scrolls sideways"
        go_on(page)
    page.wait_for_url("**/min-sida/")
    city = City.objects.here()
    assert (city.name, city.is_set_up) == ("Uppsala kommun", True)
    assert Board.objects.count() > 70
    assert User.objects.get(email="ada@example.org").has_usable_password()
