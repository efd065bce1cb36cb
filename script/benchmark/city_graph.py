"""The city's dependencies at 20,000 nodes and three dependencies for each commitment: what each question takes.

In the processor's own time, so that what else the machine does is left out.

python -m script.benchmark.city_graph [--nodes 20000] [--repeat 5]
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from risk_analysis.cascade import cascade
from risk_analysis.cascade_picture import draw
from risk_analysis.city_graph import Dependency, Graph, Kind, Node, Substitute
from risk_analysis.concentration import concentrations
from risk_analysis.contradictions import contradictions

BOARDS, SUPPLIERS, DEPENDENCIES = 45, 500, 3


def a_city(nodes: int) -> Graph:
    """The same each time: most depend on each other, many on suppliers, some on electricity and on boards as such."""
    dice = random.Random(20)
    power = Node("el", Kind.GOOD, "El")
    boards = [Node(f"b{n}", Kind.BOARD, f"Board {n}") for n in range(BOARDS)]
    suppliers = [Node(f"s{n}", Kind.SUPPLIER, f"Supplier {n}") for n in range(SUPPLIERS)]
    commitments = [
        Node(
            f"c{n}",
            Kind.COMMITMENT,
            f"Commitment {n}",
            dice.choice(boards).key,
            dice.randint(1, 4),
            dice.choice([4, 8, 24, 72, None]),
        )
        for n in range(nodes - 1 - BOARDS - SUPPLIERS)
    ]
    dependencies = [
        Dependency(
            f"{commitment.key}-{n}",
            commitment.key,
            dice.choice(
                [commitments, commitments, suppliers, suppliers, boards, [power]][dice.randrange(6)]
            ).key,
            dice.choice([0, 1, 4, 8, 24]),
            dice.choice(list(Substitute)),
            dice.choice([None, None, 24, 72]),
        )
        for commitment in commitments
        for n in range(DEPENDENCIES)
    ]
    return Graph({node.key: node for node in [power, *boards, *suppliers, *commitments]}, dependencies)


def questions() -> dict[str, Callable[[Graph], Any]]:
    """Each asked of a graph that nobody has asked anything of before."""
    return {
        "cascade from electricity": lambda city: cascade(city, ["el"]),
        "cascade from one supplier": lambda city: cascade(city, ["s0"]),
        "cascade from one board": lambda city: cascade(city, ["b0"]),
        "bands, boards and picture": _shown,
        "contradictions": contradictions,
        "concentrations": concentrations,
    }


def _shown(city: Graph) -> Any:
    found = cascade(city, ["el"])
    return found.bands, found.boards, draw(city, found)


def measured(ask: Callable[[Graph], Any], city: Graph, repeat: int) -> float:
    took = []
    for _turn in range(repeat):
        fresh = Graph(city.nodes, city.dependencies)
        began = time.process_time()
        ask(fresh)
        took.append(1000 * (time.process_time() - began))
    return statistics.median(took)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--nodes", type=int, default=20_000)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    city = a_city(options.nodes)
    stopped = len(cascade(city, ["el"]).commitments)
    print(
        f"{len(city.nodes):,} nodes, {len(city.dependencies):,} dependencies; without electricity {stopped:,} stop"
    )
    for name, ask in questions().items():
        print(f"{name:<28} {measured(ask, city, options.repeat):>8.0f} ms", flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    main()
