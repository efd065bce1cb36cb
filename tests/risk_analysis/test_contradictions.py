"""Where what two boards have written cannot both hold."""

import itertools

import pytest
from hypothesis import given, settings

from risk_analysis.city_graph import Answer, Dependency, Graph, Substitute
from risk_analysis.contradictions import answered, contradictions, gaps, recoveries

from .graphs import cities, dependencies, graph, node, rests, with_one_more

pytestmark = pytest.mark.once

properties = settings(max_examples=60, deadline=None)


def city(first: int | None, second: int | None, third: int | None, *edges: Dependency) -> Graph:
    outages = zip(("c1", "c2", "c3"), (first, second, third), strict=True)
    return graph([node("el"), *[node(key, f"b{key[1]}", outage=outage) for key, outage in outages]], *edges)


def test_a_commitment_that_may_stand_still_for_four_hours_cannot_rest_on_one_that_takes_a_day() -> None:
    [found] = contradictions(city(4, 24, None, rests("c1", "c2", 2)))
    assert (found.node.key, found.promised, found.hours, found.exceeds) == ("c1", 4, 22, 18)
    assert found.is_direct


def test_what_a_plan_endures_is_taken_off() -> None:
    assert contradictions(city(4, 24, None, rests("c1", "c2", 2, endurance=18))) == []


def test_a_substitute_that_holds_is_no_contradiction() -> None:
    assert contradictions(city(4, 24, None, rests("c1", "c2", 2, substitute=Substitute.AVAILABLE))) == []


def test_promises_are_rolled_up_along_the_chain() -> None:
    """Each pair of neighbours agrees; three in a row do not."""
    chain = city(4, 8, 12, rests("c1", "c2", 4), rests("c2", "c3", 1))
    [beyond, own] = contradictions(chain)
    assert (beyond.node.key, beyond.hours, beyond.is_direct) == ("c1", 7, False)
    assert (own.node.key, own.hours, own.is_direct) == ("c2", 11, True)
    assert [step.node.key for step in beyond.recovery.chain] == ["c3", "c2", "c1"]


def test_the_promise_that_is_missed_by_most_comes_first() -> None:
    found = contradictions(city(4, 5, 72, rests("c1", "c3", 60), rests("c2", "c3", 1)))
    assert [each.node.key for each in found] == ["c2", "c1"]


def test_a_standstill_that_is_tolerated_is_a_gap_and_no_contradiction() -> None:
    meeting = city(48, 24, None, rests("c1", "c2", 4))
    assert contradictions(meeting) == []
    assert [(each.consumer.key, each.provider.key, each.hours) for each in gaps(meeting)] == [
        ("c1", "c2", 20)
    ]


def test_a_standstill_that_is_too_long_is_not_told_twice() -> None:
    assert gaps(city(4, 24, None, rests("c1", "c2", 4))) == []


def test_answers_are_found_by_what_they_say() -> None:
    asked = [rests("c1", "c2", answer=Answer.UNANSWERED), rests("c2", "c3", answer=Answer.REJECTED)]
    graph = city(1, 1, 1, *asked)
    assert [each.key for each in answered(graph, Answer.UNANSWERED)] == ["c1 on c2"]
    assert [each.key for each in answered(graph, Answer.REJECTED)] == ["c2 on c3"]


@properties
@given(cities())
def test_a_rolled_up_recovery_is_never_shorter_than_the_own_promise_and_its_hours_add_up(city: Graph) -> None:
    for recovery in recoveries(city).values():
        chain = recovery.chain
        endured = sum(step.by.endures for step in chain[1:])
        assert recovery.hours == chain[0].node.tolerable_outage - endured
        assert recovery.hours >= (recovery.node.tolerable_outage or 0)
        assert all(step.by.provider == cause.node.key for cause, step in itertools.pairwise(chain))


@properties
@given(cities(), dependencies)
def test_one_more_dependency_never_shortens_a_recovery(city: Graph, more: Dependency) -> None:
    before, after = recoveries(city), recoveries(with_one_more(city, more))
    assert all(after[key].hours >= recovery.hours for key, recovery in before.items())


@properties
@given(cities())
def test_what_neighbours_contradict_is_found_among_the_contradictions(city: Graph) -> None:
    found = {each.node.key: each.hours for each in contradictions(city)}
    for edge in city.dependencies:
        promised, taken = (
            city.nodes[edge.consumer].tolerable_outage,
            city.nodes[edge.provider].tolerable_outage,
        )
        if not edge.counts or edge.endures is None or promised is None or taken is None:
            continue
        if taken - edge.endures > promised:
            assert found[edge.consumer] >= taken - edge.endures
