"""Twelve months from this one on as a line: each date as a numbered mark where it falls."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from boards.days import today

MONTHS = 12
# Two marks closer than this, in percent of the line, would cover each other on a phone and stand above each other.
APART = 6.5
# In pixels: a mark's radius, and what a row of them takes.
RADIUS, ROW = 10, 24


@dataclass(frozen=True)
class Mark:
    """One date: the number written in it, and where it stands."""

    number: int
    x: float
    row: int
    top: int

    @property
    def at(self) -> str:
        return f"{self.x:.2f}%"

    @property
    def middle(self) -> int:
        return self.top - self.row * ROW

    @property
    def base(self) -> int:
        """Where the number is written, so that it stands in the middle of its mark."""
        return self.middle + 5


@dataclass(frozen=True)
class Month:
    """One of the twelve: what it is called, how many dates it has, and whether its year is written out."""

    first: date
    dates: int
    begins_year: bool

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def short(self) -> str:
        return date_format(self.first, "b").strip(".")[:3]

    @property
    def name(self) -> str:
        return date_format(self.first, "F Y")


@dataclass(frozen=True)
class YearLine:
    months: list[Month]
    marks: list[Mark]
    height: int

    @property
    def ground(self) -> int:
        return self.height - 2

    @property
    def ticks(self) -> list[str]:
        return [f"{100 * place / MONTHS:.2f}%" for place in range(1, MONTHS)]


def line_of(numbered: Iterable[tuple[int, date]]) -> YearLine:
    """From the dates in order; those that come later than in twelve months stand in the list alone."""
    firsts, numbered = _firsts(), list(numbered)
    within = [(number, _place(day, firsts[0])) for number, day in numbered if day < firsts[-1]]
    rows = _rows([x for _number, x in within])
    height = ROW * (max(rows, default=0) + 1) + 4
    marks = [
        Mark(number, x, row, height - ROW + RADIUS) for (number, x), row in zip(within, rows, strict=True)
    ]
    days = [(day.year, day.month) for _number, day in numbered]
    months = [
        Month(first, days.count((first.year, first.month)), first == firsts[0] or first.month == 1)
        for first in firsts[:-1]
    ]
    return YearLine(months, marks, height)


def _firsts() -> list[date]:
    """The first day of each of the twelve months, and of the one after."""
    now = today().year * MONTHS + today().month - 1
    return [date(month // MONTHS, month % MONTHS + 1, 1) for month in range(now, now + MONTHS + 1)]


def _place(day: date, first: date) -> float:
    """In percent of the line, every month as wide as the others; never so near an end that the mark is cut."""
    months = (day.year - first.year) * MONTHS + day.month - first.month + (day.day - 1) / 31
    return min(max(100 * months / MONTHS, APART / 2), 100 - APART / 2)


def _rows(places: list[float]) -> list[int]:
    """For each mark the lowest row where the one before it is far enough away."""
    last: list[float] = []
    rows = []
    for x in places:
        row = next((row for row, before in enumerate(last) if x - before >= APART), len(last))
        last[row : row + 1] = [x]
        rows.append(row)
    return rows
