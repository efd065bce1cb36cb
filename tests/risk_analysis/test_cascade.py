"""What stops, when, and for want of what."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk_analysis.cascade import BANDS, Cascade, Failure, cascade
from risk_analysis.city_graph import Answer, Dependency, Graph, Kind, Substitute

from .graphs import PROVIDERS, cities, dependencies, graph, hours, node, rests, with_one_more

pytestmark = pytest.mark.once

HOME_CARE = node("c1", "b1", criticality=4, outage=6)
PAYROLL = node("c2", "b2", criticality=2)
KITCHEN = node("c3", "b2", criticality=4)
CITY = [node("el"), node("b1"), node("b2"), HOME_CARE, PAYROLL, KITCHEN]
properties = settings(max_examples=60, deadline=None)


def failing(city: Graph, *starts: str, within: int = 168) -> dict[str, int]:
    return {each.node.key: each.at for each in cascade(city, starts or ["el"], within).commitments}


def test_a_commitment_stops_when_it_tolerates_no_more() -> None:
    assert failing(graph(CITY, rests("c1", "el", 4))) == {"c1": 4}


def test_a_decided_plan_lets_it_go_on_for_as_long_as_it_endures() -> None:
    assert failing(graph(CITY, rests("c1", "el", 4, endurance=20))) == {"c1": 24}


def test_a_substitute_holds_unless_it_is_said_for_how_long() -> None:
    held = rests("c1", "el", 4, substitute=Substitute.AVAILABLE)
    limited = rests("c2", "el", 4, substitute=Substitute.AVAILABLE, endurance=8)
    assert failing(graph(CITY, held, limited)) == {"c2": 12}


def test_the_earliest_of_several_reasons_decides() -> None:
    city = graph(CITY, rests("c1", "el", 30), rests("c1", "c2", 2), rests("c2", "el", 3))
    assert failing(city) == {"c2": 3, "c1": 5}


def test_a_partial_substitute_stops_part_of_it_and_of_what_follows() -> None:
    city = graph(CITY, rests("c1", "el", 4, substitute=Substitute.PARTLY), rests("c2", "c1", 1))
    assert [each.is_partial for each in cascade(city, ["el"]).commitments] == [True, True]


def test_that_all_of_it_stops_later_is_kept_beside_that_part_of_it_stops_first() -> None:
    city = graph(CITY, rests("c1", "el", 4, substitute=Substitute.PARTLY), rests("c1", "el", 30))
    found = cascade(city, ["el"])
    assert (found.first["c1"].at, found.first["c1"].is_partial) == (4, True)
    assert (found.sure["c1"].at, found.sure["c1"].is_partial) == (30, False)


def test_of_two_reasons_at_the_same_hour_the_certain_one_is_told() -> None:
    city = graph(CITY, rests("c2", "b1", 2), rests("c2", "c1", 2), rests("c1", "el", 4))
    assert cascade(city, ["el"]).first["c2"].is_certain


def test_who_rests_on_a_board_as_such_stops_with_its_first_critical_commitment_and_uncertainly() -> None:
    city = graph(CITY, rests("c1", "b2", 1), rests("c2", "el", 1), rests("c3", "el", 10))
    stopped = {each.node.key: each for each in cascade(city, ["el"]).commitments}
    assert {key: each.at for key, each in stopped.items()} == {"c2": 1, "c3": 10, "c1": 11}
    assert [key for key, each in stopped.items() if not each.is_certain] == ["c1"]


def test_with_a_named_commitment_it_is_certain() -> None:
    city = graph(CITY, rests("c1", "c3", 1, answer=Answer.CONFIRMED), rests("c3", "el", 10))
    assert all(each.is_certain for each in cascade(city, ["el"]).commitments)


def test_a_board_that_stops_takes_all_its_commitments_with_it_at_once() -> None:
    city = graph(CITY, rests("c1", "c2", 5))
    assert failing(city, "b2") == {"c2": 0, "c3": 0, "c1": 5}


def test_what_a_board_denies_that_it_provides_does_not_count() -> None:
    city = graph(CITY, rests("c1", "c2", answer=Answer.REJECTED), rests("c2", "el", 1))
    assert failing(city) == {"c2": 1}


def test_nothing_is_said_beyond_the_hours_asked_about() -> None:
    city = graph(CITY, rests("c1", "el", 24), rests("c2", "el", 25))
    assert failing(city, within=24) == {"c1": 24}


def test_what_stops_after_exactly_four_hours_stops_within_the_first_four() -> None:
    city = graph(CITY, rests("c1", "el", 4), rests("c2", "el", 0), rests("c3", "el", 5))
    bands = cascade(city, ["el"]).bands
    assert [[each.node.key for each in band.failures] for band in bands] == [["c2", "c1"], ["c3"], [], []]


def test_only_the_bands_asked_about_are_shown() -> None:
    assert [band.until for band in cascade(graph(CITY), ["el"], within=24).bands] == [4, 24]


def test_a_commitment_says_from_which_hour_its_standstill_is_too_long() -> None:
    found = cascade(graph(CITY, rests("c1", "el", 4), rests("c2", "el", 4)), ["el"])
    assert [each.intolerable_at for each in found.commitments] == [10, None]


def test_the_boards_that_are_hit_first_come_first() -> None:
    city = graph(CITY, rests("c1", "el", 4), rests("c2", "el", 2), rests("c3", "el", 9))
    by_board = cascade(city, ["el"]).boards
    assert [(board, len(failures)) for board, failures in by_board.items()] == [("b2", 2), ("b1", 1)]


def test_an_unknown_start_is_an_error() -> None:
    with pytest.raises(KeyError):
        cascade(graph(CITY), ["x"])


def test_a_chain_of_five_thousand_is_followed_to_its_end() -> None:
    long = [node(f"c{n}", "b1") for n in range(5_000)]
    links = [rests(f"c{n + 1}", f"c{n}", 0) for n in range(4_999)]
    last = cascade(graph([*long, node("b1")], *links), ["c0"]).first["c4999"]
    assert (len(last.chain), last.at) == (5_000, 0)
    assert last == last.chain[-1]
    assert repr(last)


starts = st.lists(st.sampled_from(PROVIDERS), min_size=1, max_size=3, unique=True)


@properties
@given(cities(), starts, dependencies, hours)
def test_one_more_dependency_never_saves_anything_nor_makes_it_stop_later(
    city: Graph, start: list[str], more: Dependency, within: int
) -> None:
    before, after = cascade(city, start, within), cascade(with_one_more(city, more), start, within)
    assert all(after.first[key].at <= failure.at for key, failure in before.first.items())
    assert all(after.sure[key].at <= failure.at for key, failure in before.sure.items())


@properties
@given(cities(), starts)
def test_every_chain_leads_back_to_a_start_and_its_hours_add_up(city: Graph, start: list[str]) -> None:
    found = cascade(city, start)
    for failure in [*found.first.values(), *found.sure.values()]:
        chain = failure.chain
        assert (chain[0].node.key in start, chain[0].at, chain[0].by) == (True, 0, None)
        assert sum(step.waited for step in chain) == failure.at
        assert all(_follows(step, cause) for cause, step in itertools.pairwise(chain))


def _follows(step: Failure, cause: Failure) -> bool:
    if step.by is None:
        return step.waited == 0 and Kind.BOARD in (step.node.kind, cause.node.kind)
    joined = (step.by.provider, step.by.consumer) == (cause.node.key, step.node.key)
    return joined and step.by.counts and step.waited == step.by.endures


@properties
@given(cities(), starts)
def test_a_start_has_always_failed_at_once_wholly_and_certainly(city: Graph, start: list[str]) -> None:
    found = cascade(city, start)
    assert all(found.first[key] == found.sure[key] == Failure(city.nodes[key], 0) for key in start)


@properties
@given(cities(), starts)
def test_nothing_that_could_have_stopped_earlier_is_told_as_stopping_later(
    city: Graph, start: list[str]
) -> None:
    """Against the plainest way to work it out: go round until nothing changes any more."""
    assert {key: each.at for key, each in cascade(city, start).first.items()} == _by_going_round(city, start)


def _by_going_round(city: Graph, start: list[str]) -> dict[str, int]:
    hours = dict.fromkeys(start, 0)
    hours |= {node.key: 0 for board in start for node in city.commitments_of.get(board, ())}
    for _round in city.nodes:
        for edge in city.dependencies:
            if edge.counts and edge.endures is not None and edge.provider in hours:
                at = hours[edge.provider] + edge.endures
                hours[edge.consumer] = min(hours.get(edge.consumer, at), at)
        for board in city.resting_on:
            critical = [node.key for node in city.commitments_of.get(board, ()) if node.criticality == 4]
            if reached := [hours[key] for key in critical if key in hours]:
                hours[board] = min(hours.get(board, min(reached)), *reached)
    return {key: at for key, at in hours.items() if at <= BANDS[-1]}


@properties
@given(cities(), starts)
def test_the_bands_hold_each_stopped_commitment_once(city: Graph, start: list[str]) -> None:
    found: Cascade = cascade(city, start)
    assert [each for band in found.bands for each in band.failures] == found.commitments
    assert sorted(map(repr, itertools.chain(*found.boards.values()))) == sorted(map(repr, found.commitments))
