"""The ladder of reminders: five rungs, each told once to each person, on days that are worked, until it is done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from boards import notices, outbox
from boards.models import Job, Notice, User
from boards.tasks import work
from security_program import deadlines
from security_program.deriving import derive
from security_program.models import Assignment, FollowUp, Guideline
from tests.boards import moment
from tests.conftest import Cast
from tests.security_program import year

DAY = timedelta(days=1)
# A Tuesday: thirty days before it is a Sunday, and three days before it a Saturday.
DUE = date(2026, 9, 15)
LADDER = [date(2026, 8, 14), date(2026, 9, 1), date(2026, 9, 11), DUE, date(2026, 9, 18)]

Told = list[tuple[date, str]]


@pytest.fixture
def through(monkeypatch: Any) -> Callable[..., Told]:
    """Every morning from one day to another; what one person was told, and when."""

    def walk(person: User, first: date, last: date) -> Told:
        told = []
        for number in range((last - first).days + 1):
            day = first + number * DAY
            moment.at(monkeypatch, day)
            known = set(Notice.objects.values_list("pk", flat=True))
            deadlines.remind(day)
            new = Notice.objects.filter(person=person).exclude(pk__in=known).order_by("pk")
            told += [(day, notice.kind.removeprefix("deadline_")) for notice in new]
        return told

    return walk


@pytest.fixture
def report(cast: Cast, monkeypatch: Any) -> FollowUp:
    """Bromma's part of the second round, due on the Tuesday."""
    moment.at(monkeypatch, date(2026, 1, 15))
    cast.coordinator, cast.chief  # noqa: B018
    year.begin(cast)
    return year.of(cast.bromma, year.opened("t2"))


@pytest.mark.parametrize(
    ("due_on", "rung", "told"),
    [
        (DUE, 30, date(2026, 8, 14)),
        (DUE, 14, date(2026, 9, 1)),
        (DUE, 3, date(2026, 9, 11)),
        (DUE, 0, DUE),
        (DUE, -3, date(2026, 9, 18)),
        # Over Christmas: the eve, the days after it and New Year's Eve are free.
        (date(2026, 12, 28), 3, date(2026, 12, 23)),
        (date(2026, 12, 30), -3, date(2027, 1, 4)),
        # Nobody has moved this day from the Saturday it falls on.
        (date(2026, 10, 31), 0, date(2026, 10, 30)),
    ],
)
def test_a_rung_on_a_free_day_is_told_before_it_and_after_the_day_when_people_are_back(
    due_on: date, rung: int, told: date
) -> None:
    assert deadlines.told_on(due_on, rung) == told


def test_each_rung_is_told_exactly_once(report: FollowUp, cast: Cast, through: Callable[..., Told]) -> None:
    assert report.round.due_on == DUE
    first, last = date(2026, 8, 1), date(2026, 10, 10)
    assert through(cast.coordinator, first, last) == [
        *((day, "follow_up") for day in LADDER[:4]),
        (LADDER[4], "passed"),
    ]
    assert through(cast.coordinator, first, last) == [], "however often the round is worked"


def test_the_head_is_told_when_it_is_late_and_when_it_waits_for_the_head(
    report: FollowUp, cast: Cast, through: Callable[..., Told]
) -> None:
    assert through(cast.chief, date(2026, 9, 1), date(2026, 9, 14)) == []
    FollowUp.objects.filter(pk=report.pk).update(state="hos_chef")
    assert through(cast.chief, DUE, date(2026, 9, 20)) == [(DUE, "follow_up"), (LADDER[4], "passed")]


def test_it_stops_when_it_is_done(report: FollowUp, cast: Cast, through: Callable[..., Told]) -> None:
    assert len(through(cast.coordinator, date(2026, 8, 1), date(2026, 9, 5))) == 2
    FollowUp.objects.filter(pk=report.pk).update(state="inlamnad", filed_on=date(2026, 9, 5))
    assert through(cast.coordinator, date(2026, 9, 6), date(2026, 9, 30)) == []


def test_what_was_missed_while_nothing_ran_is_told_once(
    report: FollowUp, cast: Cast, through: Callable[..., Told]
) -> None:
    assert through(cast.coordinator, date(2026, 9, 4), date(2026, 9, 4)) == [(date(2026, 9, 4), "follow_up")]
    assert through(cast.coordinator, date(2026, 11, 2), date(2026, 11, 2)) == [], "too late to help"


def test_a_date_that_is_moved_has_a_ladder_of_its_own(
    report: FollowUp, cast: Cast, through: Callable[..., Told]
) -> None:
    through(cast.coordinator, date(2026, 9, 1), date(2026, 9, 1))
    type(report.round).objects.filter(pk=report.round.pk).update(due_on=DUE + 14 * DAY)
    assert through(cast.coordinator, date(2026, 9, 2), date(2026, 9, 2)) == [(date(2026, 9, 2), "follow_up")]


def test_obligations_of_a_day_are_one_reminder_until_they_are_answered(
    report: FollowUp, cast: Cast, through: Callable[..., Told]
) -> None:
    derive(2026)
    FollowUp.objects.all().delete()
    mine = Assignment.objects.filter(board=cast.bromma, year=2026)
    mine.exclude(requirement__code="REQ-027").delete()
    mine.update(due_on=DUE)
    assert through(cast.coordinator, date(2026, 8, 1), date(2026, 9, 2)) == [
        (day, "obligations") for day in LADDER[:2]
    ]
    mine.get().state("uppfyllt", by=cast.coordinator)
    assert through(cast.coordinator, date(2026, 9, 3), date(2026, 9, 30)) == []


def test_an_activity_is_told_to_who_does_it_and_late_to_their_manager(
    report: FollowUp, cast: Cast, through: Callable[..., Told]
) -> None:
    FollowUp.objects.all().delete()
    lina, boss = cast.employee, cast.person("Bo Chef")
    lina.manager = boss
    lina.save()
    year.activity(cast.bromma).correct(by=None, responsible=lina, due_on=DUE)
    assert len(through(lina, date(2026, 8, 1), date(2026, 9, 30))) == 5
    assert Notice.objects.get(person=boss).kind == "deadline_passed"


def test_an_instruction_is_told_where_it_is_not_acknowledged(
    report: FollowUp, cast: Cast, through: Callable[..., Told]
) -> None:
    FollowUp.objects.all().delete()
    draft = Guideline.objects.write(by=None, name="Så övar vi", text="Öva.", acknowledge_within_days=14)
    draft.decide(
        by=None, decided_by="Stadsdirektören", decided_on=DUE - 14 * DAY, in_force_from=DUE - 14 * DAY
    )
    assert through(cast.coordinator, DUE - 14 * DAY, DUE - 14 * DAY) == [(LADDER[1], "instruction")]
    draft.acknowledge(cast.bromma, by=cast.coordinator)
    assert through(cast.coordinator, DUE, DUE) == []


def test_it_comes_in_the_daily_mail_with_its_day_and_without_more(
    report: FollowUp, cast: Cast, monkeypatch: Any
) -> None:
    moment.at(monkeypatch, DUE)
    Notice.objects.all().delete()
    work(Job.objects.ask("deadlines", key="deadlines:today").pk)
    mail.outbox.clear()
    notices.gather(DUE)
    outbox.post_due()
    letter = next(one for one in mail.outbox if one.to == [cast.coordinator.email])
    assert "Bromma stadsdelsnämnd ska lämnas in senast 15 september 2026" in letter.body


def test_nothing_is_told_on_a_day_of_rest(report: FollowUp, cast: Cast, monkeypatch: Any) -> None:
    moment.at(monkeypatch, date(2026, 9, 12))
    Notice.objects.all().delete()
    work(Job.objects.ask("deadlines", key="deadlines:saturday").pk)
    assert not Notice.objects.exists()
