"""On paper every page says where it comes from, who printed it and when."""

import pytest

from tests.browser.conftest import House

pytestmark = pytest.mark.browser

FOOT = "getComputedStyle(document.documentElement).getPropertyValue('--printed')"


def test_the_foot_of_each_printed_page_tells_address_person_and_time(house: House) -> None:
    page = house.context("sakerhetssamordnare").new_page()
    page.goto(house.url + "/profil/")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    foot = page.evaluate(FOOT)
    assert "/profil/" in foot
    assert "Utskriven av Karin Ek" in foot
    assert page.evaluate("String(new Date().getFullYear())") in foot
    page.emulate_media(media="print")
    assert page.locator(".printed").is_hidden(), "not twice"


def test_without_scripts_it_stands_once_at_the_end(house: House) -> None:
    told = house.context("sakerhetssamordnare").cookies()
    plain = house.browser.new_context(java_script_enabled=False)
    plain.add_cookies(told)
    page = plain.new_page()
    page.goto(house.url + "/profil/")
    assert page.locator(".printed").is_hidden()
    page.emulate_media(media="print")
    assert "Utskriven av Karin Ek" in page.locator(".printed").inner_text()
