"""What the city rests on, as one graph: commitments, and the goods, suppliers and boards they cannot do without.

It holds no rows of the database. Hours are whole, as people state them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

# A commitment of this criticality is what others mean when they say that they rest on the board as such.
CRITICAL = 4


class Kind(Enum):
    COMMITMENT = "commitment"
    # Electricity, telephony, water, an IT system by its name: shared by all, nobody's commitment.
    GOOD = "good"
    SUPPLIER = "supplier"
    BOARD = "board"


class Substitute(Enum):
    AVAILABLE = "finns"
    PARTLY = "delvis"
    MISSING = "saknas"


class Answer(Enum):
    """What the board that is depended on has said of it; goods and suppliers are not asked."""

    NOT_ASKED = "not_asked"
    UNANSWERED = "unanswered"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Node:
    key: str
    kind: Kind
    name: str
    # Of a commitment: the key of the board whose it is, and what that board's analysis says of it.
    board: str = ""
    criticality: int = 0
    # How long it may stand still at most, which is also the promise that it is running again by then.
    tolerable_outage: int | None = None


@dataclass(frozen=True, slots=True)
class Dependency:
    """A commitment goes on without its provider for as long as it tolerates, and then as long as its plan endures."""

    key: str
    consumer: str
    provider: str
    tolerance: int
    substitute: Substitute = Substitute.MISSING
    # Hours of a decided continuity plan; None without a plan, or with one that does not say for how long.
    endurance: int | None = None
    answer: Answer = Answer.NOT_ASKED
    # What the provider has promised this consumer, in hours; goes before what it says of its commitment.
    promised: int | None = None

    @property
    def endures(self) -> int | None:
        """Hours until the commitment stops for want of this; None if it never does."""
        if self.endurance is None:
            return None if self.substitute is Substitute.AVAILABLE else self.tolerance
        return self.tolerance + self.endurance

    @property
    def is_partial(self) -> bool:
        """With part of a substitute it does not stop altogether: it goes on at less than it promised."""
        return self.substitute is Substitute.PARTLY

    @property
    def counts(self) -> bool:
        """A board that says it provides no such thing has taken it out of the city's graph."""
        return self.answer is not Answer.REJECTED


@dataclass(frozen=True)
class Graph:
    nodes: Mapping[str, Node]
    dependencies: Sequence[Dependency]

    @cached_property
    def resting_on(self) -> dict[str, list[Dependency]]:
        """By provider: those that count and that its failure would reach."""
        found: dict[str, list[Dependency]] = {}
        for dependency in self.dependencies:
            if dependency.counts:
                found.setdefault(dependency.provider, []).append(dependency)
        return found

    @cached_property
    def commitments_of(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            if node.kind is Kind.COMMITMENT:
                found.setdefault(node.board, []).append(node)
        return found

    def board_of(self, dependency: Dependency) -> str:
        return self.nodes[dependency.consumer].board
