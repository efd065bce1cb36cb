"""Whoever lacks access asks for it; it reaches those who decide at that board today, and nobody else."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from boards.models import AccessRequest, Event, OfficeHolder
from tests.conftest import Cast, signed_in

REASON = "Jag tar över som säkerhetssamordnare."


@pytest.fixture
def asked(cast: Cast) -> AccessRequest:
    return AccessRequest.objects.ask(cast.bromma, by=cast.employee, reason=REASON)


def test_asking_leaves_one_row_and_one_event_without_the_reason(cast: Cast) -> None:
    browser = signed_in(cast.employee)
    answer = browser.post("/atkomst/ny/", {"board": cast.bromma.pk, "reason": REASON})
    asked = AccessRequest.objects.get()
    assert answer.url == f"/atkomst/{asked.pk}/"
    event = Event.objects.get(verb="access.asked")
    assert (event.board, event.actor) == (cast.bromma, cast.employee)
    assert REASON not in event.body


def test_the_board_in_the_address_is_chosen_beforehand(cast: Cast) -> None:
    page = signed_in(cast.employee).get(f"/atkomst/ny/?namnd={cast.farsta.slug}").content.decode()
    assert f'value="{cast.farsta.pk}" selected' in page


def test_a_board_that_has_ended_cannot_be_asked_for(cast: Cast) -> None:
    signed_in(cast.employee).post("/atkomst/ny/", {"board": cast.norrmalm.pk, "reason": REASON})
    assert not AccessRequest.objects.exists()


def test_the_same_thing_is_asked_for_once(cast: Cast, asked: AccessRequest) -> None:
    page = signed_in(cast.employee).post("/atkomst/ny/", {"board": cast.bromma.pk, "reason": "Igen"})
    assert "Du har redan bett om det här" in page.content.decode()
    assert AccessRequest.objects.count() == 1


def test_it_is_seen_by_the_one_who_asked_and_by_those_who_decide(cast: Cast, asked: AccessRequest) -> None:
    seen = {
        person.name
        for person in (
            cast.employee,
            cast.chief,
            cast.security_chief,
            cast.coordinator,
            cast.farsta_coordinator,
            cast.administrator,
        )
        if signed_in(person).get(f"/atkomst/{asked.pk}/").status_code == 200
    }
    assert seen == {cast.employee.name, cast.chief.name, cast.security_chief.name}


def test_it_stands_on_the_page_of_whoever_decides_and_goes_when_answered(
    cast: Cast, asked: AccessRequest
) -> None:
    link = f"/atkomst/{asked.pk}/"
    assert link in signed_in(cast.chief).get("/min-sida/").content.decode()
    asked.refuse(by=cast.security_chief, answer="Fråga Maria.")
    assert link not in signed_in(cast.chief).get("/min-sida/").content.decode()


def test_who_decides_is_asked_of_today(cast: Cast, asked: AccessRequest) -> None:
    from datetime import timedelta

    from boards.days import today

    chief = cast.chief
    OfficeHolder.objects.filter(person=chief).update(valid_to=today() - timedelta(days=1))
    assert not AccessRequest.objects.to_answer(chief).exists()
    assert signed_in(chief).get(f"/atkomst/{asked.pk}/").status_code == 404


def test_giving_leads_to_the_form_where_the_person_is_appointed(cast: Cast, asked: AccessRequest) -> None:
    browser = signed_in(cast.chief)
    answer = browser.post(f"/atkomst/{asked.pk}/", {"decision": "give", "answer": ""})
    assert answer.url == f"/namnder/{cast.bromma.slug}/roller/ny/?person={cast.employee.pk}"
    page = browser.get(answer.url).content.decode()
    assert f"person={cast.employee.pk}" in page
    asked.refresh_from_db()
    assert (asked.state, asked.answered_by) == (AccessRequest.State.GIVEN, cast.chief)


def test_not_giving_needs_a_reason(cast: Cast, asked: AccessRequest) -> None:
    browser = signed_in(cast.chief)
    page = browser.post(f"/atkomst/{asked.pk}/", {"decision": "refuse", "answer": ""})
    assert "Skriv varför" in page.content.decode()
    browser.post(f"/atkomst/{asked.pk}/", {"decision": "refuse", "answer": "Fråga Maria."})
    asked.refresh_from_db()
    assert asked.state == AccessRequest.State.REFUSED
    assert "Fråga Maria." in signed_in(cast.employee).get(f"/atkomst/{asked.pk}/").content.decode()


def test_nobody_answers_their_own_request(cast: Cast) -> None:
    chief = cast.chief
    own = AccessRequest.objects.ask(cast.bromma, by=chief, reason="Mer")
    with pytest.raises(ValidationError):
        own.give(by=chief)
    assert not AccessRequest.objects.to_answer(chief).exists()
    answer = signed_in(chief).post(f"/atkomst/{own.pk}/", {"decision": "give", "answer": ""})
    assert answer.status_code == 403


def test_the_one_who_asked_cannot_answer(cast: Cast, asked: AccessRequest) -> None:
    answer = signed_in(cast.employee).post(f"/atkomst/{asked.pk}/", {"decision": "give", "answer": ""})
    assert answer.status_code == 403


def test_of_two_answers_one_counts(cast: Cast, asked: AccessRequest) -> None:
    other = AccessRequest.objects.get(pk=asked.pk)
    asked.give(by=cast.chief)
    with pytest.raises(ValidationError):
        other.refuse(by=cast.security_chief, answer="Nej")
    assert Event.objects.filter(verb__startswith="access.").count() == 2


def test_a_closed_page_at_a_board_leads_to_asking_for_access_there(cast: Cast) -> None:
    client = signed_in(cast.farsta_coordinator)
    closed = client.get(reverse("office_new", args=[cast.bromma.slug]))
    assert closed.status_code == 403
    asking = f"{reverse('access_request_new')}?namnd={cast.bromma.slug}"
    assert f'href="{asking}"' in closed.content.decode()
    assert f'value="{cast.bromma.pk}" selected' in client.get(asking).content.decode()


def test_a_closed_page_of_the_city_and_a_missing_one_name_no_board(cast: Cast) -> None:
    client = signed_in(cast.employee)
    for url, status in ((reverse("account_list"), 403), ("/namnder/finns-inte/", 404)):
        answer = client.get(url)
        assert answer.status_code == status
        assert f'href="{reverse("access_request_new")}"' in answer.content.decode()
    assert reverse("access_request_new") not in Client().get("/finns-inte/").content.decode()
