"""The question “what stops if this fails?”, asked in an address that says nothing, and answered for a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from boards.charts import NumberTable
from boards.forms import Form

from .cascade import BANDS, Band, Cascade, Failure, cascade
from .cascade_picture import Picture, draw
from .city_graph import Graph, Kind, Node
from .reasons import Reason, in_hours, reasons

# What is told with its reasons in each band; the table has all of it.
TOLD = 10
GROUPS = [
    (Kind.GOOD, gettext_lazy("Common goods and systems")),
    (Kind.BOARD, gettext_lazy("Organisations")),
    (Kind.SUPPLIER, gettext_lazy("Suppliers")),
]


def sign(key: str) -> str:
    """Stands for a provider in an address: what the city depends on may not be read there."""
    return salted_hmac("risk_analysis.what_if", key).hexdigest()[:16]


class WhatIfForm(Form):
    asks_only = True
    stops_markings = False
    optional_goes_without_saying = True

    fran = forms.ChoiceField(
        label=gettext_lazy("What fails?"),
        error_messages={"invalid_choice": gettext_lazy("Nothing depends on that any more. Choose again.")},
    )
    timmar = forms.TypedChoiceField(
        label=gettext_lazy("How far ahead?"),
        coerce=int,
        required=False,
        empty_value=BANDS[-1],  # type: ignore[arg-type]
    )

    def __init__(self, *args: Any, graph: Graph, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts = {sign(node.key): node for node in starts(graph)}
        self.fields["fran"].choices = [("", _("Choose")), *self._groups()]  # type: ignore[attr-defined]
        self.fields["timmar"].choices = [(hours, in_hours(hours)) for hours in reversed(BANDS)]  # type: ignore[attr-defined]

    def _groups(self) -> Iterator[tuple[Any, list[tuple[str, str]]]]:
        for kind, label in GROUPS:
            of_kind = [(code, node.name) for code, node in self.starts.items() if node.kind is kind]
            if of_kind:
                yield label, sorted(of_kind, key=lambda choice: choice[1].casefold())

    def clean_fran(self) -> Node:
        return self.starts[self.cleaned_data["fran"]]


def starts(graph: Graph) -> Iterator[Node]:
    """What somebody depends on, and the organisations that have commitments of their own."""
    for node in graph.nodes.values():
        depended_on = node.key in graph.resting_on or node.key in graph.commitments_of
        if depended_on and node.kind is not Kind.COMMITMENT:
            yield node


@dataclass(frozen=True)
class Told:
    failure: Failure
    board: str
    reasons: Sequence[Reason]
    # When all of it has stopped for certain, if that is later.
    surely_at: int | None


@dataclass(frozen=True)
class Hit:
    """What happens to one organisation."""

    name: str
    first: int
    number: int


@dataclass(frozen=True)
class WhatIf:
    graph: Graph
    cascade: Cascade

    @property
    def start(self) -> Node:
        return self.cascade.starts[0].node

    @cached_property
    def stopped(self) -> list[Failure]:
        return self.cascade.commitments

    @property
    def conclusion(self) -> str:
        if not self.stopped:
            return _("Nothing stops within %(hours)s.") % {"hours": in_hours(self.cascade.within)}
        said = ngettext(
            "Within %(hours)s %(number)s commitment stops, in %(boards)s. The first after %(first)s.",
            "Within %(hours)s %(number)s commitments stop, in %(boards)s. The first after %(first)s.",
            len(self.stopped),
        )
        boards = len(self.cascade.boards)
        return said % {
            "hours": in_hours(self.cascade.within),
            "number": len(self.stopped),
            "boards": ngettext("%(number)s organisation", "%(number)s organisations", boards)
            % {"number": boards},
            "first": in_hours(self.stopped[0].at),
        }

    @property
    def picture(self) -> Picture:
        return draw(self.graph, self.cascade)

    @property
    def table(self) -> NumberTable:
        headings = [_("Commitment"), _("Organisation"), _("Stops after"), _("How"), _("Too long from")]
        return NumberTable(headings, [self._row(failure) for failure in self.stopped], is_words=True)

    def _row(self, failure: Failure) -> list[Any]:
        late = failure.intolerable_at
        return [
            failure.node.name,
            self._board(failure.node),
            in_hours(failure.at),
            ", ".join(map(str, how(failure))),
            _("Not said") if late is None else in_hours(late),
        ]

    def _board(self, node: Node) -> str:
        return self.graph.nodes[node.board].name

    @property
    def bands(self) -> list[tuple[Band, list[Told], int]]:
        """With what is told in words and how many more there are."""
        return [
            (band, [self._told(each) for each in band.failures[:TOLD]], max(0, len(band.failures) - TOLD))
            for band in self.cascade.bands
        ]

    def _told(self, failure: Failure) -> Told:
        sure = self.cascade.sure.get(failure.node.key)
        later = sure.at if sure and sure.at > failure.at else None
        return Told(failure, self._board(failure.node), reasons(self.graph, failure), later)

    @property
    def hits(self) -> list[Hit]:
        return [
            Hit(self.graph.nodes[board].name, failures[0].at, len(failures))
            for board, failures in self.cascade.boards.items()
        ]


def how(failure: Failure) -> list[str]:
    return [
        _("part of it") if failure.is_partial else _("all of it"),
        *([] if failure.is_certain else [_("not certain")]),
    ]


def ask(graph: Graph, start: Node, within: int) -> WhatIf:
    return WhatIf(graph, cascade(graph, [start.key], within))
