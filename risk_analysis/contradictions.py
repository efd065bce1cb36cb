"""Where what two boards have written cannot both hold: one rests on the other for less time than it takes.

A commitment promises to stand still no longer than its tolerable outage. What rests on it endures for some hours
without it and promises in turn. Followed along the chains, the promise that the city can keep is longer than the
one a board has made.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from .city_graph import Answer, Dependency, Graph, Node


@dataclass(frozen=True, slots=True)
class Recovery:
    """When a commitment can be running again, counted from when the last of what it rests on stopped."""

    node: Node
    hours: int
    # What holds it back, if not itself.
    rests_on: Recovery | None = field(default=None, compare=False, repr=False)
    by: Dependency | None = None

    @property
    def chain(self) -> list[Recovery]:
        """From the one that takes the longest to this."""
        found, step = [self], self
        while step.rests_on:
            step = step.rests_on
            found.append(step)
        return found[::-1]


@dataclass(frozen=True)
class Contradiction:
    """A commitment that will stand still for longer than it promises, because of what it rests on."""

    recovery: Recovery

    @property
    def node(self) -> Node:
        return self.recovery.node

    @property
    def promised(self) -> int:
        return self.node.tolerable_outage or 0

    @property
    def hours(self) -> int:
        return self.recovery.hours

    @property
    def exceeds(self) -> int:
        return self.hours - self.promised

    @property
    def is_direct(self) -> bool:
        """Seen by looking at the two boards alone; otherwise only along the chain."""
        return len(self.recovery.chain) == 2


@dataclass(frozen=True)
class Gap:
    """A commitment stops before what it rests on has to be running again, though no longer than it tolerates."""

    dependency: Dependency
    consumer: Node
    provider: Node
    hours: int


def contradictions(graph: Graph) -> list[Contradiction]:
    """The promises that cannot be kept, those that are missed by most first."""
    found = [
        Contradiction(recovery)
        for recovery in recoveries(graph).values()
        if recovery.node.tolerable_outage is not None and recovery.hours > recovery.node.tolerable_outage
    ]
    return sorted(found, key=lambda each: (-each.exceeds, each.node.name, each.node.key))


def recoveries(graph: Graph) -> dict[str, Recovery]:
    """The recovery of each commitment, rolled up along the chains.

    Each step takes away the hours that a consumer endures, so the longest can be settled first and cycles end.
    """
    turn = count()
    queue = [
        (-node.tolerable_outage, next(turn), Recovery(node, node.tolerable_outage))
        for node in graph.nodes.values()
        if node.tolerable_outage is not None
    ]
    heapq.heapify(queue)
    settled: dict[str, Recovery] = {}
    while queue:
        _hours, _turn, recovery = heapq.heappop(queue)
        if recovery.node.key in settled:
            continue
        settled[recovery.node.key] = recovery
        for dependency in graph.resting_on.get(recovery.node.key, ()):
            endures = dependency.endures
            if dependency.consumer not in settled and endures is not None and recovery.hours > endures:
                hours = recovery.hours - endures
                held_back = Recovery(graph.nodes[dependency.consumer], hours, recovery, dependency)
                heapq.heappush(queue, (-hours, next(turn), held_back))
    return settled


def gaps(graph: Graph) -> list[Gap]:
    """Where two neighbours should talk: the longest standstill first."""
    found = []
    for dependency in filter(lambda each: each.counts, graph.dependencies):
        consumer, provider = graph.nodes[dependency.consumer], graph.nodes[dependency.provider]
        hours = standstill(dependency, provider)
        if hours > 0 and (consumer.tolerable_outage is None or hours <= consumer.tolerable_outage):
            found.append(Gap(dependency, consumer, provider, hours))
    return sorted(found, key=lambda each: (-each.hours, each.consumer.name, each.dependency.key))


def standstill(dependency: Dependency, provider: Node) -> int:
    """Hours between that the consumer has to stop and that the provider has to be running again."""
    if provider.tolerable_outage is None or dependency.endures is None:
        return 0
    return max(0, provider.tolerable_outage - dependency.endures)


def answered(graph: Graph, answer: Answer) -> Sequence[Dependency]:
    """For example those that nobody has answered, or those that the provider says it does not provide."""
    return [dependency for dependency in graph.dependencies if dependency.answer is answer]
