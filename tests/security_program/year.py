"""A city with a version that binds, and a year planned in it: what the tests of plan and follow-up begin with."""

from datetime import date
from typing import Any

from boards.models import Board
from security_program.models import Activity, BoardGoal, FocusArea, FollowUp, Programme, Round
from security_program.planning import focus_areas
from tests.conftest import Cast, load_reference

YEAR = 2026
PLAIN = {"status": "enligt-plan", "text": "Vi har börjat."}


def begin(cast: Cast) -> None:
    load_reference()
    Programme.objects.get(slug="sakerhetsprogram-2020-2023").keep_in_force(
        by=cast.security_chief, decided_on=date(2023, 11, 20), diary_number="KS 1", paragraph="§ 1"
    )


def area(number: int = 0, year: int = YEAR) -> FocusArea:
    return focus_areas(year)[number]


def goal(
    board: Board, text: str = "Alla övar", *, year: int = YEAR, by: Any = None, number: int = 0
) -> BoardGoal:
    return BoardGoal.objects.plan(board, year, by=by, text=text, focus_area=area(number))


def activity(board: Board, what: str = "Öva staben", *, year: int = YEAR) -> Activity:
    return Activity.objects.plan(goal(board, year=year), by=None, what=what)


def opened(kind: str = "t1", *, year: int = YEAR) -> Round:
    return Round.objects.open(year, kind, by=None, opens_on=date(year, 1, 2))


def of(board: Board, asked: Round) -> FollowUp:
    return FollowUp.objects.get(board=board, round=asked)


def filed(cast: Cast, kind: str = "t1") -> FollowUp:
    """Bromma's follow-up of one activity, prepared by the coordinator and handed in by the head."""
    planned = activity(cast.bromma)
    report = of(cast.bromma, opened(kind))
    report.answer(planned, by=cast.coordinator, **PLAIN)
    report.hand_to_chief(by=cast.coordinator)
    report.file(by=cast.chief)
    return report
