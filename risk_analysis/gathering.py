"""What analyses say of who rests on whom, gathered into one graph in as many questions whatever their number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from boards.models import Board

from .city_graph import Answer, Dependency, Graph, Kind, Node, Substitute
from .models import Commitment, ContinuityPlan, DependencyAnswer, Rsa
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
    *(
        "pk",
        "commitment_id",
        "rsa__board_id",
        "kind",
        "name",
        "provider_id",
        "supplier__key",
        "supplier__name",
    ),
    *(
        "tolerance_hours",
        "substitute",
        "answer__state",
        "answer__commitment__thread",
        "answer__promised_hours",
    ),
)


def board_key(board: Any) -> str:
    return f"board:{board}"


def commitment_key(commitment: Any) -> str:
    return f"commitment:{commitment}"


def gather(analyses: Any) -> Graph:
    """All that these analyses say; they are to be one for each organisation (`current`)."""
    chosen = [rsa.pk for rsa in analyses.only("pk")]
    commitments = list(Commitment.objects.standing().filter(rsa__in=chosen).select_related("rsa"))
    known = {row.pk for row in commitments}
    by_thread = {row.thread: row.pk for row in commitments}
    endurance = _endurance(chosen)
    asked = Row.objects.standing().filter(rsa__in=chosen).order_by("pk").values_list(*ASKED)
    rows = [row for values in asked if (row := _Asked(*values)).commitment in known]
    nodes = {node.key: node for node in [*map(_commitment, commitments), *_boards(commitments, rows)]}
    dependencies = []
    for row in rows:
        for provider, answer in _providers(row, by_thread):
            nodes.setdefault(provider.key, provider)
            dependencies.append(row.on(provider, answer, endurance.get(row.pk)))
    return Graph(nodes, dependencies)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A row as the database gives it."""

    pk: int
    commitment: int
    board: int
    kind: str
    name: str
    provider: int | None
    supplier: str | None
    supplier_name: str | None
    tolerance: int | None
    substitute: str
    answer: str | None
    answered_thread: Any
    promised: int | None

    def on(self, provider: Node, answer: Answer, endurance: int | None) -> Dependency:
        return Dependency(
            key=f"{self.pk}:{provider.key}",
            consumer=commitment_key(self.commitment),
            provider=provider.key,
            # Whoever has not said for how long may not be counted on to manage at all.
            tolerance=self.tolerance or 0,
            substitute=Substitute(self.substitute or Row.Substitute.NO),
            endurance=endurance,
            answer=answer,
            promised=None if answer is Answer.NOT_ASKED else self.promised,
        )


def _endurance(analyses: list[int]) -> dict[int, int]:
    """By dependency: the hours of its decided plan, the longest if there are several."""
    decided = ContinuityPlan.objects.standing().decided().filter(rsa__in=analyses)
    said = decided.filter(endurance_hours__isnull=False).order_by()
    return dict(said.values_list("dependency").annotate(hours=Max("endurance_hours")))


def _commitment(row: Commitment) -> Node:
    return Node(
        commitment_key(row.pk),
        Kind.COMMITMENT,
        row.title,
        board_key(row.rsa.board_id),
        row.criticality,
        row.tolerable_outage,
    )


def _boards(commitments: list[Commitment], rows: list[_Asked]) -> Iterator[Node]:
    named = {row.rsa.board_id for row in commitments} | {row.provider for row in rows}
    for pk, name in Board.objects.filter(pk__in=named - {None}).order_by().values_list("pk", "name"):
        yield Node(board_key(pk), Kind.BOARD, name)


def _providers(row: _Asked, by_thread: dict[Any, int]) -> Iterator[tuple[Node, Answer]]:
    """Who delivers it, and the common good that it is a part of."""
    if row.provider:
        named = by_thread.get(row.answered_thread)
        key = commitment_key(named) if named else board_key(row.provider)
        # Both stand among the nodes already, so no name is needed.
        yield Node(key, Kind.COMMITMENT if named else Kind.BOARD, ""), ANSWERS[row.answer]
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


def current_graph(user: Any) -> Graph:
    """The city as the person may know it: what is handed in and counts."""
    return gather(Rsa.objects.visible_to(user).current())
