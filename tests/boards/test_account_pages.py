"""Every page of the account stands in our frame, whole, in both languages."""

import time

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.test import Client
from django.urls import reverse

from boards.accounts import invitations
from tests.conftest import Cast, signed_in

ANYBODY = [
    "account_login", "account_logout", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key_done", "socialaccount_login_cancelled", "socialaccount_login_error", "invitation",
]  # fmt: skip
OWN = [
    "profile", "stand_in_new", "account_email", "email_confirm", "account_change_password", "account_reauthenticate",
    "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_deactivate_totp", "mfa_reauthenticate", "usersessions_list", "totp_picture",
    "mfa_download_recovery_codes", "account_logout",
]  # fmt: skip
DESK = ["account_list", "account_invite"]
# The languages differ in these only where Swedish and English spell alike.
SWEDISH = {"sv": 'lang="sv"', "en": 'lang="en"'}


def fresh(client: Client) -> Client:
    """Somebody who has shown just now who they are."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record.update(reauthenticated=True, at=time.time())
    session.save()
    return client


def read(client: Client, name: str, language: str) -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(reverse(name))
    assert answer.status_code in (200, 302, 401, 410), (name, answer.status_code)
    if answer.status_code != 302 and answer["Content-Type"].startswith("text/html"):
        page = answer.content.decode()
        assert SWEDISH[language] in page
        assert 'class="skip"' in page, f"{name} is not in our frame"
        assert page.count("<h1") == 1, name
        return page
    return ""


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_for_anybody(cast: Cast, language: str) -> None:
    for name in ANYBODY:
        read(Client(), name, language)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_of_ones_own_account(cast: Cast, language: str) -> None:
    karin = cast.coordinator
    karin.set_password("fyra ord som inte hor ihop")
    karin.save()
    client = fresh(signed_in(karin))
    read(client, "mfa_activate_totp", language)
    assert client.get(reverse("totp_picture"))["Content-Type"] == "image/svg+xml"
    TOTP.activate(karin, generate_totp_secret())
    RecoveryCodes.activate(karin)
    for name in OWN:
        read(client, name, language)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pages_where_accounts_are_looked_after(cast: Cast, language: str) -> None:
    client = signed_in(cast.administrator)
    for name in DESK:
        read(client, name, language)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for name in ("account_detail", "factor_reset_ask"):
        assert client.get(reverse(name, args=[cast.employee.pk])).status_code == 200


def test_an_invitation_page_greets_the_invited(cast: Cast) -> None:
    link = invitations.invite("ny@example.org", "Ny Person", by=cast.administrator)
    client = Client()
    assert "ny@example.org" in client.get(link.replace(settings.PUBLIC_URL, ""), follow=True).content.decode()


def test_there_is_no_sign_up(cast: Cast) -> None:
    for path in ("/konto/registrering/", "/accounts/signup/", "/konto/signup/", "/accounts/login/"):
        assert Client().get(path).status_code == 404


def test_no_page_offers_a_sign_up_or_speaks_of_a_remembered_session(cast: Cast) -> None:
    page = read(Client(), "account_login", "en").lower()
    assert "sign up" not in page
    assert "remember" not in page


def test_a_person_without_a_local_password_is_told_where_it_is_changed(cast: Cast) -> None:
    page = read(signed_in(cast.employee), "account_change_password", "en")
    assert "You have no password here" in page


def test_other_ways_to_show_who_one_is_are_named_in_swedish(cast: Cast) -> None:
    karin = cast.coordinator
    karin.set_password("fyra ord som inte hor ihop")
    karin.save()
    TOTP.activate(karin, generate_totp_secret())
    page = read(signed_in(karin), "account_reauthenticate", "sv")
    assert "Använd appen eller en reservkod" in page
