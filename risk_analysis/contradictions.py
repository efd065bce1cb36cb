"""Where what two boards have written cannot both hold: one rests on the other for less time than it takes.

What is depended on promises to be running again within some hours: what it has answered, or the longest outage of
its commitment. What rests on it endures for some of those hours, stands still for the rest, and lets those who
rest on it wait in turn. A standstill that is longer than the commitment tolerates is a contradiction.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from .city_graph import Answer, Dependency, Graph, Node


@dataclass(frozen=True, slots=True)
class Standstill:
    """For how long something stands still: by its own promise, or because of what it rests on."""

    node: Node
    hours: int
    because: Standstill | None = field(default=None, compare=False, repr=False)
    by: Dependency | None = None

    @property
    def chain(self) -> list[Standstill]:
        """From the one that makes the promise to this."""
        found, step = [self], self
        while step.because:
            step = step.because
            found.append(step)
        return found[::-1]

    @property
    def is_direct(self) -> bool:
        """Seen by comparing two boards; otherwise only by following the chain."""
        return self.because is not None and self.because.because is None

    @property
    def exceeds(self) -> int:
        """Hours by which it is longer than tolerated; 0 when it is not, or when nobody has said."""
        tolerated = self.node.tolerable_outage
        return 0 if tolerated is None else max(0, self.hours - tolerated)


def contradictions(graph: Graph) -> list[Standstill]:
    """Each pair of neighbours that contradict each other and each chain that does; the longest excess first."""
    along_chains = [each for each in rolled_up(graph).values() if not each.is_direct]
    return _worst_first(each for each in [*between_neighbours(graph), *along_chains] if each.exceeds)


def gaps(graph: Graph) -> list[Standstill]:
    """Where somebody stands still while waiting, though no longer than is tolerated: worth a talk."""
    return _worst_first(each for each in between_neighbours(graph) if not each.exceeds)


def between_neighbours(graph: Graph) -> Iterator[Standstill]:
    """What each promise makes the one wait who rests on it."""
    for dependency in graph.dependencies:
        provider = graph.nodes[dependency.provider]
        promised = provider.tolerable_outage if dependency.promised is None else dependency.promised
        if dependency.counts and promised is not None:
            yield from _waiting(graph, dependency, Standstill(provider, promised))


def rolled_up(graph: Graph) -> dict[str, Standstill]:
    """The longest standstill of each that has to wait for others.

    Each step takes away the hours that a consumer endures, so the longest can be settled first and cycles end.
    """
    turn = count()
    queue = [(-each.hours, next(turn), each) for each in between_neighbours(graph)]
    heapq.heapify(queue)
    settled: dict[str, Standstill] = {}
    while queue:
        _hours, _turn, standstill = heapq.heappop(queue)
        if standstill.node.key in settled:
            continue
        settled[standstill.node.key] = standstill
        for dependency in graph.resting_on.get(standstill.node.key, ()):
            for following in _waiting(graph, dependency, standstill):
                if following.node.key not in settled:
                    heapq.heappush(queue, (-following.hours, next(turn), following))
    return settled


def _waiting(graph: Graph, dependency: Dependency, provider: Standstill) -> Iterator[Standstill]:
    if dependency.endures is not None and provider.hours > dependency.endures:
        hours = provider.hours - dependency.endures
        yield Standstill(graph.nodes[dependency.consumer], hours, provider, dependency)


def _worst_first(found: Iterator[Standstill]) -> list[Standstill]:
    return sorted(found, key=lambda each: (-each.exceeds, -each.hours, each.node.name, each.node.key))


def answered(graph: Graph, answer: Answer) -> Sequence[Dependency]:
    """For example those that nobody has answered, or those that the provider says it does not provide."""
    return [dependency for dependency in graph.dependencies if dependency.answer is answer]
