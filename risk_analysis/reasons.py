"""Why something stops, in sentences: from what failed first to what is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cascade import Failure
from .city_graph import Graph, Kind, Node
from .contradictions import Standstill


@dataclass(frozen=True)
class Reason:
    at: int
    text: str


def reasons(graph: Graph, failure: Failure) -> list[Reason]:
    """A sentence for each step of the chain, with the hour at which it happens."""
    return [Reason(step.at, sentence(graph, step)) for step in failure.chain]


def sentence(graph: Graph, step: Failure) -> str:
    if step.because is None:
        return _start(graph, step.node)
    if step.by is None:
        return _between_a_board_and_its_own(graph, step)
    facts: dict[str, Any] = {
        "what": named(graph, step.node),
        "provider": named(graph, step.because.node),
        "hours": in_hours(step.by.tolerance),
        "more": in_hours(step.by.endurance or 0),
    }
    if step.by.endurance is not None:
        said = _("%(what)s goes on for %(hours)s without %(provider)s and %(more)s more with its plan.")
    elif step.by.tolerance:
        said = _("%(what)s goes on for %(hours)s without %(provider)s.")
    else:
        said = _("%(what)s cannot go on without %(provider)s.")
    stops = _("Then part of it stops.") if step.by.is_partial else _("Then it stops.")
    return f"{said % facts} {stops}"


def _start(graph: Graph, node: Node) -> str:
    says = {
        Kind.GOOD: _("%(what)s fails."),
        Kind.SUPPLIER: _("%(what)s no longer delivers."),
        Kind.BOARD: _("All of %(what)s stands still."),
        Kind.COMMITMENT: _("%(what)s stops."),
    }
    return says[node.kind] % {"what": named(graph, node)}


def _between_a_board_and_its_own(graph: Graph, step: Failure) -> str:
    if step.node.kind is Kind.COMMITMENT:
        return _("%(what)s stops with it.") % {"what": named(graph, step.node)}
    says = _(
        "Nobody has said on which part of %(board)s others depend. Its first critical commitment is taken."
    )
    return says % {"board": step.node.name}


def waiting(graph: Graph, standstill: Standstill) -> list[str]:
    """Why something stands still for longer than it may: the promise first, then each that waits for it."""
    promise, *steps = standstill.chain
    first = _("%(what)s is to be running again within %(hours)s.") % {
        "what": named(graph, promise.node),
        "hours": in_hours(promise.hours),
    }
    return [first, *(_waits(graph, step) for step in steps)]


def _waits(graph: Graph, step: Standstill) -> str:
    facts = {
        "what": named(graph, step.node),
        "endures": in_hours(step.by.endures or 0 if step.by else 0),
        "hours": in_hours(step.hours),
        "tolerated": in_hours(step.node.tolerable_outage or 0),
    }
    if step.exceeds:
        says = _(
            "%(what)s endures %(endures)s without it and then stands still for %(hours)s, but may do so for %(tolerated)s."
        )
    else:
        says = _("%(what)s endures %(endures)s without it and then stands still for %(hours)s.")
    return says % facts


def named(graph: Graph, node: Node) -> str:
    """A commitment together with the board whose it is."""
    if node.kind is not Kind.COMMITMENT or node.board not in graph.nodes:
        return node.name
    return _("%(commitment)s (%(board)s)") % {
        "commitment": node.name,
        "board": graph.nodes[node.board].name,
    }


def in_hours(number: int) -> str:
    return ngettext("%(number)s hour", "%(number)s hours", number) % {"number": number}
