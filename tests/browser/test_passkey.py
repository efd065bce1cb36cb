"""A real browser with a virtual authenticator: register a passkey, sign out, and sign in with it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from boards.models import User
from tests.conftest import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
PASSWORD = "fyra ord som inte hor ihop"


@pytest.fixture
def karin(transactional_db: None, cast: Cast) -> User:
    person = cast.coordinator
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def here(live_server: Any) -> str:
    """WebAuthn knows names, not numbers."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def phone(page: Page) -> Iterator[Any]:
    """A phone that shows a finger whenever it is asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield session
    session.detach()


def sign_in_by_password(page: Page, here: str, person: User) -> None:
    page.goto(f"{here}/konto/logga-in/")
    page.fill("#id_login", person.email)
    page.fill("#id_password", PASSWORD)
    page.locator("main form").first.get_by_role("button").click()


def sign_out(page: Page, here: str) -> None:
    page.goto(f"{here}/konto/logga-ut/")
    page.locator("main").get_by_role("button", name="Logga ut").click()
    page.wait_for_url(f"{here}/")


def add_passkey(page: Page) -> None:
    page.get_by_role("link", name="Lägg till passnyckel").click()
    page.get_by_role("button", name="Lägg till passnyckeln").click()
    page.wait_for_url(re.compile("/reservkoder/"))


def test_an_office_demands_a_factor_and_a_passkey_opens_from_then_on(
    page: Page, here: str, phone: Any, karin: User
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    sign_in_by_password(page, here, karin)
    page.wait_for_url(f"{here}/konto/tvafaktor/")
    add_passkey(page)
    assert Authenticator.objects.filter(user=karin, type="webauthn").count() == 1
    page.goto(f"{here}/profil/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Karin Ek")
    sign_out(page, here)

    page.goto(f"{here}/konto/logga-in/")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    page.wait_for_url(lambda url: "logga-in" not in url)
    page.goto(f"{here}/profil/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Karin Ek")
    assert not complaints, complaints


def test_a_passkey_is_the_second_factor_after_a_password(
    page: Page, here: str, phone: Any, karin: User
) -> None:
    sign_in_by_password(page, here, karin)
    add_passkey(page)
    sign_out(page, here)
    sign_in_by_password(page, here, karin)
    page.wait_for_url(re.compile("/tvafaktor/kod/"))
    page.get_by_role("button", name="Använd passnyckel").click()
    page.wait_for_url(lambda url: "tvafaktor" not in url)
    page.goto(f"{here}/profil/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Karin Ek")


def test_another_device_does_not_open(page: Page, here: str, phone: Any, karin: User) -> None:
    sign_in_by_password(page, here, karin)
    add_passkey(page)
    sign_out(page, here)
    phone.send("WebAuthn.disable")
    phone.send("WebAuthn.enable")
    phone.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto(f"{here}/konto/logga-in/")
    page.get_by_role("button", name="Logga in med passnyckel").click()
    expect(page.locator("[data-failed]")).to_be_visible(timeout=15_000)
    page.goto(f"{here}/profil/")
    page.wait_for_url(re.compile("/logga-in/"))
