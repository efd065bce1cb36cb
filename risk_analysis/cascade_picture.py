"""A cascade as a drawing: a line a thing, from the hour it stops; a drop from what it stopped for want of.

Across, the hours run in the bands of the cascade, each as wide as the others, so that the first four hours can be
told apart. Only the first that stop are drawn. What is left out is said in words, and the table has all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from .cascade import BANDS, Cascade, Failure
from .city_graph import Graph
from .reasons import named

MOST_DRAWN = 20
ROW, HEAD, UNDER_LABEL = 44, 28, 26
LONGEST_LABEL = 40


@dataclass(frozen=True)
class Line:
    """From the hour it stops to the end of the picture, under its name."""

    failure: Failure
    label: str
    name: str
    top: int
    # Where the drop onto it begins; None for a start.
    drop: int | None
    x: str

    @property
    def base(self) -> int:
        return self.top + 16

    @property
    def y(self) -> int:
        return self.top + UNDER_LABEL


@dataclass(frozen=True)
class Tick:
    x: str
    hour: int
    anchor: str


@dataclass(frozen=True)
class Picture:
    lines: Sequence[Line]
    ticks: Sequence[Tick]
    left_out: int

    @property
    def height(self) -> int:
        return HEAD + ROW * len(self.lines)


def draw(graph: Graph, cascade: Cascade, most: int = MOST_DRAWN) -> Picture:
    chosen = _chosen(cascade, most)
    top = dict(zip(map(id, chosen), count(HEAD, ROW), strict=False))
    edges = [0, *(edge for edge in BANDS if edge < cascade.within), cascade.within]
    lines = [_line(graph, failure, top, edges) for failure in chosen]
    drawn = sum(failure.node in {one.node for one in chosen} for failure in cascade.commitments)
    return Picture(lines, _ticks(edges), len(cascade.commitments) - drawn)


def _chosen(cascade: Cascade, most: int) -> list[Failure]:
    """The first that stop with all that leads to them, each under what it stopped for want of."""
    kept: dict[int, Failure] = {id(start): start for start in cascade.starts}
    for failure in cascade.commitments[: most * 10]:
        chain = {id(step): step for step in failure.chain}
        if len(kept | chain) <= most + len(cascade.starts):
            kept |= chain
    following: dict[int, list[Failure]] = {}
    for failure in sorted(kept.values(), key=lambda each: (each.at, each.node.name)):
        if failure.because:
            following.setdefault(id(failure.because), []).append(failure)
    return list(_as_tree(cascade.starts, following))


def _as_tree(starts: Sequence[Failure], following: dict[int, list[Failure]]) -> Iterator[Failure]:
    waiting = list(reversed(starts))
    while waiting:
        failure = waiting.pop()
        yield failure
        waiting += reversed(following.get(id(failure), []))


def _line(graph: Graph, failure: Failure, top: dict[int, int], edges: list[int]) -> Line:
    name = named(graph, failure.node)
    cause = failure.because
    return Line(
        failure,
        name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1].rstrip()}…",
        name,
        top[id(failure)],
        top[id(cause)] + UNDER_LABEL if cause else None,
        _across(failure.at, edges),
    )


def _ticks(edges: list[int]) -> list[Tick]:
    anchors = ["start", *["middle"] * (len(edges) - 2), "end"]
    return [Tick(_across(hour, edges), hour, anchor) for hour, anchor in zip(edges, anchors, strict=True)]


def _across(hour: int, edges: list[int]) -> str:
    """Each band takes as much room as the others."""
    width = 100 / (len(edges) - 1)
    for number, (first, last) in enumerate(pairwise(edges)):
        if hour <= last:
            return f"{width * (number + (hour - first) / (last - first)):.2f}%"
    return "100%"
