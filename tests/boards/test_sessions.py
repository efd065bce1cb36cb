"""When a session ends, by itself, by its owner and by what happens to its owner."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from boards.days import today
from boards.models import Event, Membership, Office, OfficeHolder, User
from boards.templatetags.devices import device
from tests.boards.moment import later
from tests.boards.test_sign_in import sign_in, somebody
from tests.conftest import LONG_AGO, Cast, signed_in


def is_open(client: Client) -> bool:
    return client.get(reverse("profile")).status_code == 200


def test_half_an_hour_idle_ends_the_session(cast: Cast, monkeypatch: Any) -> None:
    client = signed_in(cast.employee)
    assert is_open(client)
    later(monkeypatch, minutes=29)
    assert is_open(client)
    later(monkeypatch, minutes=31)
    assert not is_open(client)


def works_for(client: Client, monkeypatch: Any, hours: int) -> bool:
    for _ in range(hours * 3):
        if not is_open(client):
            return False
        later(monkeypatch, minutes=20)
    return is_open(client)


def test_twelve_hours_end_it_however_busy_one_is(cast: Cast, monkeypatch: Any) -> None:
    person, client = somebody(cast), Client()
    sign_in(client, person.email)
    assert works_for(client, monkeypatch, 11)
    assert not works_for(client, monkeypatch, 2)


@pytest.mark.parametrize("hours", [23])
def test_a_duty_officer_has_twenty_four(cast: Cast, monkeypatch: Any, hours: int) -> None:
    officer = cast.duty_officer
    client = signed_in(officer)
    session = client.session
    from boards.accounts import sessions

    request: Any = type("Request", (), {"session": session})()
    sessions.begin(request, officer)
    session.save()
    assert session["on_duty"] is True
    assert works_for(client, monkeypatch, hours)
    assert not works_for(client, monkeypatch, 2)


def test_an_employee_is_not_on_duty(cast: Cast) -> None:
    person, client = somebody(cast), Client()
    sign_in(client, person.email)
    assert client.session["on_duty"] is False


@pytest.mark.parametrize(("person", "held"), [("coordinator", OfficeHolder), ("member", Membership)])
def test_every_session_ends_when_an_office_or_a_seat_does_and_no_job_has_run(
    cast: Cast, monkeypatch: Any, person: str, held: Any
) -> None:
    somebody_there = getattr(cast, person)
    held.objects.filter(person=somebody_there).update(valid_to=today())
    here, elsewhere = signed_in(somebody_there), signed_in(somebody_there)
    assert is_open(here)
    monkeypatch.setattr("boards.accounts.sessions.is_over", lambda request: False)
    later(monkeypatch, days=1)
    assert not is_open(here)
    assert not is_open(elsewhere)
    assert is_open(signed_in(somebody_there)), "and signing in anew works, without the office"


def test_offices_and_seats_that_are_over_are_counted_once_each(cast: Cast) -> None:
    """However many of the one there are beside the other."""
    per, last_day = cast.member, today() - timedelta(days=1)
    for board in (cast.bromma, cast.farsta):
        Office.objects.of(board, "chef").appoint(
            per, by=None, valid_from=LONG_AGO, valid_to=last_day, shared_reason="Liten enhet"
        )
    Membership.objects.filter(person=per).update(valid_to=last_day)
    assert per.ended_offices_today == 3
    assert User.objects.with_ended_offices(today()).get(pk=per.pk).ended_offices == 3


def test_a_seat_that_begins_or_stays_ends_no_session(cast: Cast) -> None:
    per = cast.member
    client = signed_in(per)
    Membership.objects.seat(per, cast.farsta, by=cast.administrator, role="ledamot", valid_from=today())
    assert is_open(client)


def test_a_closed_account_is_out_at_once(cast: Cast) -> None:
    lina = cast.employee
    client = signed_in(lina)
    assert is_open(client)
    lina.deactivate(by=cast.administrator)
    assert not is_open(client)


def test_the_dialogue_extends_the_session(cast: Cast, monkeypatch: Any) -> None:
    client = signed_in(cast.employee)
    assert is_open(client)
    later(monkeypatch, minutes=25)
    assert client.post(reverse("session_extend")).status_code == 204
    later(monkeypatch, minutes=25)
    assert is_open(client)
    assert client.get(reverse("session_extend")).status_code == 405


def test_extending_does_not_reach_past_the_absolute_end(cast: Cast, monkeypatch: Any) -> None:
    person, client = somebody(cast), Client()
    sign_in(client, person.email)
    for _ in range(37):
        later(monkeypatch, minutes=20)
        client.post(reverse("session_extend"))
    assert not is_open(client)


def test_one_sees_and_ends_ones_own_sessions_and_nobody_elses(cast: Cast) -> None:
    lina, maja = somebody(cast), somebody(cast, "Maja Berg")
    here, elsewhere, hers = Client(), Client(), Client()
    for client, email in ((here, lina.email), (elsewhere, lina.email), (hers, maja.email)):
        sign_in(client, email)
    assert here.get(reverse("usersessions_list")).content.count(b"/slut/") == 1
    other = UserSession.objects.get(session_key=elsewhere.session.session_key)
    foreign = UserSession.objects.get(user=maja)
    assert here.post(reverse("session_end", args=[foreign.pk])).status_code == 404
    assert here.post(reverse("session_end", args=[other.pk])).status_code == 302
    assert not is_open(elsewhere)
    assert is_open(here)
    assert is_open(hers)


def test_all_others_end_with_one_press(cast: Cast) -> None:
    lina = somebody(cast)
    here, elsewhere = Client(), Client()
    sign_in(here, lina.email)
    sign_in(elsewhere, lina.email)
    here.post(reverse("usersessions_list"))
    assert not is_open(elsewhere)
    assert is_open(here)


def test_signing_out_clears_what_the_browser_has_and_leaves_an_event(cast: Cast) -> None:
    lina, client = somebody(cast), Client()
    sign_in(client, lina.email)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_open(client), "a GET signs nobody out"
    answer = client.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["browser"].value == ""
    assert not is_open(client)
    assert Event.objects.latest_first()[0].verb == "session.ended"
    assert not UserSession.objects.exists()


def test_signing_out_twice_is_harmless(anyone: Client, cast: Cast) -> None:
    assert anyone.post(reverse("account_logout")).status_code == 302


def test_a_page_does_not_write_a_row_at_every_click(cast: Cast, django_assert_num_queries: Any) -> None:
    lina, client = somebody(cast), Client()
    sign_in(client, lina.email)
    is_open(client)
    seen = UserSession.objects.get().last_seen_at
    is_open(client)
    assert UserSession.objects.get().last_seen_at == seen


def test_last_seen_moves_with_the_minutes(cast: Cast, monkeypatch: Any) -> None:
    lina, client = somebody(cast), Client()
    sign_in(client, lina.email)
    before = UserSession.objects.get().last_seen_at
    later(monkeypatch, minutes=5)
    is_open(client)
    assert UserSession.objects.get().last_seen_at >= before + timedelta(minutes=5)
    assert User.objects.filter(pk=lina.pk).exists()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
            "Edge på Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
            "Safari på iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox på Linux"),
        ("curl/8", "Okänd enhet"),
    ],
)
def test_a_session_is_named_by_its_device(agent: str, words: str) -> None:
    assert device(agent) == words
