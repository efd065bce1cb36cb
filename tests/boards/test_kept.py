"""What was typed when the session had ended is there again for the same person, and for nobody else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from boards import kept
from boards.models import KeptText, User
from tests.boards.moment import later
from tests.boards.test_sign_in import sign_in, somebody
from tests.conftest import Cast

WORDS = "Långtäkt text om åskan i Bromma"


@pytest.fixture
def lina(cast: Cast) -> User:
    return somebody(cast)


@pytest.fixture
def browser(lina: User) -> Client:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    sign_in(client, lina.email)
    return client


def end_session(client: Client) -> None:
    client.session.flush()


def type_something(client: Client, **fields: str) -> Any:
    given = {"deputy": WORDS, "valid_from": "2026-12-01", **fields}
    return client.post(reverse("stand_in_new"), given)


def test_it_waits_for_the_same_person_and_is_sent_with_one_press(browser: Client, lina: User) -> None:
    end_session(browser)
    assert type_something(browser)["Location"].startswith(reverse("account_login"))
    assert sign_in(browser, lina.email)["Location"] == reverse("kept_text")
    page = browser.get(reverse("kept_text")).content.decode()
    assert WORDS in page
    assert f'action="{reverse("stand_in_new")}"' in page
    assert 'name="csrfmiddlewaretoken"' in page


def test_what_carries_a_marking_of_protective_security_is_not_kept(browser: Client, lina: User) -> None:
    end_session(browser)
    type_something(browser, deputy=f"HEMLIG {WORDS}")
    assert not KeptText.objects.exists()


def test_it_is_forgotten_once_it_has_been_taken_in(browser: Client, lina: User, cast: Cast) -> None:
    end_session(browser)
    browser.post(reverse("profile"), {"language": "en", "theme": "dark", "shortcuts": "on"})
    sign_in(browser, lina.email)
    assert KeptText.objects.count() == 1
    again = {"language": "en", "theme": "dark", "shortcuts": "on", "kept_text": "1"}
    assert browser.post(reverse("profile"), again).status_code == 302
    assert not KeptText.objects.exists()
    lina.refresh_from_db()
    assert lina.theme == "dark"


def test_another_person_at_the_same_machine_gets_nothing(browser: Client, cast: Cast, lina: User) -> None:
    end_session(browser)
    type_something(browser)
    maja = somebody(cast, "Maja Berg")
    assert sign_in(browser, maja.email)["Location"] == reverse("my_page")
    assert browser.get(reverse("kept_text")).status_code == 404
    end_session(browser)
    sign_in(browser, lina.email)
    assert browser.get(reverse("kept_text")).status_code == 404, "the key went when somebody else came"


def test_another_machine_gets_nothing(browser: Client, lina: User) -> None:
    end_session(browser)
    type_something(browser)
    elsewhere = Client()
    assert sign_in(elsewhere, lina.email)["Location"] == reverse("my_page")
    assert elsewhere.get(reverse("kept_text")).status_code == 404


def test_the_database_cannot_read_it(browser: Client) -> None:
    end_session(browser)
    type_something(browser)
    row = KeptText.objects.get()
    assert WORDS not in row.sealed
    assert "deputy" not in row.sealed


def test_half_an_hour_later_it_is_gone(browser: Client, lina: User, monkeypatch: Any) -> None:
    end_session(browser)
    type_something(browser)
    later(monkeypatch, minutes=31)
    sign_in(browser, lina.email)
    assert browser.get(reverse("kept_text")).status_code == 404
    kept.forget_kept_text()
    assert not KeptText.objects.exists()


def test_secrets_are_never_kept(browser: Client, lina: User) -> None:
    end_session(browser)
    type_something(
        browser,
        password="hemligt",
        new_password1="hemligt",
        api_token="hemligt",
        code="hemligt",
        otp_code="hemligt",
    )
    sign_in(browser, lina.email)
    page = browser.get(reverse("kept_text")).content.decode()
    assert "hemligt" not in page
    assert WORDS in page


def test_nothing_of_the_account_pages_is_kept(browser: Client) -> None:
    end_session(browser)
    browser.post(reverse("account_email"), {"email": "ny@example.org"})
    assert not KeptText.objects.exists()


def test_a_field_that_only_sounds_like_a_secret_is_kept() -> None:
    assert not kept.SECRET.search("opinion")
    assert not kept.SECRET.search("description")
    assert kept.SECRET.search("pin")
    assert kept.SECRET.search("otp_code")


def test_too_much_is_not_kept(browser: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(kept, "LARGEST", 1000)
    end_session(browser)
    type_something(browser, deputy="x" * 2000)
    assert not KeptText.objects.exists()


def test_a_foreign_site_cannot_put_words_in_somebodys_mouth(browser: Client) -> None:
    end_session(browser)
    browser.post(reverse("stand_in_new"), {"deputy": WORDS}, headers={"Sec-Fetch-Site": "cross-site"})
    assert not KeptText.objects.exists()


def test_a_browser_that_nobody_has_signed_in_from_keeps_nothing(cast: Cast) -> None:
    type_something(Client())
    assert not KeptText.objects.exists()


def test_a_forged_cookie_keeps_nothing(cast: Cast, lina: User) -> None:
    client = Client()
    client.cookies["browser"] = f"[{lina.pk}]:forged:signature"
    type_something(client)
    assert not KeptText.objects.exists()


def test_it_can_be_thrown_away(browser: Client, lina: User) -> None:
    end_session(browser)
    type_something(browser)
    sign_in(browser, lina.email)
    browser.post(reverse("kept_text_forget"))
    assert browser.get(reverse("kept_text")).status_code == 404


def test_signing_out_forgets_the_browser(browser: Client, lina: User) -> None:
    browser.post(reverse("account_logout"))
    type_something(browser)
    assert not KeptText.objects.exists()


def test_a_500_keeps_what_was_typed(browser: Client, lina: User, monkeypatch: Any) -> None:
    def fall_over(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(User, "let_stand_in", fall_over)
    monkeypatch.setattr("boards.accounts.forms.StandInForm.is_valid", fall_over)
    browser.raise_request_exception = False
    answer = type_something(browser)
    assert answer.status_code == 500
    assert reverse("kept_text") in answer.content.decode()
    assert WORDS in browser.get(reverse("kept_text")).content.decode()


def test_a_form_that_is_too_old_keeps_what_was_typed(lina: User) -> None:
    client = Client(enforce_csrf_checks=False, headers={"Sec-Fetch-Site": "same-origin"})
    sign_in(client, lina.email)
    client.handler.enforce_csrf_checks = True
    answer = type_something(client)
    assert answer.status_code == 403
    assert WORDS in answer.content.decode(), "the page itself carries it, ready to be sent again"
    assert WORDS in client.get(reverse("kept_text")).content.decode(), "and it is there when one goes back"


def test_a_foreign_sites_form_without_a_token_is_neither_kept_nor_offered(lina: User) -> None:
    client = Client(headers={"Sec-Fetch-Site": "cross-site"})
    sign_in(client, lina.email)
    client.handler.enforce_csrf_checks = True
    assert WORDS not in type_something(client).content.decode()
    assert not KeptText.objects.exists()
