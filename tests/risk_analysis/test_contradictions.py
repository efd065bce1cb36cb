"""Where what two boards have written cannot both hold."""

import itertools

import pytest
from hypothesis import given, settings

from risk_analysis.city_graph import Answer, Dependency, Graph, Substitute
from risk_analysis.contradictions import answered, between_neighbours, contradictions, gaps, rolled_up

from .graphs import cities, dependencies, graph, node, rests, with_one_more

pytestmark = pytest.mark.once

properties = settings(max_examples=60, deadline=None)


def city(first: int | None, second: int | None, third: int | None, *edges: Dependency) -> Graph:
    outages = zip(("c1", "c2", "c3"), (first, second, third), strict=True)
    return graph(
        [node("el"), node("b3"), *[node(key, f"b{key[1]}", outage=outage) for key, outage in outages]], *edges
    )


def test_a_commitment_that_may_stand_still_for_four_hours_cannot_rest_on_one_that_takes_a_day() -> None:
    [found] = contradictions(city(4, 24, None, rests("c1", "c2", 2)))
    assert (found.node.key, found.hours, found.exceeds, found.is_direct) == ("c1", 22, 18, True)


def test_what_a_plan_endures_is_taken_off() -> None:
    assert contradictions(city(4, 24, None, rests("c1", "c2", 2, endurance=18))) == []


def test_a_substitute_that_holds_is_no_contradiction() -> None:
    assert contradictions(city(4, 24, None, rests("c1", "c2", 2, substitute=Substitute.AVAILABLE))) == []


def test_what_the_provider_has_answered_goes_before_what_it_says_of_its_commitment() -> None:
    assert contradictions(city(4, 24, None, rests("c1", "c2", 2, promised=6))) == []
    [found] = contradictions(city(4, None, None, rests("c1", "b3", 2, promised=10)))
    assert (found.node.key, found.exceeds) == ("c1", 4)


def test_standstills_are_rolled_up_along_the_chain() -> None:
    """Each pair of neighbours agrees; three in a row do not."""
    [found] = contradictions(city(4, 12, 12, rests("c1", "c2", 4, promised=8), rests("c2", "c3", 1)))
    assert (found.node.key, found.hours, found.is_direct) == ("c1", 7, False)
    assert [step.node.key for step in found.chain] == ["c3", "c2", "c1"]


def test_a_commitment_that_contradicts_two_others_is_told_of_both() -> None:
    found = contradictions(city(4, 24, 48, rests("c1", "c2", 2), rests("c1", "c3", 2)))
    assert [(each.node.key, each.chain[0].node.key) for each in found] == [("c1", "c3"), ("c1", "c2")]


def test_a_standstill_that_is_tolerated_is_a_gap_and_no_contradiction() -> None:
    meeting = city(48, 24, None, rests("c1", "c2", 4))
    assert contradictions(meeting) == []
    assert [(each.node.key, each.hours) for each in gaps(meeting)] == [("c1", 20)]


def test_a_standstill_that_is_too_long_is_not_told_twice() -> None:
    assert gaps(city(4, 24, None, rests("c1", "c2", 4))) == []


def test_what_the_provider_denies_is_waited_for_by_nobody() -> None:
    assert contradictions(city(4, 24, None, rests("c1", "c2", 2, answer=Answer.REJECTED))) == []


def test_answers_are_found_by_what_they_say() -> None:
    asked = [rests("c1", "c2", answer=Answer.UNANSWERED), rests("c2", "c3", answer=Answer.REJECTED)]
    graph = city(1, 1, 1, *asked)
    assert [each.key for each in answered(graph, Answer.UNANSWERED)] == ["c1 on c2"]
    assert [each.key for each in answered(graph, Answer.REJECTED)] == ["c2 on c3"]


@properties
@given(cities())
def test_the_hours_of_every_chain_add_up(city: Graph) -> None:
    for standstill in rolled_up(city).values():
        chain = standstill.chain
        endured = sum(step.by.endures for step in chain[1:])
        assert standstill.hours == chain[0].hours - endured > 0
        assert all(step.by.provider == cause.node.key for cause, step in itertools.pairwise(chain))


@properties
@given(cities(), dependencies)
def test_one_more_dependency_never_shortens_a_standstill(city: Graph, more: Dependency) -> None:
    before, after = rolled_up(city), rolled_up(with_one_more(city, more))
    assert all(after[key].hours >= standstill.hours for key, standstill in before.items())


@properties
@given(cities())
def test_what_is_rolled_up_is_never_shorter_than_what_a_neighbour_alone_makes_one_wait(city: Graph) -> None:
    found = rolled_up(city)
    assert all(found[each.node.key].hours >= each.hours for each in between_neighbours(city))
