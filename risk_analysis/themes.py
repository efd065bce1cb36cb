"""The themes of a round beside the one before, in counts and levels."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from boards.models import Board

from .counted import City
from .levels import HIGH
from .models import Risk, RiskTheme, ThemedRisk
from .sides import level_word


@dataclass(frozen=True)
class InTheme:
    """One risk of a theme, as it is counted."""

    board: int
    level: int


@dataclass(frozen=True)
class Line:
    theme: RiskTheme
    now: list[InTheme]
    before: list[InTheme]
    is_compared: bool

    @property
    def boards(self) -> int:
        return len({row.board for row in self.now})

    @property
    def boards_before(self) -> int:
        return len({row.board for row in self.before})

    @property
    def high(self) -> int:
        return len({row.board for row in self.now if row.level >= HIGH})

    @property
    def high_before(self) -> int:
        return len({row.board for row in self.before if row.level >= HIGH})

    @property
    def level(self) -> str:
        return level_word(max((row.level for row in self.now), default=0))


@dataclass(frozen=True)
class AtBoard:
    board: Board
    risks: int
    level: int

    @property
    def word(self) -> str:
        return level_word(self.level)


class Themes:
    def __init__(self, city: City) -> None:
        self.city = city

    @cached_property
    def _of_thread(self) -> dict[Any, RiskTheme]:
        rows = ThemedRisk.objects.select_related("theme")
        return {row.thread: row.theme for row in rows}

    @cached_property
    def rows(self) -> list[Line]:
        """The theme that most organisations judge high comes first."""
        counted = self._counted()
        nothing: dict[Any, list[InTheme]] = defaultdict(list)
        now = counted.get(self.city.cycle.pk, nothing) if self.city.cycle else nothing
        before = counted.get(self.city.before.pk, nothing) if self.city.before else nothing
        lines = [
            Line(theme, now[theme.pk], before[theme.pk], self.city.is_comparable)
            for theme in RiskTheme.objects.visible_to(self.city.user).by_name()
        ]
        return sorted(lines, key=lambda line: (-line.high, -line.boards, line.theme.name))

    def _counted(self) -> dict[Any, Any]:
        """By round and theme."""
        found: dict[Any, Any] = defaultdict(lambda: defaultdict(list))
        rows = Risk.objects.standing().filter(rsa__in=list(self.city.analyses))
        rows = rows.filter(thread__in=ThemedRisk.objects.values("thread"))
        for each in self.city.choices[1:]:
            rows = rows.filter(each.narrow(self.city.chosen[each.key]))
        for rsa, thread, level in rows.order_by().values_list("rsa", "thread", "level"):
            held = self.city.analyses[rsa]
            found[held.cycle_id][self._of_thread[thread].pk].append(InTheme(held.board_id, level))
        return found

    @property
    def organisations(self) -> list[AtBoard]:
        """Of the one theme that the view is narrowed to."""
        levels: dict[int, list[int]] = defaultdict(list)
        boards: dict[int, Board] = {}
        for row in self.city.risks:
            board = self.city.board_of(row)
            boards[board.pk] = board
            levels[board.pk].append(row.level)
        found = [AtBoard(boards[pk], len(there), max(there)) for pk, there in levels.items()]
        return sorted(found, key=lambda each: (-each.level, each.board.name))
