"""What analyses say of who rests on whom, gathered into one graph in two questions whatever their number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from .city_graph import Answer, Dependency, Graph, Kind, Node, Substitute
from .models import Commitment, ContinuityPlan, DependencyAnswer
from .models import Dependency as Row

# What nobody delivers alone: when it fails it fails for all who rest on it, whoever delivers it to them.
COMMON = {
    Row.Kind.STAFF,
    Row.Kind.POWER,
    Row.Kind.TELECOM,
    Row.Kind.WATER,
    Row.Kind.HEAT,
    Row.Kind.TRANSPORT,
    Row.Kind.PAYMENT,
    Row.Kind.FUEL,
    Row.Kind.FOOD,
}
ANSWERS: dict[str | None, Answer] = {
    None: Answer.NOT_ASKED,
    DependencyAnswer.State.UNANSWERED: Answer.UNANSWERED,
    DependencyAnswer.State.CONFIRMED: Answer.CONFIRMED,
    DependencyAnswer.State.REJECTED: Answer.REJECTED,
}
ASKED = (
    *("pk", "commitment_id", "rsa__board_id", "kind", "name", "provider_id", "provider__name"),
    *("supplier__key", "supplier__name", "tolerance_hours", "substitute"),
    *("answer__state", "answer__commitment__thread", "answer__promised_hours", "endurance"),
)


def board_key(board: Any) -> str:
    return f"board:{board}"


def commitment_key(commitment: Any) -> str:
    return f"commitment:{commitment}"


def gather(analyses: Any) -> Graph:
    """All that these analyses say, a question or a list; they are to be one for each organisation (`current`)."""
    commitments = list(Commitment.objects.standing().filter(rsa__in=analyses).select_related("rsa__board"))
    chosen = {row.rsa_id for row in commitments}
    known = {row.pk for row in commitments}
    by_thread = {row.thread: row.pk for row in commitments}
    asked = Row.objects.standing().filter(rsa__in=chosen).annotate(endurance=_endurance()).order_by("pk")
    rows = [row for values in asked.values_list(*ASKED) if (row := _Asked(*values)).commitment in known]
    boards = {row.rsa.board_id: row.rsa.board.name for row in commitments}
    nodes = {node.key: node for node in map(_commitment, commitments)}
    nodes |= {board_key(pk): Node(board_key(pk), Kind.BOARD, name) for pk, name in boards.items()}
    dependencies = []
    for row in rows:
        for provider, answer in _providers(row, by_thread):
            nodes.setdefault(provider.key, provider)
            dependencies.append(row.on(provider, answer))
    return Graph(nodes, dependencies)


def _endurance() -> Subquery:
    """The hours of a dependency's decided plan, the longest if there are several."""
    decided = ContinuityPlan.objects.standing().decided().filter(dependency=OuterRef("pk"))
    said = decided.filter(endurance_hours__isnull=False).order_by("-endurance_hours")
    return Subquery(said.values("endurance_hours")[:1])


@dataclass(frozen=True, slots=True)
class _Asked:
    """A row as the database gives it."""

    pk: int
    commitment: int
    board: int
    kind: str
    name: str
    provider: int | None
    provider_name: str | None
    supplier: str | None
    supplier_name: str | None
    tolerance: int | None
    substitute: str
    answer: str | None
    answered_thread: Any
    promised: int | None
    endurance: int | None

    def on(self, provider: Node, answer: Answer) -> Dependency:
        return Dependency(
            key=f"{self.pk}:{provider.key}",
            consumer=commitment_key(self.commitment),
            provider=provider.key,
            # Whoever has not said for how long may not be counted on to manage at all.
            tolerance=self.tolerance or 0,
            substitute=Substitute(self.substitute or Row.Substitute.NO),
            endurance=self.endurance,
            answer=answer,
            promised=None if answer is Answer.NOT_ASKED else self.promised,
        )


def _commitment(row: Commitment) -> Node:
    return Node(
        commitment_key(row.pk),
        Kind.COMMITMENT,
        row.title,
        board_key(row.rsa.board_id),
        row.criticality,
        row.tolerable_outage,
    )


def _providers(row: _Asked, by_thread: dict[Any, int]) -> Iterator[tuple[Node, Answer]]:
    """Who delivers it, and the common good that it is a part of."""
    if row.provider:
        named = by_thread.get(row.answered_thread)
        key = commitment_key(named) if named else board_key(row.provider)
        # A commitment stands among the nodes already; a board may have handed in nothing.
        yield Node(key, Kind.BOARD, row.provider_name or ""), ANSWERS[row.answer]
    elif row.supplier:
        yield Node(f"supplier:{row.supplier}", Kind.SUPPLIER, row.supplier_name or ""), Answer.NOT_ASKED
    if row.kind in COMMON:
        yield Node(f"good:{row.kind}", Kind.GOOD, str(Row.Kind(row.kind).label)), Answer.NOT_ASKED
    elif row.kind == Row.Kind.SYSTEM or not (row.provider or row.supplier):
        yield _by_name(row), Answer.NOT_ASKED


def _by_name(row: _Asked) -> Node:
    """A system of the same name is the same one in the whole city; anything else is the board's own."""
    same = " ".join(row.name.casefold().split())
    where = "" if row.kind == Row.Kind.SYSTEM else f"{row.board}:"
    return Node(f"{row.kind}:{where}{same}", Kind.GOOD, row.name)
