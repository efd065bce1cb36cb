"""Rights are asked of offices by today's date, through one door."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from boards.days import today
from boards.models import Board, Event, Office, OfficeHolder
from tests.conftest import Cast


def test_a_coordinator_has_the_mandate_at_the_own_board_only(cast: Cast) -> None:
    karin = cast.coordinator
    assert karin.has_perm("edit_internal", cast.bromma)
    assert not karin.has_perm("edit_internal", cast.farsta)
    assert not karin.has_perm("edit_internal")
    assert list(Board.objects.where(karin, "view_protected")) == [cast.bromma]


def test_a_city_wide_office_holds_at_every_board(cast: Cast) -> None:
    sara = cast.case_officer
    assert sara.has_perm("view_submitted", cast.farsta)
    assert sara.has_perm("view_submitted")
    assert not sara.has_perm("view_protected", cast.farsta)


def test_a_right_ends_with_the_day_and_needs_no_job(cast: Cast) -> None:
    karin = cast.coordinator
    OfficeHolder.objects.filter(person=karin).update(valid_to=today())
    assert karin.has_perm("edit_internal", cast.bromma)
    OfficeHolder.objects.filter(person=karin).update(valid_to=today() - timedelta(days=1))
    assert not karin.has_perm("edit_internal", cast.bromma)


def test_an_office_that_reads_protected_facts_waits_for_a_second_person(cast: Cast) -> None:
    lina, maria = cast.employee, cast.chief
    office = Office.objects.of(cast.farsta, "sakerhetssamordnare")
    holding = office.appoint(lina, by=maria, valid_from=today())
    assert not lina.has_perm("view_protected", cast.farsta)
    with pytest.raises(ValidationError):
        holding.approve(by=maria)
    with pytest.raises(ValidationError):
        holding.approve(by=lina)
    holding.approve(by=cast.security_chief)
    assert lina.has_perm("view_protected", cast.farsta)


def test_an_elected_member_reads_what_the_board_has_adopted(cast: Cast) -> None:
    per = cast.member
    assert per.has_perm("view_adopted", cast.bromma)
    assert not per.has_perm("view_internal", cast.bromma)
    assert not per.has_perm("view_adopted", cast.farsta)


def test_each_verb_leaves_one_event_in_the_boards_own_chain(cast: Cast) -> None:
    office = Office.objects.of(cast.farsta, "chef")
    before = Event.objects.count()
    office.appoint(cast.employee, by=cast.chief, valid_from=today())
    made = Event.objects.filter(stream_id=cast.farsta.code).latest_first()
    assert Event.objects.count() - before >= 1
    assert made[0].verb == "office.appointed"
    assert len({event.hash for event in made}) == len(made)
