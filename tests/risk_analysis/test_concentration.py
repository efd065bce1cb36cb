"""Where many boards rest on the same."""

import pytest
from hypothesis import given, settings

from risk_analysis.city_graph import Answer, Graph, Substitute
from risk_analysis.concentration import concentrations

from .graphs import cities, graph, node, rests

pytestmark = pytest.mark.once

CITY = [
    node("s1"),
    node("s2"),
    *[node(f"b{n}") for n in range(4)],
    *[node(f"c{n}", f"b{n}") for n in range(4)],
]


def test_the_same_provider_in_three_boards_is_a_concentration_and_in_two_is_not() -> None:
    three = [rests(f"c{n}", "s1", 4 * n) for n in range(3)]
    two = [rests(f"c{n}", "s2") for n in range(2)]
    found = concentrations(graph(CITY, *three, *two))
    assert [(each.provider.key, each.boards) for each in found] == [("s1", ["b0", "b1", "b2"])]


def test_it_says_when_the_first_stops_and_how_many_have_nothing_instead() -> None:
    edges = [
        rests("c0", "s1", 2, substitute=Substitute.AVAILABLE),
        rests("c1", "s1", 8, substitute=Substitute.PARTLY),
        rests("c2", "s1", 12),
    ]
    [found] = concentrations(graph(CITY, *edges))
    assert (found.shortest, found.without_substitute) == (8, 1)


def test_a_board_is_no_risk_of_concentration_to_itself_and_what_it_denies_does_not_count() -> None:
    on_commitment = [rests(f"c{n}", "c3") for n in (0, 1, 3)]
    denied = [rests(f"c{n}", "s1", answer=Answer.REJECTED) for n in range(3)]
    assert concentrations(graph(CITY, *on_commitment, *denied)) == []


@settings(max_examples=60, deadline=None)
@given(cities())
def test_every_board_named_does_rest_on_it(city: Graph) -> None:
    for found in concentrations(city, at_least=2):
        assert set(found.boards) == {city.board_of(each) for each in found.dependencies}
        assert all(each.provider == found.provider.key and each.counts for each in found.dependencies)
