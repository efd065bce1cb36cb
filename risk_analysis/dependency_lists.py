"""What the city's graph tells beside the cascade, put into words and rows for a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.charts import Bars, NumberTable, Row

from .city_graph import Answer, Dependency, Graph, Node
from .concentration import Concentration, concentrations
from .contradictions import Standstill, answered, contradictions, gaps
from .reasons import in_hours, named, waiting
from .what_if import sign

DRAWN, SHOWN = 15, 200


@dataclass(frozen=True)
class Concentrations:
    """Where three organisations or more depend on the same."""

    graph: Graph

    @cached_property
    def all(self) -> list[Concentration]:
        return concentrations(self.graph)

    @property
    def conclusion(self) -> str:
        number, most = len(self.all), self.all[0]
        said = ngettext(
            "%(number)s provider carries three organisations or more. %(name)s carries %(most)s.",
            "%(number)s providers carry three organisations or more. %(name)s carries most: %(most)s.",
            number,
        )
        return said % {"number": number, "name": named(self.graph, most.provider), "most": len(most.boards)}

    @property
    def bars(self) -> Bars:
        return Bars(
            [
                Row(named(self.graph, each.provider), len(each.boards), _asked_about(each.provider))
                for each in self.all[:DRAWN]
            ]
        )

    @property
    def table(self) -> NumberTable:
        headings = [
            *(_("Provider"), _("Organisations"), _("Which"), _("Dependencies"), _("Without substitute")),
            _("First stops after"),
        ]
        return NumberTable(headings, [self._row(each) for each in self.all], is_words=True)

    def _row(self, found: Concentration) -> list[Any]:
        names = sorted(self.graph.nodes[board].name for board in found.boards)
        return [
            named(self.graph, found.provider),
            len(names),
            ", ".join(names),
            len(found.dependencies),
            found.without_substitute,
            _("All have a substitute") if found.shortest is None else in_hours(found.shortest),
        ]


def _asked_about(provider: Node) -> str:
    """What stops if it fails; a commitment is asked about as its organisation."""
    code = sign(provider.board or provider.key)
    return f"{reverse('city_dependencies')}?fran={code}#svar"


@dataclass(frozen=True)
class Told:
    headline: str
    steps: Sequence[str]


@dataclass(frozen=True)
class Contradictions:
    """What cannot hold, what two should talk about, and what the provider says it does not provide."""

    graph: Graph

    @cached_property
    def _all(self) -> list[Standstill]:
        return contradictions(self.graph)

    @cached_property
    def _gaps(self) -> list[Standstill]:
        return gaps(self.graph)

    @property
    def number(self) -> int:
        return len(self._all)

    @property
    def told(self) -> list[Told]:
        return [
            self._told(each, _("%(what)s: %(hours)s too long"), each.exceeds) for each in self._all[:SHOWN]
        ]

    @property
    def more(self) -> int:
        return max(0, len(self._all) - SHOWN)

    @property
    def gaps(self) -> list[Told]:
        says = _("%(what)s: stands still for %(hours)s")
        return [self._told(each, says, each.hours) for each in self._gaps[:SHOWN]]

    @property
    def more_gaps(self) -> int:
        return max(0, len(self._gaps) - SHOWN)

    def _told(self, standstill: Standstill, says: str, hours: int) -> Told:
        what = named(self.graph, standstill.node)
        return Told(says % {"what": what, "hours": in_hours(hours)}, waiting(self.graph, standstill))

    @property
    def rejected(self) -> list[str]:
        says = _("%(consumer)s depends on %(provider)s, which says that it is not so.")
        return [says % _both(self.graph, each) for each in answered(self.graph, Answer.REJECTED)]


@dataclass(frozen=True)
class Unanswered:
    """Who has not said whether others may depend on it."""

    graph: Graph

    @cached_property
    def _all(self) -> Sequence[Dependency]:
        return answered(self.graph, Answer.UNANSWERED)

    @property
    def number(self) -> int:
        return len(self._all)

    @property
    def by_provider(self) -> list[tuple[str, list[str]]]:
        """Those who owe most answers first, each with the commitments that depend on it."""
        found: dict[str, list[str]] = {}
        for dependency in self._all:
            both = _both(self.graph, dependency)
            found.setdefault(both["provider"], []).append(both["consumer"])
        return sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))


def _both(graph: Graph, dependency: Dependency) -> dict[str, str]:
    return {
        "consumer": named(graph, graph.nodes[dependency.consumer]),
        "provider": named(graph, graph.nodes[dependency.provider]),
    }
