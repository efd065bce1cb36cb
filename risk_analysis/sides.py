"""Two rounds of all organisations, or two organisations in one round, with what differs first.

Counts and levels alone. Risks are joined from year to year by their threads; where the scales are not the same, the
levels stand beside each other and nothing is said of rising or falling.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from boards.models import Board

from .counted import City
from .levels import HIGH, NAMES
from .models import Risk

ONE, OTHER = "a", "b"


def level_word(level: int) -> str:
    return str(NAMES.get(level, _("Not assessed")))


@dataclass
class Moves:
    """What has happened to one organisation's risks since the round before."""

    board: Board
    now: int = 0
    before: int = 0
    high_now: int = 0
    high_before: int = 0
    new: int = 0
    removed: int = 0
    raised: int = 0
    lowered: int = 0
    was_there: bool = False

    @property
    def unchanged(self) -> int:
        return self.now - self.new - self.raised - self.lowered

    @property
    def weight(self) -> tuple[bool, int, int, str]:
        """Those with most that has risen or is new come first, those with nothing to compare with last."""
        moved = self.raised + self.new + self.lowered + self.removed
        return not self.was_there, -(self.raised + self.new), -moved, self.board.name


class Years:
    """Each organisation in this round and in the one before."""

    def __init__(self, city: City) -> None:
        self.city = city

    @cached_property
    def rows(self) -> list[Moves]:
        now, before = self._levels(self.city.cycle), self._levels(self.city.before)
        found = [self._moves(board, now[board], before.get(board, {})) for board in now]
        return sorted(found, key=lambda each: each.weight)

    def _levels(self, cycle: Any) -> dict[Board, dict[Any, int]]:
        """For each organisation that has handed in, the level of each thread."""
        held = {pk: rsa for pk, rsa in self.city.analyses.items() if cycle and rsa.cycle_id == cycle.pk}
        found: dict[Board, dict[Any, int]] = {rsa.board: {} for rsa in held.values()}
        rows = Risk.objects.standing().filter(rsa__in=list(held))
        for each in self.city.choices[1:]:
            rows = rows.filter(each.narrow(self.city.chosen[each.key]))
        for rsa, thread, level in rows.order_by().values_list("rsa", "thread", "level"):
            found[held[rsa].board][thread] = level
        return found

    def _moves(self, board: Board, now: dict[Any, int], before: dict[Any, int]) -> Moves:
        moves = Moves(
            board,
            now=len(now),
            before=len(before),
            high_now=_high(now.values()),
            high_before=_high(before.values()),
            new=len(now.keys() - before.keys()),
            removed=len(before.keys() - now.keys()),
            was_there=bool(before),
        )
        if self.city.is_comparable:
            both = now.keys() & before.keys()
            moves.raised = sum(now[thread] > before[thread] for thread in both)
            moves.lowered = sum(now[thread] < before[thread] for thread in both)
        return moves


def _high(levels: Iterable[int]) -> int:
    return sum(level >= HIGH for level in levels)


@dataclass(frozen=True)
class Side:
    level: int = 0
    risks: int = 0

    @property
    def word(self) -> str:
        return level_word(self.level)


@dataclass(frozen=True)
class Difference:
    label: str
    one: Side
    other: Side

    @property
    def distance(self) -> int:
        return abs(self.one.level - self.other.level)


@dataclass
class Two:
    """Two organisations in one round, kind by kind."""

    city: City
    one: Board
    other: Board
    _sides: dict[tuple[int, str], Side] = field(default_factory=dict)

    def __post_init__(self) -> None:
        levels: dict[tuple[int, str], list[int]] = defaultdict(list)
        for row in self.city.risks:
            levels[self.city.analyses[row.rsa].board_id, row.kind].append(row.level)
        self._sides = {key: Side(max(there), len(there)) for key, there in levels.items()}

    @cached_property
    def _all(self) -> list[Difference]:
        found = [
            Difference(
                str(kind.label),
                self._sides.get((self.one.pk, kind.value), Side()),
                self._sides.get((self.other.pk, kind.value), Side()),
            )
            for kind in Risk.Kind
        ]
        return sorted(found, key=lambda each: (-each.distance, each.label))

    @property
    def differing(self) -> list[Difference]:
        return [each for each in self._all if each.distance]

    @property
    def alike(self) -> list[Difference]:
        return [each for each in self._all if not each.distance]

    @property
    def conclusion(self) -> str:
        if not self.differing:
            return _("The two judge every kind of risk alike.")
        first = self.differing[0]
        facts = {"kind": first.label, "one": first.one.word.lower(), "other": first.other.word.lower()}
        return _("They differ most in %(kind)s: %(one)s and %(other)s.") % facts
