"""A chain of reasons in sentences, and a cascade as a drawing that stays legible."""

from __future__ import annotations

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from risk_analysis.cascade import cascade
from risk_analysis.cascade_picture import draw
from risk_analysis.city_graph import Graph, Kind, Node, Substitute
from risk_analysis.contradictions import contradictions
from risk_analysis.reasons import reasons, waiting

from .graphs import PROVIDERS, cities, graph, node, rests

pytestmark = pytest.mark.once

CARE = Node("c1", Kind.COMMITMENT, "Hemtjänst", "b1", 4, 6)
SERVERS = Node("c2", Kind.COMMITMENT, "Serverhall", "b2", 4, 48)
CITY = [
    Node("el", Kind.GOOD, "El"),
    Node("s1", Kind.SUPPLIER, "Nätbolaget"),
    Node("b1", Kind.BOARD, "Bromma"),
    Node("b2", Kind.BOARD, "Servicenämnden"),
    CARE,
    SERVERS,
]


def told(city: Graph, start: str, about: str) -> list[str]:
    with translation.override("sv"):
        return [f"{reason.at} {reason.text}" for reason in reasons(city, cascade(city, [start]).first[about])]


def test_a_chain_is_told_from_the_start_with_the_hour_of_each_step() -> None:
    city = graph(CITY, rests("c2", "el", 4, endurance=20), rests("c1", "c2", 1))
    assert told(city, "el", "c1") == [
        "0 El faller bort.",
        "24 Serverhall (Servicenämnden) klarar sig 4 timmar utan El och 20 timmar till med sin plan. "
        "Sedan stannar det.",
        "25 Hemtjänst (Bromma) klarar sig 1 timme utan Serverhall (Servicenämnden). Sedan stannar det.",
    ]


def test_it_says_where_nobody_has_said_what_is_rested_on() -> None:
    city = graph(CITY, rests("c2", "s1", 0), rests("c1", "b2", 2, substitute=Substitute.PARTLY))
    assert told(city, "s1", "c1")[2:] == [
        "0 Ingen har sagt vilken del av Servicenämnden som andra är beroende av. Dess första kritiska åtagande räknas.",
        "2 Hemtjänst (Bromma) klarar sig 2 timmar utan Servicenämnden. Sedan stannar en del av det.",
    ]


def test_a_contradiction_says_the_promise_and_who_waits_too_long() -> None:
    [found] = contradictions(graph(CITY, rests("c1", "c2", 2)))
    with translation.override("sv"):
        assert waiting(graph(CITY), found) == [
            "Serverhall (Servicenämnden) ska vara igång igen inom 48 timmar.",
            "Hemtjänst (Bromma) klarar 2 timmar utan det och står sedan still i 46 timmar, men får stå still i 6 timmar.",
        ]


def test_the_first_four_hours_take_as_much_room_as_the_last_four_days() -> None:
    city = graph(CITY, rests("c2", "el", 4), rests("c1", "el", 14))
    picture = draw(city, cascade(city, ["el"]))
    assert [(line.label, line.x) for line in picture.lines] == [
        ("El", "0.00%"),
        ("Serverhall (Servicenämnden)", "25.00%"),
        ("Hemtjänst (Bromma)", "37.50%"),
    ]


def test_with_fewer_hours_the_bands_are_fewer_and_wider() -> None:
    city = graph(CITY, rests("c2", "el", 4))
    picture = draw(city, cascade(city, ["el"], within=24))
    assert [(tick.hour, tick.x) for tick in picture.ticks] == [(0, "0.00%"), (4, "50.00%"), (24, "100.00%")]


def test_what_is_not_drawn_is_counted() -> None:
    many = [node(f"c{n}", "b1") for n in range(30)]
    city = graph([*CITY, *many], *(rests(f"c{n}", "el", n) for n in range(30)))
    picture = draw(city, cascade(city, ["el"]), most=20)
    assert (len(picture.lines), picture.left_out) == (21, 10)


@settings(max_examples=40, deadline=None)
@given(cities(), st.sampled_from(PROVIDERS), st.integers(3, 9))
def test_every_line_hangs_under_the_one_it_stopped_for_want_of(city: Graph, start: str, most: int) -> None:
    picture = draw(city, cascade(city, [start]), most)
    at = {id(line.failure): line for line in picture.lines}
    assert len(at) == len(picture.lines) <= most + 1
    for line in picture.lines:
        if line.failure.because:
            above = at[id(line.failure.because)]
            assert (above.y, above.top < line.top) == (line.drop, True)
