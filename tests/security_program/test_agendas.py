"""A council's agenda is proposed from what is open, and what it decides becomes an activity in the plan."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from boards.days import today
from boards.models import Board, CouncilMeeting, Event, MeetingDecision
from security_program import agendas
from security_program.models import Activity, BoardGoal
from tests.conftest import Cast, signed_in
from tests.security_program.year import area

NOW = today().year
LOCAL = CouncilMeeting.Kind.LOCAL_COUNCIL


def decided(board: Board, text: str = "Byt lås i receptionen") -> MeetingDecision:
    meeting = CouncilMeeting.objects.hold(board, by=None, kind=LOCAL, held_on=today())
    return meeting.decide(text, by=None, due_on=today() + timedelta(days=30))


def goal(board: Board, year: int = NOW) -> BoardGoal:
    return BoardGoal.objects.create(board=board, year=year, text="Alla övar", focus_area=area(0, year))


def agenda_in(client: Client, board: Board) -> str:
    page = client.get(reverse("council_agenda", args=[board.slug])).content.decode()
    return re.search(r'<textarea name="agenda".*?>(.*?)</textarea>', page, re.S)[1]


def test_the_proposal_holds_what_is_open_and_nothing_else(city: Cast) -> None:
    decided(city.bromma)
    decided(city.bromma, "Redan gjort").mark_done(by=city.coordinator)
    decided(city.farsta, "Någon annans")
    row = city.bromma.assignments.get(year=NOW, requirement__code="REQ-038")
    row.state("delvis", by=city.coordinator, reason="Klart i höst.")
    met = city.bromma.assignments.get(year=NOW, requirement__code="REQ-039")
    met.state("uppfyllt", by=city.coordinator)
    late = {"what": "Öva staben", "due_on": today() - timedelta(days=1)}
    Activity.objects.create(goal=goal(city.bromma), **late)
    agenda = agenda_in(signed_in(city.coordinator), city.bromma)
    for text in ("Byt lås i receptionen", "REQ-038", "Öva staben", "att besvara"):
        assert text in agenda
    for text in ("Redan gjort", "Någon annans", "REQ-039"):
        assert text not in agenda


def test_the_meeting_is_entered_with_the_agenda_as_it_was_left(city: Cast) -> None:
    client, url = signed_in(city.coordinator), reverse("council_agenda", args=["bromma"])
    done = client.post(url, {"kind": LOCAL, "held_on": f"{today()}", "agenda": "Läget\nLås"})
    meeting = CouncilMeeting.objects.get()
    assert (done.url, meeting.agenda) == (meeting.get_absolute_url(), "Läget\nLås")
    assert signed_in(city.employee).get(url).status_code == 403


def test_the_security_council_sees_the_city_and_a_board_does_not(city: Cast) -> None:
    row = city.bromma.assignments.get(year=NOW, requirement__code="REQ-038")
    row.state("ej", by=city.coordinator, reason="Nej.")
    ks = Board.objects.get(code="kommunstyrelsen")
    assert "REQ-038: 1 brister" in agenda_in(signed_in(city.case_officer), ks)
    assert "bolag har inte antagit programmet" in agendas.as_text(agendas.propose(ks, city.case_officer))
    assert "antagit" not in agendas.as_text(agendas.propose(city.bromma, city.coordinator))


def test_a_decision_becomes_an_activity_once(city: Cast) -> None:
    decision, aim, client = decided(city.bromma), goal(city.bromma), signed_in(city.coordinator)
    url = reverse("decision_activity", args=["bromma", decision.pk])
    assert f'href="{url}"' in client.get(decision.meeting.get_absolute_url()).content.decode()
    assert "Byt lås i receptionen</textarea>" in client.get(url).content.decode()
    typed = {"goal": aim.pk, "what": decision.text, "due_on": f"{decision.due_on}"}
    assert client.post(url, typed).status_code == 302
    planned = Activity.objects.get()
    assert (planned.goal, planned.from_decision, planned.due_on) == (aim, decision, decision.due_on)
    assert Event.objects.filter(verb="activity.planned").count() == 1
    assert client.get(url).url == planned.get_absolute_url()
    with pytest.raises(ValidationError):
        Activity.objects.plan(aim, by=city.coordinator, what="Igen", from_decision=decision)
    planned.take_away(by=city.coordinator, reason="Fel mål.")
    assert client.get(url).status_code == 200


def test_only_the_boards_own_decision_under_its_own_goal(city: Cast) -> None:
    decision, elsewhere = decided(city.bromma), goal(city.farsta)
    url = reverse("decision_activity", args=["bromma", decision.pk])
    assert signed_in(city.farsta_coordinator).get(url).status_code == 404
    assert signed_in(city.chief).get(url).status_code == 403
    assert signed_in(city.coordinator).post(url, {"goal": elsewhere.pk, "what": "x"}).status_code == 200
    assert not Activity.objects.exists()


def test_agenda_and_activity_through_the_api(city: Cast) -> None:
    decision, aim, client = decided(city.bromma), goal(city.bromma), signed_in(city.coordinator)
    read = client.get("/api/v1/namnder/bromma/moten/forslag/").json()
    assert decision.text in read["text"]
    assert read["parts"][0]["items"][0]["url"] == decision.meeting.get_absolute_url()
    address, facts = f"/api/v1/beslut/{decision.pk}/aktivitet/", {"goal": aim.pk, "what": decision.text}
    assert client.post(address, facts, content_type="application/json").status_code == 200
    assert client.post(address, facts, content_type="application/json").status_code == 409


def test_an_activity_stays_when_its_meeting_is_gone(city: Cast) -> None:
    decision = decided(city.bromma)
    planned = Activity.objects.plan(goal(city.bromma), by=None, what="Lås", from_decision=decision)
    decision.delete()
    planned.refresh_from_db()
    assert planned.from_decision is None
