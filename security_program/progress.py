"""How far organisations have come with a year's obligations: numbers alone, for many at once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from boards.days import today
from boards.models import Board

from .evidence import proof_of
from .models import Assignment


@dataclass(frozen=True)
class Progress:
    """How far an organisation has come, for where only the numbers are shown."""

    answered: int
    left: int
    late: int
    unadopted: bool
    next_due: date | None

    @property
    def of(self) -> int:
        return self.answered + self.left


def progress(boards: Iterable[int], year: int) -> dict[int, Progress]:
    """One query however many the organisations are."""
    rows = Assignment.objects.for_year(year).standing().filter(board__in=boards, first_day__lte=today())
    fields = ("board", "requirement__code", "due_on", "awaits_adoption", "statement__value")
    ordered = rows.order_by("board", "due_on").values_list(*fields)
    return {
        board: _counted([row[1:] for row in mine]) for board, mine in groupby(ordered, key=lambda row: row[0])
    }


def _counted(rows: list[tuple[str, date, bool, str | None]]) -> Progress:
    left = [
        due
        for code, due, unadopted, value in rows
        if value is None and not unadopted and proof_of(code).may_be_met
    ]
    return Progress(
        answered=sum(value is not None for _code, _due, _unadopted, value in rows),
        left=len(left),
        late=sum(due < today() for due in left),
        unadopted=any(unadopted for _code, _due, unadopted, _value in rows),
        next_due=min(left, default=None),
    )


def open_by_board(year: int) -> Iterator[tuple[Board, list[Assignment]]]:
    """What each organisation can answer and has not, in the city's order; one query for all."""
    rows = Assignment.objects.for_year(year).binding().unstated().filter(first_day__lte=today())
    rows = rows.select_related("board", "requirement", "statement").order_by(
        "board__name", "board", "requirement__code"
    )
    asked = (row for row in rows if proof_of(row.requirement.code).may_be_met)
    for _number, mine in groupby(asked, key=lambda row: row.board_id):
        found = list(mine)
        yield found[0].board, found


@dataclass(frozen=True)
class Left:
    """How many obligations of a year an organisation has left to answer by one day."""

    board: Board
    year: int
    due_on: date
    number: int

    @property
    def link(self) -> str:
        return reverse("obligation_list", args=[self.board.slug, self.year])


def left_by_day(first: date, last: date, boards: Iterable[int] | None = None) -> list[Left]:
    """One query, however many the organisations are; without `boards` of all of them."""
    # A year's duties are accounted for in the beginning of the next at the latest.
    rows = Assignment.objects.filter(year__gte=first.year - 1, due_on__range=(first, last))
    rows = rows.binding().unstated()
    rows = rows if boards is None else rows.filter(board__in=boards)
    needed = ("year", "due_on", "board__slug", "board__name", "requirement__code")
    asked = rows.select_related("board", "requirement").only(*needed)
    counts = Counter(
        (row.board, row.year, row.due_on) for row in asked if proof_of(row.requirement.code).may_be_met
    )
    found = [Left(*what, number) for what, number in counts.items()]
    return sorted(found, key=lambda left: (left.due_on, left.board.name, left.year))
