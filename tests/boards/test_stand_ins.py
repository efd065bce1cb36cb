"""Somebody acts while another is away: at once where nothing is protected, after approval where it is."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from boards import outbox
from boards.days import today
from boards.models import Event, Office, StandIn, StandInOffice, User
from boards.to_do import to_do
from tests.conftest import LONG_AGO, Cast, signed_in


def away(cast: Cast, deputy: User | None = None) -> StandIn:
    return cast.coordinator.let_stand_in(deputy or cast.employee, valid_from=today(), valid_to=today())


def question(cast: Cast, deputy: User | None = None) -> StandInOffice:
    return away(cast, deputy).offices.get()


def url(step: str, asked: StandInOffice) -> str:
    return reverse(step, args=[asked.board.slug, asked.pk])


def test_what_opens_protected_facts_waits_for_a_second_person(cast: Cast) -> None:
    asked, lina = question(cast), cast.employee
    assert not lina.has_perm("view_protected", cast.bromma)
    assert not lina.has_perm("view_internal", cast.bromma)
    asked.approve(by=cast.chief)
    assert lina.has_perm("view_protected", cast.bromma)


def test_other_offices_follow_at_once_and_only_on_those_days(cast: Cast) -> None:
    Office.objects.of(cast.farsta, "chef").appoint(cast.coordinator, by=None, valid_from=LONG_AGO)
    away(cast)
    assert cast.employee.has_perm("view_internal", cast.farsta)
    assert not cast.employee.has_perm("view_internal", cast.bromma)
    StandIn.objects.update(valid_from=today() + timedelta(days=1), valid_to=None)
    assert not cast.employee.has_perm("view_internal", cast.farsta)


def test_an_approval_holds_on_those_days_only(cast: Cast) -> None:
    question(cast).approve(by=cast.chief)
    StandIn.objects.update(valid_from=LONG_AGO, valid_to=today() - timedelta(days=1))
    assert not cast.employee.has_perm("view_protected", cast.bromma)


def test_an_approval_at_one_board_opens_no_other(cast: Cast) -> None:
    cast.holder("Karin Ek", "registrator", cast.farsta)
    away(cast).offices.get(office__board=cast.bromma).approve(by=cast.chief)
    assert cast.employee.has_perm("view_protected", cast.bromma)
    assert not cast.employee.has_perm("view_internal", cast.farsta)


def test_an_office_given_after_the_deputy_was_chosen_does_not_follow(cast: Cast) -> None:
    question(cast).approve(by=cast.chief)
    cast.holder("Karin Ek", "registrator", cast.farsta)
    assert not cast.employee.has_perm("view_internal", cast.farsta)
    page = signed_in(cast.coordinator).get(reverse("profile")).content.decode()
    assert "Följer inte med: rollen kom efter att ersättaren valdes" in page


def test_neither_of_the_two_approves(cast: Cast) -> None:
    asked = question(cast, deputy=cast.chief)
    for party in (cast.coordinator, cast.chief):
        assert not asked.may_be_decided_by(party)
        with pytest.raises(ValidationError):
            asked.approve(by=party)
        assert signed_in(party).post(url("stand_in_approve", asked)).status_code == 403
    signed_in(cast.security_chief).post(url("stand_in_approve", asked))
    asked.refresh_from_db()
    assert asked.confirmed_by == cast.security_chief


def test_an_office_of_the_whole_city_is_not_the_boards_to_approve(cast: Cast) -> None:
    board = cast.case_officer.office_holdings.get().office.board
    boss = cast.holder("Boss", "forvaltningschef", board)
    stand_in = cast.case_officer.let_stand_in(cast.employee, valid_from=today(), valid_to=today())
    asked = stand_in.offices.get()
    assert signed_in(boss).post(url("stand_in_approve", asked)).status_code == 403
    assert signed_in(cast.security_chief).post(url("stand_in_approve", asked)).status_code == 302


def test_it_is_decided_once_with_an_event_and_a_letter_to_both(cast: Cast) -> None:
    asked = question(cast)
    asked.refuse(by=cast.chief)
    with pytest.raises(ValidationError):
        asked.approve(by=cast.chief)
    assert list(Event.objects.filter(board=cast.bromma, verb__startswith="stand_in.")) != []
    assert Event.objects.filter(verb="stand_in.refused", actor=cast.chief).count() == 1
    outbox.post_due()
    assert {letter.to[0] for letter in mail.outbox} == {"karin.ek@example.org", "lina.fors@example.org"}
    assert not cast.employee.has_perm("view_protected", cast.bromma)


def test_who_may_approve_finds_it_among_the_things_to_do(cast: Cast) -> None:
    asked = question(cast)
    offices = list(Office.objects.held_by(cast.chief).select_related("type", "board"))
    assert url("stand_in_office", asked) in [thing.url for thing in to_do(cast.chief, offices, [])]
    page = signed_in(cast.chief).get(url("stand_in_office", asked)).content.decode()
    assert "Godkänn" in page
    assert signed_in(cast.farsta_coordinator).get(url("stand_in_office", asked)).status_code == 404
    asked.approve(by=cast.chief)
    assert url("stand_in_office", asked) not in [thing.url for thing in to_do(cast.chief, offices, [])]


def test_the_profile_of_both_says_what_follows_and_what_waits(cast: Cast) -> None:
    Office.objects.of(cast.farsta, "chef").appoint(cast.coordinator, by=None, valid_from=LONG_AGO)
    away(cast)
    for person in (cast.coordinator, cast.employee):
        page = signed_in(person).get(reverse("profile")).content.decode()
        assert "Följer med direkt" in page
        assert "Väntar på godkännande" in page
