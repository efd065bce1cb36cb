"""How far organisations have come with a year's obligations: numbers alone, for many at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

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
