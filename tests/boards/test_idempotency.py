"""A form sent in twice is done once, and both get the same answer."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from boards import idempotency
from boards.days import today
from boards.models import AnsweredForm, CouncilMeeting, Event
from tests.conftest import Cast, signed_in

NEW = "/namnder/bromma/moten/ny/"


def meeting(**more: str) -> dict[str, Any]:
    return {
        "kind": "lokalt_riskhanteringsrad",
        "held_on": str(today()),
        "agenda": "Alfa",
        "once": "k1",
        **more,
    }


def test_the_form_on_the_page_carries_a_key(as_coordinator: Client) -> None:
    first, second = (as_coordinator.get(NEW).content.decode() for _time in range(2))
    keys = [page.split('name="once" value="')[1].split('"')[0] for page in (first, second)]
    assert all(len(key) >= 16 for key in keys)
    assert keys[0] != keys[1]


def test_the_same_form_again_gets_the_same_answer(as_coordinator: Client) -> None:
    first, second = as_coordinator.post(NEW, meeting()), as_coordinator.post(NEW, meeting())
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert CouncilMeeting.objects.count() == 1
    assert Event.objects.filter(verb="meeting.held").count() == 1


def test_something_else_typed_is_another_form(as_coordinator: Client) -> None:
    as_coordinator.post(NEW, meeting())
    as_coordinator.post(NEW, meeting(agenda="Beta"))
    as_coordinator.post(NEW, meeting(once="k2"))
    assert CouncilMeeting.objects.count() == 3


def test_a_form_that_was_wrong_can_be_sent_again(as_coordinator: Client) -> None:
    assert as_coordinator.post(NEW, meeting(held_on="")).status_code == 200
    assert not AnsweredForm.objects.exists()
    assert as_coordinator.post(NEW, meeting()).status_code == 302


def test_what_fails_leaves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    browser = signed_in(cast.coordinator)
    browser.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr("boards.meeting_views.redirect", fail)
        assert browser.post(NEW, meeting()).status_code == 500
    assert not CouncilMeeting.objects.exists()
    assert browser.post(NEW, meeting()).status_code == 302


def test_the_key_of_one_is_not_the_key_of_another(cast: Cast) -> None:
    for person in (cast.coordinator, cast.chief):
        if signed_in(person).get(NEW).status_code == 200:
            signed_in(person).post(NEW, meeting())
    assert CouncilMeeting.objects.count() == AnsweredForm.objects.count()


def test_a_page_that_is_not_there_stays_so(as_coordinator: Client) -> None:
    assert as_coordinator.post("/namnder/farsta/moten/ny/", meeting()).status_code in (403, 404)
    assert not AnsweredForm.objects.exists()


def test_old_answers_are_forgotten(as_coordinator: Client) -> None:
    as_coordinator.post(NEW, meeting())
    idempotency.forget_old()
    assert AnsweredForm.objects.count() == 1
    AnsweredForm.objects.update(at="2020-01-01T00:00Z")
    idempotency.forget_old()
    assert not AnsweredForm.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_are_one(cast: Cast) -> None:
    cookies = signed_in(cast.coordinator).cookies

    def send(number: int) -> str:
        browser = Client()
        browser.cookies = cookies
        answer = browser.post(NEW, meeting())
        connections.close_all()
        return f"{answer.status_code} {answer.get('Location')}"

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(send, range(50)))
    assert CouncilMeeting.objects.count() == 1
    assert len(set(answers)) == 1, set(answers)
    assert Event.objects.filter(verb="meeting.held").count() == 1
