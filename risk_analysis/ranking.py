"""The gravest risks of the city in words, this round beside the one before; only behind a purpose.

A risk is the same from year to year by its thread. The order is by consequence, then likelihood, then title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from .counted import City
from .levels import NAMES
from .models import Purpose, Risk

SHOWN = 50


@dataclass(frozen=True)
class Line:
    place: int
    risk: Risk
    place_before: int | None
    level_before: int | None
    is_compared: bool

    @property
    def change(self) -> str:
        if not self.is_compared:
            return ""
        if self.level_before is None:
            return _("New")
        if self.level_before == self.risk.level:
            return _("Same level")
        was = str(NAMES.get(self.level_before, _("Not assessed")))
        if self.level_before < self.risk.level:
            return _("Up from %(level)s") % {"level": was.lower()}
        return _("Down from %(level)s") % {"level": was.lower()}


class Ranking:
    def __init__(self, city: City, purpose: Purpose) -> None:
        self.city, self.purpose = city, purpose

    def _readable(self, cycle: Any) -> list[int]:
        """Those of what is counted that the person may read, within what the purpose is about."""
        kind = self.purpose.kind
        return [
            rsa.pk
            for rsa in self.city.analyses.values()
            if rsa.cycle_id == cycle.pk and rsa.is_readable and kind in ("", rsa.board.kind)
        ]

    def _risks(self, cycle: Any) -> Any:
        rows = Risk.objects.standing().filter(rsa__in=self._readable(cycle), level__gt=0)
        for each in self.city.choices[1:]:
            rows = rows.filter(each.narrow(self.city.chosen[each.key]))
        return rows.by_weight()

    @cached_property
    def risks(self) -> list[Risk]:
        if self.city.cycle is None:
            return []
        return list(self._risks(self.city.cycle).select_related("rsa__board", "commitment")[:SHOWN])

    @cached_property
    def _before(self) -> list[tuple[Any, int]]:
        """Threads and levels of the round before, in the same order."""
        if self.city.before is None:
            return []
        return list(self._risks(self.city.before).values_list("thread", "level"))

    @cached_property
    def lines(self) -> list[Line]:
        before = {thread: (place, level) for place, (thread, level) in enumerate(self._before, 1)}
        compared = self.city.is_comparable
        found = []
        for place, risk in enumerate(self.risks, 1):
            was = before.get(risk.thread, (None, None)) if compared else (None, None)
            found.append(Line(place, risk, *was, is_compared=compared))
        return found

    @cached_property
    def gone(self) -> Sequence[Risk]:
        """Among the first of the round before, and no longer in this one at all."""
        if self.city.before is None or self.city.cycle is None:
            return []
        first = [thread for thread, _level in self._before[:SHOWN]]
        still = set(self._risks(self.city.cycle).filter(thread__in=first).values_list("thread", flat=True))
        left = [thread for thread in first if thread not in still]
        rows = self._risks(self.city.before).filter(thread__in=left)
        return list(rows.select_related("rsa__board", "rsa__cycle")[:SHOWN])
