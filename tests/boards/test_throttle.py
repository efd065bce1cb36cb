"""Attempts are slowed down by rows in the database: nobody is locked out, and no flush lets anybody in."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from boards import throttle
from boards.models import Dispatch, Throttle
from boards.throttle import ACCOUNT, TooSoonError, begin, counts, forget_old, once, succeeded
from tests.boards.moment import later
from tests.boards.test_sign_in import PASSWORD, is_in, sign_in, somebody
from tests.conftest import Cast

WRONG = "wrong password here"


def ask(address: str = "192.0.2.1", **headers: str) -> Any:
    return RequestFactory().post("/", REMOTE_ADDR=address, **headers)


def fail(times: int, email: str = "lina.fors@example.org", client: Client | None = None) -> Any:
    answer = None
    for _ in range(times):
        answer = sign_in(client or Client(), email, WRONG)
    return answer


def test_the_first_few_failures_cost_nothing_and_then_each_waits(cast: Cast) -> None:
    assert fail(ACCOUNT.free).status_code == 200
    assert fail(1).status_code == 200
    answer = fail(1)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert "Försök igen om" in answer.content.decode()


def test_a_right_password_waits_as_well_and_then_opens(cast: Cast, monkeypatch: Any) -> None:
    person = somebody(cast)
    fail(ACCOUNT.free + 1)
    assert sign_in(Client(), person.email).status_code == 429
    later(monkeypatch, seconds=2)
    client = Client()
    assert sign_in(client, person.email).status_code == 302
    assert is_in(client)


def test_the_wait_grows_and_stops_growing() -> None:
    waits = [ACCOUNT.wait(failures) for failures in range(30)]
    assert waits[: ACCOUNT.free + 1] == [timedelta()] * (ACCOUNT.free + 1)
    assert waits[ACCOUNT.free + 1 : ACCOUNT.free + 4] == [timedelta(seconds=n) for n in (1, 2, 4)]
    assert max(waits) == ACCOUNT.longest == waits[-1]


def test_an_unknown_account_is_slowed_down_alike(cast: Cast) -> None:
    assert fail(ACCOUNT.free + 2, "nobody@example.org").status_code == 429


def test_flushing_the_cache_forgives_nothing(cast: Cast) -> None:
    fail(ACCOUNT.free + 1)
    cache.clear()
    assert fail(1).status_code == 429


def test_somebody_elses_guesses_do_not_keep_the_owner_out(cast: Cast) -> None:
    person, own = somebody(cast), Client()
    sign_in(own, person.email)
    own.get(reverse("account_logout"))
    session = own.session
    session.flush()
    fail(ACCOUNT.free + 5)
    assert sign_in(Client(), person.email).status_code == 429
    assert sign_in(own, person.email).status_code == 302, "the browser is known"


def test_a_known_browser_is_slowed_down_by_its_own_failures(cast: Cast) -> None:
    person, own = somebody(cast), Client()
    sign_in(own, person.email)
    own.session.flush()
    assert fail(throttle.BROWSER.free + 2, person.email, own).status_code == 429


def test_one_address_is_slowed_down_over_many_accounts(db: None) -> None:
    for number in range(throttle.ADDRESS.free + 1):
        begin(counts(ask(), "password", f"person{number}@example.org"))
    with pytest.raises(TooSoonError):
        begin(counts(ask(), "password", "one.more@example.org"))
    begin(counts(ask("192.0.2.2"), "password", "one.more@example.org"))


def test_many_addresses_together_are_slowed_down_a_little(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(throttle, "EVERYBODY", throttle.Limit(3, timedelta(seconds=2), timedelta(minutes=5)))
    for number in range(4):
        begin(counts(ask(f"192.0.2.{number}"), "password", f"person{number}@example.org"))
    with pytest.raises(TooSoonError):
        begin(counts(ask("192.0.2.99"), "password", "one.more@example.org"))


def test_success_gives_the_attempt_back(db: None) -> None:
    wanted = counts(ask(), "password", "lina@example.org")
    for _ in range(ACCOUNT.free * 4):
        begin(wanted)
        succeeded(wanted)
    assert max(Throttle.objects.values_list("failures", flat=True)) == 0


def test_a_quiet_day_forgets_the_failures(db: None, monkeypatch: Any) -> None:
    wanted = counts(ask(), "password", "lina@example.org")
    for _ in range(ACCOUNT.free):
        begin(wanted)
    later(monkeypatch, hours=25)
    begin(wanted)
    assert set(Throttle.objects.values_list("failures", flat=True)) == {1}


def test_what_a_client_claims_of_its_address_is_not_believed(db: None, settings: Any) -> None:
    forged = ask(HTTP_X_FORWARDED_FOR="198.51.100.7")
    assert throttle.address(forged) == "192.0.2.1"
    settings.BEHIND_PROXY = True
    through = ask(HTTP_X_FORWARDED_FOR="198.51.100.7, 203.0.113.5")
    assert throttle.address(through) == "203.0.113.5", "the hop that our own proxy has seen"


def test_the_rows_name_neither_account_nor_address(db: None) -> None:
    begin(counts(ask(), "password", "lina@example.org"))
    assert all(len(key) == 64 for key in Throttle.objects.values_list("key", flat=True))


def test_forgotten_passwords_are_counted_each_time(cast: Cast) -> None:
    answers = [
        Client().post(reverse("account_reset_password"), {"email": "lina.fors@example.org"}).status_code
        for _ in range(ACCOUNT.free + 2)
    ]
    assert answers[-1] == 429


def test_links_to_a_new_address_are_counted_each_time(cast: Cast) -> None:
    """Or somebody signed in could fill any mailbox, and ask without end which addresses are taken."""
    person, client = somebody(cast), Client()
    sign_in(client, person.email)
    wanted = [f"ny{number}@example.org" for number in range(throttle.BROWSER.free + 2)]
    answers = [client.post(reverse("account_email"), {"email": email}) for email in wanted]
    assert [answer.status_code for answer in answers] == [200] * (throttle.BROWSER.free + 1) + [429]
    assert int(answers[-1]["Retry-After"]) >= 1
    assert Dispatch.objects.count() == throttle.BROWSER.free + 1
    assert client.get(reverse("account_email")).status_code == 200, "the page itself stays open"


def test_guessed_invitations_are_slowed_down(cast: Cast) -> None:
    answers = [
        Client().get(f"/konto/inbjudan/guess{n}/").status_code for n in range(throttle.ADDRESS.free + 2)
    ]
    assert answers[-1] == 429


def test_attempts_that_name_nobody_do_not_make_everybody_wait(db: None) -> None:
    for number in range(30):
        begin(counts(ask(f"192.0.2.{number}"), "passkey", ""))
    begin(counts(ask("192.0.2.99"), "passkey", ""))


def test_something_is_used_once(db: None) -> None:
    assert once("totp", "1", "123456")
    assert not once("totp", "1", "123456")
    assert once("totp", "2", "123456")


def test_old_rows_are_forgotten(db: None, monkeypatch: Any) -> None:
    once("totp", "1", "123456")
    later(monkeypatch, days=3)
    forget_old()
    assert not Throttle.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_are_not_all_free() -> None:
    """Each counts before it is judged, so that no more than the free ones pass."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite in memory is one connection; the race runs on PostgreSQL")
    wanted = counts(ask(), "password", "lina@example.org")

    def attempt(_: int) -> bool:
        try:
            begin(wanted)
        except TooSoonError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        passed = sum(pool.map(attempt, range(40)))
    assert passed <= ACCOUNT.free + 2


def test_reauthentication_is_slowed_down_too(cast: Cast) -> None:
    person, client = somebody(cast), Client()
    sign_in(client, person.email)
    session = client.session
    session["account_authentication_methods"] = []
    session.save()
    url = reverse("account_reauthenticate")
    answers = [client.post(url, {"password": WRONG}).status_code for _ in range(throttle.BROWSER.free + 2)]
    assert answers[-1] == 429
    assert client.post(url, {"password": PASSWORD}).status_code == 429
