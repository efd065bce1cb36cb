"""What stops when something fails: hour by hour, and for want of what.

A commitment stops at the earliest hour that any of its dependencies gives. Two things are carried along the way:
that only part of it stops (a partial substitute), and that it is not certain (somebody rests on a board and
nobody has said on which of its commitments; then the first of its critical ones is taken). Where the earliest
failure is one of those, the earliest that is whole and certain is kept beside it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from .city_graph import CRITICAL, Dependency, Graph, Kind, Node

# The ends of the bands, in hours: what stops after exactly four hours belongs to the first four.
BANDS = (4, 24, 72, 168)
WHOLE_AND_CERTAIN, PARTIAL, UNCERTAIN = 0, 1, 2
# By marks, as one bit for each: those that say at least as much, since they are as whole and as certain.
COVERED_BY = [sum(1 << other for other in range(4) if other & ~marks == 0) for marks in range(4)]


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that stops, after how many hours, and what it stopped for want of."""

    node: Node
    at: int
    marks: int = WHOLE_AND_CERTAIN
    # Not compared or shown: a chain may be thousands of failures long.
    because: Failure | None = field(default=None, compare=False, repr=False)
    # None between a board and its own commitments.
    by: Dependency | None = None

    @property
    def is_partial(self) -> bool:
        return bool(self.marks & PARTIAL)

    @property
    def is_certain(self) -> bool:
        return not self.marks & UNCERTAIN

    @property
    def is_start(self) -> bool:
        return self.because is None

    @property
    def waited(self) -> int:
        """Hours that it went on after what it rests on had stopped."""
        return self.at - (self.because.at if self.because else 0)

    @property
    def intolerable_at(self) -> int | None:
        """The hour from which it has stood still for longer than its board says may happen."""
        outage = self.node.tolerable_outage
        return None if outage is None else self.at + outage

    @property
    def chain(self) -> list[Failure]:
        """From the start to this, each the reason for the next."""
        found, step = [self], self
        while step.because:
            step = step.because
            found.append(step)
        return found[::-1]


@dataclass(frozen=True)
class Band:
    after: int
    until: int
    failures: list[Failure]


@dataclass(frozen=True)
class Cascade:
    starts: list[Failure]
    within: int
    # By node: the earliest failure, and the earliest that is whole and certain where there is one.
    first: dict[str, Failure]
    sure: dict[str, Failure]

    @cached_property
    def commitments(self) -> list[Failure]:
        """What stops, in the order it does, the most critical first of those that stop together."""
        stopped = (failure for failure in self.first.values() if failure.node.kind is Kind.COMMITMENT)
        return sorted(
            stopped, key=lambda each: (each.at, -each.node.criticality, each.node.name, each.node.key)
        )

    @property
    def boards(self) -> dict[str, list[Failure]]:
        """The same by board, those that are hit first at the top."""
        found: dict[str, list[Failure]] = {}
        for failure in self.commitments:
            found.setdefault(failure.node.board, []).append(failure)
        return found

    @property
    def bands(self) -> list[Band]:
        return [
            Band(after, until, [each for each in self.commitments if _is_between(each.at, after, until)])
            for after, until in zip((0, *BANDS), BANDS, strict=False)
            if after < self.within
        ]


def _is_between(at: int, after: int, until: int) -> bool:
    return after < at <= until or at == after == 0


def cascade(graph: Graph, starts: Iterable[str], within: int = BANDS[-1]) -> Cascade:
    """Every failure that follows within so many hours, in the order of time; cycles end by themselves."""
    begun = [Failure(graph.nodes[key], 0) for key in starts]
    turn = count()
    queue = [(start.at, start.marks, next(turn), start) for start in begun]
    heapq.heapify(queue)
    first: dict[str, Failure] = {}
    sure: dict[str, Failure] = {}
    # By node, as one bit for each: the marks it has already stopped with, no later.
    known: dict[str, int] = {}
    while queue:
        _at, marks, _turn, failure = heapq.heappop(queue)
        key = failure.node.key
        before = known.get(key, 0)
        if before & COVERED_BY[marks]:
            continue
        known[key] = before | 1 << marks
        first.setdefault(key, failure)
        if marks == WHOLE_AND_CERTAIN:
            sure[key] = failure
        for following in _following(graph, failure):
            if following.at <= within and not known.get(following.node.key, 0) & COVERED_BY[following.marks]:
                heapq.heappush(queue, (following.at, following.marks, next(turn), following))
    return Cascade(begun, within, first, sure)


def _following(graph: Graph, failure: Failure) -> Iterator[Failure]:
    node, at, marks = failure.node, failure.at, failure.marks
    for dependency in graph.resting_on.get(node.key, ()):
        if (endures := dependency.endures) is not None:
            partly = PARTIAL if dependency.is_partial else WHOLE_AND_CERTAIN
            yield Failure(graph.nodes[dependency.consumer], at + endures, marks | partly, failure, dependency)
    if node.kind is Kind.BOARD and failure.is_start:
        for own in graph.commitments_of.get(node.key, ()):
            yield Failure(own, at, marks, failure)
    elif node.criticality == CRITICAL and node.board in graph.resting_on:
        yield Failure(graph.nodes[node.board], at, marks | UNCERTAIN, failure)
