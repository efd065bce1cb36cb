"""Signing in by password; an unknown person, an ended account and a wrong password are answered alike."""

import re
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boards import outbox
from boards.models import Dispatch, Event, User
from tests.conftest import Cast

PASSWORD = "fyra ord som inte hor ihop"
ARGON2 = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
VARIES = re.compile(rb'(?:csrfmiddlewaretoken|once)" value="[^"]+"|value="[^"@]+@[^"]+"')


def somebody(cast: Cast, name: str = "Lina Fors", **facts: Any) -> User:
    person = cast.person(name)
    person.set_password(PASSWORD)
    for field, value in facts.items():
        setattr(person, field, value)
    person.save()
    return person


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password, **extra})


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_the_right_password_opens_and_leaves_an_event(cast: Cast) -> None:
    person, client = somebody(cast), Client()
    assert sign_in(client, person.email)["Location"] == reverse("my_page")
    assert is_in(client)
    event = Event.objects.latest_first()[0]
    assert event.verb == "session.began"
    assert '"ways":["password"]' in event.body


def test_the_mail_address_is_the_same_in_capitals(cast: Cast) -> None:
    person, client = somebody(cast), Client()
    sign_in(client, person.email.upper())
    assert is_in(client)


def test_the_session_gets_a_new_id_at_sign_in(cast: Cast) -> None:
    person, client = somebody(cast), Client()
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = "x"
    session.save()
    client.cookies["session"] = before = session.session_key
    sign_in(client, person.email)
    assert client.session.session_key != before


@pytest.mark.parametrize("hashers", [None, ARGON2])
def test_three_refusals_are_alike_in_bytes_and_queries(cast: Cast, hashers: Any, settings: Any) -> None:
    if hashers:
        settings.PASSWORD_HASHERS = hashers
    known, ended = somebody(cast), somebody(cast, "Gunnar Slut", is_active=False)
    sign_in(Client(), "first.event.of.the.chain@example.org")
    tries = {known.email: "wrong password here", ended.email: PASSWORD, "nobody@example.org": PASSWORD}
    bodies, counts = set(), set()
    for email, password in tries.items():
        with CaptureQueriesContext(connection) as queries:
            answer = sign_in(Client(), email, password)
        assert answer.status_code == 200
        bodies.add(VARIES.sub(b"", answer.content))
        counts.add(len(queries))
    assert len(bodies) == 1
    assert len(counts) == 1, counts


def test_a_refusal_is_an_event_without_the_address_or_the_mail_in_clear(cast: Cast) -> None:
    sign_in(Client(), "nobody@example.org", "wrong password here")
    event = Event.objects.filter(verb="sign_in.refused").get()
    assert "nobody" not in event.body
    assert "127.0.0.1" not in event.body


@pytest.mark.parametrize("language", ["sv", "en"])
def test_forgotten_password_is_answered_alike_and_writes_only_to_accounts(cast: Cast, language: str) -> None:
    known, ended = somebody(cast), somebody(cast, "Gunnar Slut", is_active=False)
    sign_in(Client(), "first.event.of.the.chain@example.org")
    counts, bodies = set(), set()
    for email in (known.email, ended.email, "nobody@example.org", "NOBODY2@example.org"):
        client = Client()
        client.cookies["django_language"] = language
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(reverse("account_reset_password"), {"email": email})
        bodies.add((answer.status_code, answer["Location"]))
        counts.add(len(queries))
    assert len(bodies) == 1
    assert len(counts) == 1, counts
    assert Dispatch.objects.count() == 4, "the same rows are written whoever it is"
    outbox.post_due()
    assert [letter.to for letter in mail.outbox] == [[known.email]]


def reset_link(cast: Cast, person: User) -> str:
    Client().post(reverse("account_reset_password"), {"email": person.email})
    outbox.post_due()
    return re.search(r"http://[^/]+(/\S+)", mail.outbox[-1].body)[1]  # type: ignore[index]


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(cast: Cast) -> None:
    person, client = somebody(cast), Client()
    link = reset_link(cast, person)
    form = client.get(link)
    assert form.status_code == 302, "the key leaves the address"
    assert form["Location"].endswith("/set-password/")
    done = client.post(form["Location"], {"password1": "helt andra ord an forr"})
    assert done["Location"] == reverse("account_reset_password_from_key_done")
    assert not is_in(client), "a new password is not a way around the second factor"
    assert sign_in(Client(), person.email).status_code == 200
    assert sign_in(client, person.email, "helt andra ord an forr").status_code == 302
    assert b'<form method="post" action="/konto/losenord' not in Client().get(link).content


def test_a_link_to_an_account_that_has_ended_since_does_nothing(cast: Cast) -> None:
    person = somebody(cast)
    link = reset_link(cast, person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert Client().get(link).status_code == 200


def test_the_letter_at_rest_shows_neither_the_link_nor_the_address(cast: Cast) -> None:
    person = somebody(cast)
    Client().post(reverse("account_reset_password"), {"email": person.email})
    assert person.email not in Dispatch.objects.get().sealed
    assert "losenord" not in Dispatch.objects.get().sealed


def test_passwords_can_be_pasted_filled_in_and_be_long(cast: Cast) -> None:
    person = somebody(cast)
    long = "en mycket lang mening som nagon har skrivit av ur en bok, " * 3
    person.set_password(long)
    person.save()
    client = Client()
    page = client.get(reverse("account_login")).content.decode()
    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="username webauthn"' in page
    assert "onpaste" not in page
    assert "maxlength" not in re.search(r'<input type="password"[^>]*>', page)[0]  # type: ignore[index]
    assert sign_in(client, person.email, long).status_code == 302


def test_sign_in_leads_on_to_the_page_that_was_asked_for(cast: Cast) -> None:
    person = somebody(cast)
    assert sign_in(Client(), person.email, next="/namnder/")["Location"] == "/namnder/"


def test_sign_in_itself_demands_the_forms_token(cast: Cast) -> None:
    person = somebody(cast)
    assert sign_in(Client(enforce_csrf_checks=True), person.email).status_code == 403


def test_changing_the_password_needs_the_present_one_and_ends_other_sessions(cast: Cast) -> None:
    person, here, elsewhere = somebody(cast), Client(), Client()
    for client in (here, elsewhere):
        sign_in(client, person.email)
    url = reverse("account_change_password")
    wrong = here.post(url, {"oldpassword": "not this one at all", "password1": "helt andra ord an forr"})
    assert wrong.status_code == 200
    right = here.post(url, {"oldpassword": PASSWORD, "password1": "helt andra ord an forr"})
    assert right["Location"] == reverse("profile")
    assert here.get(reverse("profile")).status_code == 200
    assert elsewhere.get(reverse("profile")).status_code == 302
    assert Event.objects.filter(verb="password.changed").exists()


def email_link(client: Client, new: str) -> str | None:
    answer = client.post(reverse("account_email"), {"email": new})
    assert answer.status_code == 200
    mail.outbox.clear()
    outbox.post_due()
    found = re.search(r"http://[^/]+(/\S+)", mail.outbox[-1].body) if mail.outbox else None
    return found[1] if found else None


def test_a_new_mail_address_is_confirmed_there_and_the_old_one_told(cast: Cast) -> None:
    person, client = somebody(cast), Client()
    old = person.email
    sign_in(client, old)
    link = email_link(client, "lina.ny@example.org")
    assert link
    assert mail.outbox[0].to == ["lina.ny@example.org"]
    person.refresh_from_db()
    assert person.email == old, "nothing changes until it is confirmed"
    assert client.get(link)["Location"] == reverse("email_confirm")
    person.refresh_from_db()
    assert person.email == old, "nor by opening the link"
    assert client.post(reverse("email_confirm"))["Location"] == reverse("profile")
    person.refresh_from_db()
    assert person.email == "lina.ny@example.org"
    mail.outbox.clear()
    outbox.post_due()
    assert mail.outbox[0].to == [old]


def test_an_address_that_is_taken_gets_no_mail_and_is_not_told_of(cast: Cast) -> None:
    person, client = somebody(cast), Client()
    sign_in(client, person.email)
    assert email_link(client, cast.chief.email) is None


def test_somebody_elses_link_changes_nothing(cast: Cast) -> None:
    lina, maja = somebody(cast), somebody(cast, "Maja Berg")
    hers, his = Client(), Client()
    sign_in(hers, lina.email)
    sign_in(his, maja.email)
    link = email_link(hers, "lina.ny@example.org")
    his.get(link)
    assert his.post(reverse("email_confirm")).status_code == 410
    maja.refresh_from_db()
    assert maja.email == "maja.berg@example.org"


@override_settings(LOCAL_PASSWORDS_FOR_ALL=False)
def test_with_single_sign_on_a_password_opens_only_reserve_accounts(cast: Cast) -> None:
    employee, officer = somebody(cast), cast.duty_officer
    officer.set_password(PASSWORD)
    officer.break_glass = True
    officer.save()
    chief = cast.security_chief
    assert sign_in(Client(), employee.email).status_code == 200
    assert sign_in(Client(), officer.email).status_code == 302
    assert Event.objects.filter(verb="break_glass.used", object_id=str(officer.pk)).count() == 1
    outbox.post_due()
    assert [letter.to for letter in mail.outbox] == [[chief.email]]
