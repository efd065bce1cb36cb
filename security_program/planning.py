"""The plan of the year: what is lacking in it, and what is carried over from the year before.

A board that others have gone on as inherits from all of them. What may be the same is shown side by side, and
a person says which goals are duplicates.
"""

from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.days import today
from boards.models import Board
from boards.verbs import bulk_verb

from .models import (
    Activity,
    Answer,
    BoardGoal,
    Descent,
    FocusArea,
    Indicator,
    NotRelevant,
    Programme,
)
from .models.planned import Mark

FIRST_YEAR = 2009
# How alike two goals are before they are suggested as the same.
ALIKE = 0.6
OVER = (Answer.Status.DONE, Answer.Status.STOPPED)


def binding_version(year: int) -> Programme | None:
    """The version that a year's plan is made by: the one that bound when the year began, or came in it."""
    versions = Programme.objects.all()
    return versions.in_force_on(date(year, 1, 1)) or versions.in_force_on(date(year, 12, 31))


def may_be_planned(year: int) -> bool:
    """From the first version of the programme and up to next year."""
    return FIRST_YEAR <= year <= today().year + 1


def focus_areas(year: int) -> list[FocusArea]:
    version = binding_version(year)
    return list(version.focus_areas.order_by("order")) if version else []


@dataclass
class Part:
    """One focus area of a board's plan."""

    area: FocusArea
    goals: list[BoardGoal] = field(default_factory=list)
    not_relevant: NotRelevant | None = None

    @property
    def is_lacking(self) -> bool:
        return not self.goals and self.not_relevant is None


def plan_of(board: Board, year: int) -> list[Part]:
    """Every focus area of the version that binds, and those that only the board's goals still speak of."""
    parts = {area.pk: Part(area) for area in focus_areas(year)}
    goals = BoardGoal.objects.of(board, year).standing().in_order()
    for goal in goals.select_related("focus_area", "programme_goal", "came_from__board"):
        parts.setdefault(goal.focus_area_id, Part(goal.focus_area)).goals.append(goal)
    for said in NotRelevant.objects.filter(board=board, year=year).select_related("focus_area"):
        parts.setdefault(said.focus_area_id, Part(said.focus_area)).not_relevant = said
    return list(parts.values())


def lacking(board: Board, year: int) -> list[FocusArea]:
    """Focus areas with neither a goal nor a written reason why not."""
    return [part.area for part in plan_of(board, year) if part.is_lacking]


def suggestions(parts: list[Part]) -> dict[int, list[BoardGoal]]:
    """Per inherited goal not yet sorted: goals that may be the same, from another board."""
    standing = [goal for part in parts for goal in part.goals]
    waiting = [goal for goal in standing if not goal.is_sorted]
    return {goal.pk: [other for other in standing if _may_be_same(goal, other)] for goal in waiting}


def _may_be_same(goal: BoardGoal, other: BoardGoal) -> bool:
    if goal.pk == other.pk or goal.focus_area_id != other.focus_area_id or _origin(goal) == _origin(other):
        return False
    return SequenceMatcher(None, goal.text.casefold(), other.text.casefold()).ratio() >= ALIKE


def _origin(goal: BoardGoal) -> int | None:
    return goal.came_from.board_id if goal.came_from else None


def to_copy(board: Board, year: int) -> list[BoardGoal]:
    """The goals of the year before, the board's own and those of boards that went on as it."""
    own = Q(board=board, year=year - 1)
    inherited = Q(pk__in=())
    for came in board.successions_in.filter(on__year__in=(year, year - 1)):
        years = BoardGoal.objects.filter(board=came.predecessor, year__lte=year).order_by("-year")
        if (latest := years.values_list("year", flat=True).first()) is not None:
            inherited |= Q(board=came.predecessor, year=latest)
    copied = BoardGoal.objects.filter(came_from=OuterRef("pk"), board=board)
    rows = BoardGoal.objects.standing().filter(own | inherited).exclude(Exists(copied))
    return list(rows.select_related("board", "focus_area__programme").in_order())


@bulk_verb("plan.copied", _("The plan for %(year)s was carried over at %(about)s (%(count)s goals)"))
def copy_forward(board: Board, year: int, *, by: Any) -> list[BoardGoal]:
    """What is done or stopped stays in its year; all else goes on and is marked as unchanged."""
    old = to_copy(board, year)
    if not old:
        raise ValidationError(_("There is nothing more to carry over."))
    several = len({goal.board_id for goal in old}) > 1
    places = _places(year)
    new = [_copy(goal, board, year, places, is_sorted=not several) for goal in old]
    made = BoardGoal.objects.bulk_create(new, batch_size=200)
    _copy_what_hangs(dict(zip((goal.pk for goal in old), made, strict=True)))
    audit.record_many("plan.copied", made, by=by, year=year)
    return made


def _places(year: int) -> dict[int, int]:
    """Where a focus area of an earlier version is found in the one that binds."""
    version = binding_version(year)
    if version is None:
        return {}
    pairs = Descent.objects.filter(before__isnull=False, after__programme=version, goal__isnull=True)
    return dict(pairs.values_list("before", "after"))


def _copy(goal: BoardGoal, board: Board, year: int, places: dict[int, int], *, is_sorted: bool) -> BoardGoal:
    moved = goal.focus_area_id in places
    return BoardGoal(
        board=board,
        year=year,
        focus_area_id=places.get(goal.focus_area_id, goal.focus_area_id),
        programme_goal_id=None if moved else goal.programme_goal_id,
        text=goal.text,
        came_from=goal,
        mark=Mark.UNCHANGED,
        is_sorted=is_sorted,
    )


def _copy_what_hangs(new: dict[int, BoardGoal]) -> None:
    going_on = Activity.objects.filter(goal__in=list(new), taken_away="").with_status()
    Activity.objects.bulk_create(
        [
            Activity(
                goal=new[row.goal_id],
                what=row.what,
                responsible_id=row.responsible_id,
                came_from=row,
                mark=Mark.UNCHANGED,
            )
            for row in going_on.order_by("pk")
            if row.status not in OVER
        ],
        batch_size=200,
    )
    Indicator.objects.bulk_create(
        [
            Indicator(
                goal=new[row.goal_id],
                name=row.name,
                unit=row.unit,
                target=row.target,
                source=row.source,
                came_from=row,
            )
            for row in Indicator.objects.filter(goal__in=list(new), taken_away="").order_by("pk")
        ],
        batch_size=200,
    )
