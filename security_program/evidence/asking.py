from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from boards.days import today
from boards.models import Board, CouncilMeeting, OfficeHolder, Training

from ..answering import Span
from ..models import (
    Activity,
    Answer,
    Assignment,
    BoardGoal,
    FollowUp,
    HandOver,
    NotRelevant,
    Programme,
    Statement,
)
from ..models.answers import FILED_STATES
from ..planning import focus_areas
from . import analysed
from .analysed import Analysed


@dataclass(frozen=True)
class Finding:
    """Yes, no, or not yet; in words, and where it is seen."""

    holds: bool | None
    says: str
    url: str = ""

    @property
    def proposed(self) -> str:
        if self.holds is None:
            return ""
        return Statement.Value.MET if self.holds else Statement.Value.NOT


@dataclass(frozen=True)
class Held:
    """Somebody in an office, from and to which day."""

    person: int
    name: str
    first: date
    last: date

    def on(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass
class Planned:
    """What an organisation has planned for the year, as numbers of the rows."""

    # Focus areas with a goal, or with a reason why there is none.
    areas: set[int] = field(default_factory=set)
    goals: set[int] = field(default_factory=set)
    # Goals with an activity.
    worked_on: set[int] = field(default_factory=set)
    # Goals fetched from the ordinary steering system, or handed to it with a follow-up.
    in_steering: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Reported:
    """One round of follow-up as an organisation stands in it."""

    name: str
    is_due: bool
    is_filed: bool
    url: str
    # When it was last handed to the ordinary steering system, where it stands whatever becomes of it here.
    handed_on: date | None = None

    @property
    def is_done(self) -> bool:
        return self.is_filed or self.handed_on is not None


Findings = dict[int, Finding]


class Inquiry:
    """One year and the organisations asked about; what several resolvers read is read once."""

    def __init__(self, year: int, assignments: Iterable[Assignment]) -> None:
        self.year = year
        self.boards: dict[int, Board] = {}
        self.spans: dict[int, Span] = {}
        self._versions: dict[date, Programme | None] = {}
        for row in assignments:
            self.boards[row.board_id] = row.board
            self.spans[row.board_id] = Span(row.first_day, row.last_day)

    def has_begun(self, board: int) -> bool:
        return self.spans[board].first <= today()

    def is_over(self, board: int) -> bool:
        return self.spans[board].last < today()

    def day(self, board: int) -> date:
        """The day that is judged by: the last one of a year that is over, else today."""
        return min(self.spans[board].last, today())

    def judge(self, see: Callable[[int], Finding]) -> Findings:
        """Asks about each organisation whose year has begun; about the others it is too early."""
        early = Finding(None, _("The year has not begun."))
        return {board: see(board) if self.has_begun(board) else early for board in self.boards}

    @cached_property
    def held(self) -> dict[tuple[int, str], list[Held]]:
        """Confirmed holdings during the year; a deputy alone fills no office."""
        rows = OfficeHolder.objects.confirmed().filter(is_deputy=False, office__board__in=self.boards)
        rows = rows.overlapping(date(self.year, 1, 1), date(self.year, 12, 31)).order_by("valid_from")
        fields = ("office__board", "office__type__code", "person", "person__name", "valid_from", "valid_to")
        found: dict[tuple[int, str], list[Held]] = {}
        for board, code, person, name, first, last in rows.values_list(*fields):
            held = Held(person, name, first or date.min, last or date.max)
            found.setdefault((board, code), []).append(held)
        return found

    def holder(self, board: int, code: str) -> Held | None:
        day = self.day(board)
        return next((held for held in self.held.get((board, code), []) if held.on(day)), None)

    @cached_property
    def trained(self) -> dict[tuple[int, str], list[tuple[date, date]]]:
        """Per person and office the trainings by the end of the year, from and to when each counts."""
        people = {held.person for holders in self.held.values() for held in holders}
        rows = Training.objects.filter(person__in=people, completed_on__lte=date(self.year, 12, 31))
        fields = ("person", "office_type__code", "completed_on", "expires_on")
        found: dict[tuple[int, str], list[tuple[date, date]]] = {}
        for person, code, done, expires in rows.order_by("-completed_on").values_list(*fields):
            found.setdefault((person, code), []).append((done, expires or date.max))
        return found

    @cached_property
    def met(self) -> dict[tuple[int, str], list[date]]:
        rows = CouncilMeeting.objects.filter(board__in=self.boards, held_on__year=self.year)
        found: dict[tuple[int, str], list[date]] = {}
        for board, kind, day in rows.order_by("held_on").values_list("board", "kind", "held_on"):
            found.setdefault((board, kind), []).append(day)
        return found

    @cached_property
    def areas(self) -> set[int]:
        """The focus areas that the plan of the year is made by."""
        return {area.pk for area in focus_areas(self.year)}

    @cached_property
    def _plans(self) -> dict[int, Planned]:
        found: dict[int, Planned] = {}
        work = Exists(Activity.objects.standing().filter(goal=OuterRef("pk")))
        told = Exists(
            Answer.objects.filter(activity__goal=OuterRef("pk"), follow_up__hand_overs__isnull=False)
        )
        goals = BoardGoal.objects.standing().filter(board__in=self.boards, year=self.year)
        fields = ("board", "pk", "focus_area", "steering_id", work, told)
        for board, pk, area, steering_id, worked_on, handed_over in goals.values_list(*fields):
            plan = found.setdefault(board, Planned())
            plan.areas.add(area)
            plan.goals.add(pk)
            if worked_on:
                plan.worked_on.add(pk)
            if steering_id or handed_over:
                plan.in_steering.add(pk)
        reasons = NotRelevant.objects.filter(board__in=self.boards, year=self.year)
        for board, area in reasons.values_list("board", "focus_area"):
            found.setdefault(board, Planned()).areas.add(area)
        return found

    def plan(self, board: int) -> Planned:
        return self._plans.get(board, Planned())

    @cached_property
    def followed_up(self) -> dict[int, list[Reported]]:
        last = HandOver.objects.filter(follow_up=OuterRef("pk")).latest_first().values("at")[:1]
        rows = FollowUp.objects.filter(board__in=self.boards, round__year=self.year).with_names()
        rows = rows.annotate(handed_at=Subquery(last))
        found: dict[int, list[Reported]] = {}
        for row in rows.order_by("round__due_on"):
            filed, handed_at = row.state in FILED_STATES, row.handed_at
            is_due = row.round.due_on < today() or filed or handed_at is not None
            handed_on = localdate(handed_at) if handed_at else None
            found.setdefault(row.board_id, []).append(
                Reported(str(row.round), is_due, filed, row.get_absolute_url(), handed_on)
            )
        return found

    @cached_property
    def _analyses(self) -> dict[int, Analysed]:
        return analysed.analyses(self.year, self.boards)

    def analysis(self, board: int) -> Analysed | None:
        """What it has handed in in the year's round, and that still is in force."""
        return self._analyses.get(board)

    @cached_property
    def analyses_are_late(self) -> bool:
        return analysed.due_day_is_past(self.year)

    def version_on(self, day: date) -> Programme | None:
        if day not in self._versions:
            self._versions[day] = Programme.objects.in_force_on(day)
        return self._versions[day]

    def in_time(self, board: int, day: date) -> bool:
        return self.spans[board].first <= day <= self.spans[board].last


Resolver = Callable[[Inquiry], Any]
