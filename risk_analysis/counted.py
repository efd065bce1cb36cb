"""What one person may count of a round and of the one before it: read once, so that all the numbers agree.

Counts and levels only, never a word of what is written. Filters stand in the address; one that is not known is left
out with a note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.access import may
from boards.columns import Choice
from boards.models import Board

from .models import Risk, RiskTheme, Rsa, RsaCycle, ThemedRisk
from .models.purposes import scopes
from .scales import are_alike

ROUND = "omgang"
ORGANISATIONS = "slag"


class Counted(NamedTuple):
    """One risk as it is counted."""

    rsa: int
    kind: str
    likelihood: int | None
    consequence: int | None
    level: int


def themes() -> list[tuple[str, Any]]:
    return list(RiskTheme.objects.by_name().values_list("slug", "name"))


def of_theme(slug: str) -> Q:
    return Q(thread__in=ThemedRisk.objects.filter(theme__slug=slug).values("thread"))


OF_ORGANISATIONS = Choice(
    ORGANISATIONS, gettext_lazy("Organisations"), scopes, lambda value: Q(board__kind=value)
)
OF_RISKS = (
    Choice("risk", gettext_lazy("Kind of risk"), lambda: Risk.Kind.choices, lambda value: Q(kind=value)),
    Choice(
        "varde",
        gettext_lazy("Hits hardest"),
        lambda: [(str(value), label) for value, label in Risk.Value.choices],
        lambda value: Q(worst_value=int(value)),
    ),
    Choice("trend", gettext_lazy("Trend"), lambda: Risk.Trend.choices, lambda value: Q(trend=value)),
)


class City:
    """The round that the address asks for, the one before it, and what is counted of both."""

    def __init__(self, user: Any, asked: Mapping[str, str], path: str = "") -> None:
        self.user, self.asked, self.path = user, asked, path
        self.notes: list[str] = []

    # Which round, and which came before it

    @cached_property
    def cycles(self) -> list[RsaCycle]:
        rows = RsaCycle.objects.visible_to(self.user).opened().order_by("-opens_on", "pk")
        return list(rows.select_related("method")[:60])

    @cached_property
    def cycle(self) -> RsaCycle | None:
        asked = self.asked.get(ROUND, "")
        found = next((cycle for cycle in self.cycles if cycle.slug == asked), None)
        if asked and found is None:
            self.notes.append(_("There is no such round. You see the latest."))
        yearly = (cycle for cycle in self.cycles if cycle.kind == RsaCycle.Kind.YEARLY)
        return found or next(yearly, None) or next(iter(self.cycles), None)

    @cached_property
    def before(self) -> RsaCycle | None:
        """The round of the same kind that came before."""
        now = self.cycle
        if now is None:
            return None
        earlier = (row for row in self.cycles if row.kind == now.kind and row.opens_on < now.opens_on)
        return next(earlier, None)

    @property
    def is_comparable(self) -> bool:
        """Two rounds with different scales are never compared without a word."""
        return bool(self.cycle and self.before and are_alike(self.cycle.method, self.before.method))

    # Filters

    @cached_property
    def choices(self) -> list[Choice]:
        known = [OF_ORGANISATIONS, *OF_RISKS]
        if not may(self.user, "view_submitted"):
            return known
        there = themes()
        return [*known, Choice("tema", gettext_lazy("Theme"), lambda: there, of_theme)]

    @cached_property
    def chosen(self) -> dict[str, str]:
        return {each.key: self._chosen(each) for each in self.choices}

    def _chosen(self, each: Choice) -> str:
        value = self.asked.get(each.key, "")
        if not value or each.knows(value):
            return value
        self.notes.append(
            _("The filter “%(filter)s” has no such choice. You see all.") % {"filter": each.label}
        )
        return ""

    @property
    def fields(self) -> list[dict[str, Any]]:
        return [{"filter": each, "value": self.chosen[each.key]} for each in self.choices]

    @property
    def chips(self) -> list[dict[str, str]]:
        return [
            {"text": each.chip(self.chosen[each.key]), "url": self.url(**{each.key: ""})}
            for each in self.choices
            if self.chosen[each.key]
        ]

    def url(self, **changes: str) -> str:
        """The address of this view with something changed."""
        wanted = {ROUND: self.asked.get(ROUND, ""), **self.chosen, **changes}
        query = urlencode({key: value for key, value in wanted.items() if value})
        return f"{self.path}?{query}" if query else self.path

    # What is counted

    @cached_property
    def analyses(self) -> dict[int, Any]:
        """Those of both rounds that the person may count."""
        rounds = [cycle.pk for cycle in (self.cycle, self.before) if cycle]
        rows = Rsa.objects.counted_by(self.user).filter(cycle__in=rounds)
        rows = rows.filter(OF_ORGANISATIONS.narrow(self.chosen[ORGANISATIONS])).select_related("board")
        read = Rsa.objects.visible_to(self.user).filter(pk=OuterRef("pk"))
        rows = rows.annotate(is_readable=Exists(read))
        return {rsa.pk: rsa for rsa in rows.order_by("board__name", "pk")}

    @property
    def readable(self) -> set[int]:
        """The boards whose analysis of the round the person may read, and not only count."""
        now = self.cycle.pk if self.cycle else None
        mine = (rsa for rsa in self.analyses.values() if rsa.cycle_id == now)
        return {rsa.board_id for rsa in mine if rsa.is_readable}

    @cached_property
    def _counted(self) -> list[Counted]:
        rows = Risk.objects.standing().filter(rsa__in=list(self.analyses))
        for each in self.choices:
            if each.key != ORGANISATIONS:
                rows = rows.filter(each.narrow(self.chosen[each.key]))
        return [Counted(*row) for row in rows.order_by().values_list(*Counted._fields)]

    def _in(self, cycle: RsaCycle | None) -> list[Counted]:
        if cycle is None:
            return []
        return [row for row in self._counted if self.analyses[row.rsa].cycle_id == cycle.pk]

    @cached_property
    def risks(self) -> list[Counted]:
        return self._in(self.cycle)

    @cached_property
    def earlier(self) -> list[Counted]:
        return self._in(self.before)

    def board_of(self, row: Counted) -> Board:
        return self.analyses[row.rsa].board

    def boards_of(self, rows: Sequence[Counted]) -> list[Board]:
        """Each organisation once, in the order of their names."""
        found = {self.analyses[row.rsa].board_id: self.board_of(row) for row in rows}
        return sorted(found.values(), key=lambda board: (board.name, board.pk))

    @cached_property
    def asked_boards(self) -> list[Board]:
        """Those that take part in the round."""
        if self.cycle is None:
            return []
        rows = self.cycle.asked().in_city_order()
        if not may(self.user, "view_submitted"):
            rows = rows.where(self.user, "view_protected")
        kind = self.chosen[ORGANISATIONS]
        return list((rows.filter(kind=kind) if kind else rows).order_by("kind_order", "name"))

    @cached_property
    def handed_in(self) -> set[int]:
        """The boards whose own analysis of this round is counted."""
        return self._handed_in(self.cycle)

    @property
    def handed_in_before(self) -> set[int]:
        return self._handed_in(self.before)

    def _handed_in(self, cycle: RsaCycle | None) -> set[int]:
        if cycle is None:
            return set()
        rows = (rsa for rsa in self.analyses.values() if rsa.cycle_id == cycle.pk)
        return {rsa.board_id for rsa in rows if rsa.unit_id is None}

    @property
    def missing(self) -> list[Board]:
        return [board for board in self.asked_boards if board.pk not in self.handed_in]
