"""The risks of the city as one matrix: how many organisations or risks stand in each of the 25 cells.

Nothing is averaged and nothing multiplied: a cell is a count, a level is a word of the table of the method.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.models import Board

from .counted import City, Counted
from .levels import HIGH, NAMES
from .matrix import Step, rows, steps
from .models import Risk

BOARDS, RISKS = "namnder", "risker"
CELL, COUNT = "ruta", "antal"
# Fewer organisations than this tell more about each other than about the city.
FEW = 3


@dataclass(frozen=True)
class Cell:
    likelihood: Step
    consequence: Step
    level: int
    boards: int
    risks: int
    url: str
    is_chosen: bool
    counts_boards: bool

    @property
    def number(self) -> int:
        return self.boards if self.counts_boards else self.risks

    @property
    def level_word(self) -> str:
        return str(NAMES[self.level])

    @property
    def name(self) -> str:
        """What a screen reader says of the number."""
        facts = {
            "likelihood": f"{self.likelihood.number} {self.likelihood.word}",
            "consequence": f"{self.consequence.number} {self.consequence.word}",
            "level": self.level_word,
        }
        return _("likelihood %(likelihood)s, consequence %(consequence)s, level %(level)s") % facts


@dataclass(frozen=True)
class Ranked:
    """One kind of risk, this round beside the one before."""

    label: str
    boards: int
    before: int | None
    place: int
    place_before: int | None

    @property
    def change(self) -> str:
        if self.before is None:
            return _("Not compared")
        if self.boards == self.before:
            return _("As before")
        more = abs(self.boards - self.before)
        if self.boards > self.before:
            return _("%(number)s more") % {"number": more}
        return _("%(number)s fewer") % {"number": more}


@dataclass(frozen=True)
class Heavy:
    """How many risks of each level one organisation has, the highest level first."""

    board: Board
    by_level: tuple[int, int, int, int]
    unassessed: int
    url: str = ""

    @property
    def total(self) -> int:
        return sum(self.by_level) + self.unassessed


class Picture:
    def __init__(self, city: City) -> None:
        self.city = city

    @property
    def counts_boards(self) -> bool:
        return self.city.asked.get(COUNT, BOARDS) != RISKS

    def url(self, **changes: str) -> str:
        return self.city.url(**{COUNT: "" if self.counts_boards else RISKS, **changes})

    @property
    def assessed(self) -> list[Counted]:
        return [row for row in self.city.risks if row.level]

    @property
    def unassessed(self) -> int:
        return len(self.city.risks) - len(self.assessed)

    # The matrix

    @cached_property
    def likelihoods(self) -> list[Step]:
        return steps(self.city.cycle.method.likelihoods) if self.city.cycle else []

    @cached_property
    def matrix(self) -> list[tuple[Step, list[Cell]]]:
        if self.city.cycle is None:
            return []
        standing: dict[tuple[int | None, int | None], list[Counted]] = defaultdict(list)
        for row in self.assessed:
            standing[row.likelihood, row.consequence].append(row)
        return [
            (step, [self._cell(step, cell, standing[cell.likelihood, cell.consequence]) for cell in cells])
            for step, cells in rows(self.city.cycle.method)
        ]

    def _cell(self, consequence: Step, cell: Any, there: list[Counted]) -> Cell:
        key = f"{cell.likelihood}-{cell.consequence}"
        return Cell(
            likelihood=self.likelihoods[cell.likelihood - 1],
            consequence=consequence,
            level=cell.level,
            boards=len({self.city.analyses[row.rsa].board_id for row in there}),
            risks=len(there),
            url=self.url(**{CELL: key}) + "#rutan",
            is_chosen=key == self.city.asked.get(CELL),
            counts_boards=self.counts_boards,
        )

    @property
    def cells(self) -> list[Cell]:
        return [cell for _step, cells in self.matrix for cell in cells]

    @property
    def chosen(self) -> Cell | None:
        return next((cell for cell in self.cells if cell.is_chosen), None)

    @property
    def by_level(self) -> list[tuple[int, str, list[Cell]]]:
        """The filled cells under their levels, the highest first: what a phone shows instead of the table."""
        filled = [cell for cell in self.cells if cell.number]
        return [
            (level, str(name), there)
            for level, name in sorted(NAMES.items(), reverse=True)
            if (there := [cell for cell in filled if cell.level == level])
        ]

    # Beside the matrix

    @cached_property
    def organisations(self) -> list[Heavy]:
        """Those that have handed in, by how many risks they have of the highest level; of one cell if one is chosen."""
        wanted = self.chosen
        levels: dict[int, Counter[int]] = defaultdict(Counter)
        boards: dict[int, Board] = {}
        for row in self.city.risks:
            place = row.likelihood, row.consequence
            if wanted is None or place == (wanted.likelihood.number, wanted.consequence.number):
                board = self.city.board_of(row)
                boards[board.pk] = board
                levels[board.pk][row.level] += 1
        found = [_heavy(boards[pk], counts) for pk, counts in levels.items()]
        return sorted(found, key=lambda each: ([-number for number in each.by_level], each.board.name))

    @cached_property
    def ranked(self) -> list[Ranked]:
        """The kinds of risk by how many organisations judge one of them high or very high."""
        now, then = self._high(self.city.risks), self._high(self.city.earlier)
        places = _places(then)
        compared = self.city.is_comparable
        order = sorted(now, key=lambda kind: (-now[kind], str(Risk.Kind(kind).label)))
        return [
            Ranked(
                label=str(Risk.Kind(kind).label),
                boards=now[kind],
                before=then.get(kind, 0) if compared else None,
                place=place,
                place_before=places.get(kind) if compared else None,
            )
            for place, kind in enumerate(order, 1)
        ]

    def _high(self, counted: list[Counted]) -> dict[str, int]:
        boards: dict[str, set[int]] = defaultdict(set)
        for row in counted:
            if row.level >= HIGH and row.kind:
                boards[row.kind].add(self.city.analyses[row.rsa].board_id)
        return {kind: len(found) for kind, found in boards.items()}

    @property
    def is_too_few(self) -> bool:
        return len(self.city.handed_in) < FEW

    @property
    def headline(self) -> str:
        """What the picture says, in a sentence made of its own numbers."""
        of, number = len(self.city.asked_boards), len(self.city.handed_in)
        said = ngettext(
            "%(number)s of %(of)s has handed in.", "%(number)s of %(of)s have handed in.", number
        ) % {"number": number, "of": of}
        if self.is_too_few or not self.ranked:
            return said
        return f"{said} {self._commonest()}"

    def _commonest(self) -> str:
        first = [each for each in self.ranked if each.boards == self.ranked[0].boards]
        facts = {"kinds": _listed([each.label.lower() for each in first]), "number": first[0].boards}
        if len(first) > FEW:
            return _("No kind of risk stands out.")
        return (
            ngettext(
                "Most widespread among the high risks: %(kinds)s, at %(number)s organisation.",
                "Most widespread among the high risks: %(kinds)s, at %(number)s organisations.",
                first[0].boards,
            )
            % facts
        )


def _heavy(board: Board, counts: Counter[int]) -> Heavy:
    very_high, high, moderate, low = (counts[level] for level in (4, 3, 2, 1))
    return Heavy(board, (very_high, high, moderate, low), counts[0])


def _places(numbers: dict[str, int]) -> dict[str, int]:
    order = sorted(numbers, key=lambda kind: (-numbers[kind], str(Risk.Kind(kind).label)))
    return {kind: place for place, kind in enumerate(order, 1)}


def _listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(these)s and %(last)s") % {"these": ", ".join(words[:-1]), "last": words[-1]}
