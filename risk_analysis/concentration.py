"""Where many boards rest on the same: each has a plan of its own, and nobody sees that it is the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .city_graph import Dependency, Graph, Node, Substitute

MANY_BOARDS = 3


@dataclass(frozen=True)
class Concentration:
    provider: Node
    dependencies: Sequence[Dependency]
    boards: Sequence[str]

    @property
    def shortest(self) -> int | None:
        """Hours until the first of them stops; None if all of them hold."""
        return min((each.endures for each in self.dependencies if each.endures is not None), default=None)

    @property
    def without_substitute(self) -> int:
        return sum(each.substitute is Substitute.MISSING for each in self.dependencies)


def concentrations(graph: Graph, at_least: int = MANY_BOARDS) -> list[Concentration]:
    """Those that so many boards rest on, the most shared first; a board that rests on itself is not one of them."""
    found = []
    for key, dependencies in graph.resting_on.items():
        provider = graph.nodes[key]
        foreign = [
            each for each in dependencies if graph.board_of(each) not in (provider.key, provider.board)
        ]
        boards = sorted({graph.board_of(each) for each in foreign})
        if len(boards) >= at_least:
            found.append(Concentration(provider, foreign, boards))
    return sorted(found, key=lambda each: (-len(each.boards), each.provider.name, each.provider.key))
