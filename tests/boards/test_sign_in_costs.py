"""What a refusal costs is the same whoever it is about, so that its time tells nothing."""

from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.boards.test_sign_in import ARGON2, PASSWORD, sign_in, somebody
from tests.conftest import Cast


@pytest.fixture
def hashes(monkeypatch: Any, settings: Any) -> list[str]:
    """Each time a password is worked on, whatever for: that is what takes a quarter of a second."""
    settings.PASSWORD_HASHERS = ARGON2
    done: list[str] = []

    def counted(name: str) -> Any:
        work = getattr(Argon2PasswordHasher, name)

        def do(self: Any, *args: Any) -> Any:
            done.append(name)
            return work(self, *args)

        return do

    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, counted(name))
    return done


def test_who_is_refused_at_the_door_costs_one_hash_whoever_it_is(cast: Cast, hashes: list[str]) -> None:
    known, ended = somebody(cast), somebody(cast, "Gunnar Slut", is_active=False)
    elsewhere = cast.chief
    elsewhere.set_unusable_password()
    elsewhere.save()
    tries = {
        known.email: "wrong password here",
        ended.email: PASSWORD,
        elsewhere.email: PASSWORD,
        "nobody@example.org": PASSWORD,
    }
    costs = {}
    for email, password in tries.items():
        hashes.clear()
        sign_in(Client(), email, password)
        costs[email] = len(hashes)
    assert costs == dict.fromkeys(tries, 1)


def test_a_forgotten_password_costs_no_hash_whoever_it_is(cast: Cast, hashes: list[str]) -> None:
    known, ended = somebody(cast), somebody(cast, "Gunnar Slut", is_active=False)
    hashes.clear()
    for email in (known.email, ended.email, "nobody@example.org"):
        Client().post(reverse("account_reset_password"), {"email": email})
    assert hashes == []


def test_a_wrong_password_costs_one_hash_where_it_is_asked_for_again(cast: Cast, hashes: list[str]) -> None:
    person, client = somebody(cast), Client()
    sign_in(client, person.email)
    hashes.clear()
    client.post(reverse("account_reauthenticate"), {"password": "wrong password here"})
    assert len(hashes) == 1


def test_the_question_to_a_passkey_is_the_same_before_anybody_is_named(cast: Cast) -> None:
    ask = reverse("mfa_login_webauthn")
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(ask, headers={"X-Requested-With": "XMLHttpRequest"})
    asked = answer.json()["request_options"]["publicKey"]
    assert not asked.get("allowCredentials"), "which keys there are is not told"
    assert not [query for query in queries if "boards_user" in query["sql"]]
