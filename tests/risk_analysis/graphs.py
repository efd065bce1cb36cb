"""Small cities as graphs, written by hand or drawn by Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

from risk_analysis.city_graph import Answer, Dependency, Graph, Kind, Node, Substitute

GOODS, BOARDS, COMMITMENTS = ("el", "tele"), ("b1", "b2", "b3"), tuple(f"c{n}" for n in range(8))
PROVIDERS = GOODS + BOARDS + COMMITMENTS


def node(key: str, board: str = "", criticality: int = 3, outage: int | None = None) -> Node:
    kinds = {"c": Kind.COMMITMENT, "b": Kind.BOARD, "s": Kind.SUPPLIER}
    kind = kinds.get(key[0], Kind.GOOD)
    return Node(key, kind, key, board, criticality if kind is Kind.COMMITMENT else 0, outage)


def rests(consumer: str, provider: str, tolerance: int = 4, **facts: object) -> Dependency:
    return Dependency(f"{consumer} on {provider}", consumer, provider, tolerance, **facts)  # type: ignore[arg-type]


def graph(nodes: list[Node], *dependencies: Dependency) -> Graph:
    return Graph({each.key: each for each in nodes}, dependencies)


hours = st.integers(0, 100)


def _taken_from(number: int, *sizes: int) -> list[int]:
    """Several small numbers out of one large: drawing one is much cheaper than drawing seven."""
    found = []
    for size in sizes:
        number, rest = divmod(number, size)
        found.append(rest)
    return found


def _dependency(number: int) -> Dependency:
    consumer, provider, substitute, answer, tolerance, plan = _taken_from(number, 8, 13, 3, 4, 101, 151)
    return Dependency(
        str(number),
        COMMITMENTS[consumer],
        PROVIDERS[provider],
        tolerance,
        list(Substitute)[substitute],
        plan if plan <= 100 else None,
        list(Answer)[answer],
    )


def _commitment(key: str, number: int) -> Node:
    board, criticality, outage = _taken_from(number, 3, 4, 151)
    return node(key, BOARDS[board], criticality + 1, outage if outage <= 100 else None)


dependencies = st.integers(0, 8 * 13 * 3 * 4 * 101 * 151 - 1).map(_dependency)
commitments = st.lists(st.integers(0, 3 * 4 * 151 - 1), min_size=8, max_size=8)


def _city(numbers: list[int], edges: list[Dependency]) -> Graph:
    others = [node(key) for key in GOODS + BOARDS]
    return graph([*others, *map(_commitment, COMMITMENTS, numbers)], *edges)


def cities() -> st.SearchStrategy[Graph]:
    """Two goods, three boards and eight commitments, resting on each other in any way, cycles and all."""
    return st.builds(_city, commitments, st.lists(dependencies, max_size=25))


def with_one_more(city: Graph, dependency: Dependency) -> Graph:
    return Graph(city.nodes, [*city.dependencies, dependency])
