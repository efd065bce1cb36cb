"""Organisations and kinds of risk: the highest level in each cell, in a word and a shade.

What nobody has judged is said to be so, and never looks like something harmless.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.models import Board
from boards.models.boards import Kind

from .counted import City
from .levels import HIGH, NAMES
from .models import Risk

SORT = "ordning"


@dataclass(frozen=True)
class Cell:
    level: int
    risks: int
    url: str = ""

    @property
    def word(self) -> str:
        return str(NAMES.get(self.level, _("Not assessed")))


@dataclass(frozen=True)
class Row:
    board: Board
    cells: list[Cell]
    is_handed_in: bool

    @property
    def assessed(self) -> int:
        return sum(cell.level > 0 for cell in self.cells)

    @property
    def named(self) -> list[tuple[Cell, str]]:
        return list(zip(self.cells, (str(kind.label) for kind in Risk.Kind), strict=True))

    @property
    def total(self) -> str:
        return _("%(number)s of %(of)s kinds assessed") % {"number": self.assessed, "of": len(self.cells)}


@dataclass(frozen=True)
class Column:
    kind: str
    label: str
    url: str
    is_sorted: bool
    assessed: int
    of: int

    @property
    def total(self) -> str:
        return _("%(number)s of %(of)s have assessed") % {"number": self.assessed, "of": self.of}


class Heat:
    def __init__(self, city: City, readable: set[int], page: Any) -> None:
        """`readable` are the boards whose texts the person may read; `page(board, kind)` is where they stand."""
        self.city, self.readable, self.page = city, readable, page

    @cached_property
    def _highest(self) -> dict[tuple[int, str], tuple[int, int]]:
        found: dict[tuple[int, str], tuple[int, int]] = {}
        for row in self.city.risks:
            key = self.city.analyses[row.rsa].board_id, row.kind
            level, number = found.get(key, (0, 0))
            found[key] = max(level, row.level), number + 1
        return found

    @property
    def sorted_by(self) -> str:
        asked = self.city.asked.get(SORT, "")
        return asked if asked in Risk.Kind.values else ""

    @cached_property
    def rows(self) -> list[Row]:
        return [self._row(board) for board in self.city.asked_boards]

    def _row(self, board: Board) -> Row:
        return Row(
            board,
            [self._cell(board, kind) for kind in Risk.Kind.values],
            board.pk in self.city.handed_in,
        )

    def _cell(self, board: Board, kind: str) -> Cell:
        level, number = self._highest.get((board.pk, kind), (0, 0))
        return Cell(level, number, self.page(board, kind) if number and board.pk in self.readable else "")

    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        """Under their kinds as the city lists them; by one column when that is asked for."""
        if not self.sorted_by:
            grouped = groupby(self.rows, key=lambda row: row.board.kind)
            return [(str(Kind(kind).label), list(rows)) for kind, rows in grouped]
        place = Risk.Kind.values.index(self.sorted_by)
        order = sorted(self.rows, key=lambda row: (-row.cells[place].level, row.board.name))
        return [("", order)]

    @property
    def columns(self) -> list[Column]:
        handed_in = [row for row in self.rows if row.is_handed_in]
        return [
            Column(
                kind=kind.value,
                label=str(kind.label),
                url=self.city.url(**{SORT: "" if kind == self.sorted_by else kind.value}),
                is_sorted=kind == self.sorted_by,
                assessed=sum(row.cells[place].level > 0 for row in handed_in),
                of=len(handed_in),
            )
            for place, kind in enumerate(Risk.Kind)
        ]

    @property
    def conclusion(self) -> str:
        """The caption: what stands out, or that nothing can be said yet."""
        handed_in = [row for row in self.rows if row.is_handed_in]
        if not handed_in:
            return _("Nobody has handed in yet.")
        hit = [
            (sum(row.cells[place].level >= HIGH for row in handed_in), str(kind.label))
            for place, kind in enumerate(Risk.Kind)
        ]
        number, label = max(hit, key=lambda each: each[0])
        if not number:
            return _("No organisation that has handed in judges a risk high.")
        said = ngettext(
            "%(kind)s is judged high or very high by %(number)s of %(of)s organisation.",
            "%(kind)s is judged high or very high by %(number)s of %(of)s organisations.",
            len(handed_in),
        )
        return said % {"kind": label, "number": number, "of": len(handed_in)}
