"""Rows of analyses as one graph."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.days import today
from boards.models import Board, User
from risk_analysis.cascade import cascade
from risk_analysis.city_graph import Answer, Graph, Kind
from risk_analysis.gathering import board_key, commitment_key, gather
from risk_analysis.models import Commitment, ContinuityPlan, Dependency, DependencyAnswer, Rsa, Supplier
from tests.conftest import Cast

from . import analyses

State = DependencyAnswer.State


def needs(rsa: Rsa, commitment: Commitment, kind: str, name: str, **facts: Any) -> Dependency:
    said = {"tolerance_hours": 2, "substitute": "saknas", **facts}
    return Dependency.objects.create(rsa=rsa, commitment=commitment, kind=kind, name=name, **said)


def analysis(board: Board, cycle: Any, title: str, **facts: Any) -> tuple[Rsa, Commitment]:
    rsa = Rsa.objects.create(cycle=cycle, board=board, slug=board.slug, method=cycle.method)
    said = {"criticality": 4, "tolerable_outage": 24, **facts}
    return rsa, Commitment.objects.create(rsa=rsa, title=title, **said)


@pytest.fixture
def city(cast: Cast) -> dict[str, Any]:
    """Bromma's care needs electricity and Farsta's kitchen; the kitchen needs water from a supplier."""
    cycle = analyses.a_round(cast)
    bromma, care = analysis(cast.bromma, cycle, "Hemtjänst")
    farsta, kitchen = analysis(cast.farsta, cycle, "Kök")
    supplier = Supplier.objects.create(rsa=farsta, name="Vattenbolaget", key="5560000001")
    power = needs(bromma, care, "el", "Elnätet", tolerance_hours=4)
    food = needs(bromma, care, "intern_namnd", "Mat", provider=cast.farsta, tolerance_hours=10)
    needs(farsta, kitchen, "vatten", "Vatten", supplier=supplier)
    asked = DependencyAnswer.objects.create(dependency=food)
    return {"care": care, "kitchen": kitchen, "asked": asked, "power": power, "rsas": [bromma, farsta]}


def current_graph(user: User) -> Graph:
    return gather(Rsa.objects.visible_to(user).current().values("pk"))


def graph() -> Graph:
    return gather(Rsa.objects.values("pk"))


def hours(start: str) -> dict[str, int]:
    return {each.node.name: each.at for each in cascade(graph(), [start]).commitments}


def test_a_common_good_is_one_for_all_and_a_supplier_is_known_by_its_number(city: dict[str, Any]) -> None:
    assert hours("good:el") == {"Hemtjänst": 4}
    assert hours("supplier:5560000001") == {"Kök": 2, "Hemtjänst": 12}
    assert hours("good:vatten") == {"Kök": 2, "Hemtjänst": 12}


def test_a_board_that_has_not_said_which_commitment_counts_with_its_critical_ones(
    city: dict[str, Any],
) -> None:
    care = cascade(graph(), ["good:vatten"]).first[commitment_key(city["care"].pk)]
    assert not care.is_certain


def test_the_answer_names_the_commitment_also_after_a_new_edition(cast: Cast, city: dict[str, Any]) -> None:
    earlier = Commitment.objects.create(
        rsa=analysis(cast.farsta, analyses.a_round(cast, 2025), "Gammalt kök")[0],
        title="Kök",
        thread=city["kitchen"].thread,
    )
    DependencyAnswer.objects.update(commitment=earlier, state=State.CONFIRMED, promised_hours=6)
    found = gather(city["rsas"])
    [edge] = [each for each in found.dependencies if each.answer is Answer.CONFIRMED]
    assert (edge.provider, edge.promised) == (commitment_key(city["kitchen"].pk), 6)


def test_only_a_decided_plan_lasts_and_the_longest_counts(city: dict[str, Any]) -> None:
    rsa = city["rsas"][0]
    facts = {"rsa": rsa, "dependency": city["power"]}
    ContinuityPlan.objects.create(**facts, title="Tänkt", endurance_hours=100)
    assert hours("good:el") == {"Hemtjänst": 4}
    for title, lasts in (("Kort", 8), ("Lång", 20)):
        ContinuityPlan.objects.create(**facts, title=title, endurance_hours=lasts, decided_on=today())
    assert hours("good:el") == {"Hemtjänst": 24}


def test_the_same_system_is_one_and_premises_are_each_boards_own(city: dict[str, Any]) -> None:
    for rsa, commitment in zip(city["rsas"], (city["care"], city["kitchen"]), strict=True):
        needs(rsa, commitment, "it_system", "  TREserva " if rsa.board.code == "farsta_sdn" else "Treserva")
        needs(rsa, commitment, "lokal", "Kontoret")
    keys = [node.key for node in graph().nodes.values() if node.kind is Kind.GOOD]
    assert keys.count("it_system:treserva") == 1
    assert len([key for key in keys if key.startswith("lokal:")]) == 2


def test_what_is_removed_and_what_hung_on_it_is_gone(city: dict[str, Any]) -> None:
    city["care"].remove(by=None)
    assert "good:el" not in graph().nodes


def test_the_city_is_what_is_handed_in_and_each_organisation_counts_once(cast: Cast) -> None:
    assert current_graph(cast.security_chief).nodes == {}
    analyses.handed_in(cast, analyses.a_round(cast, today().year - 1))
    first = current_graph(cast.security_chief)
    analyses.handed_in(cast)
    second = current_graph(cast.security_chief)
    names = [node.name for node in second.nodes.values() if node.kind is Kind.COMMITMENT]
    assert names == ["Hemtjänst"]
    assert set(first.nodes) != set(second.nodes)
    assert board_key(cast.bromma.pk) in second.nodes


def test_it_takes_the_same_questions_however_many_analyses(cast: Cast, city: dict[str, Any]) -> None:
    counts = []
    for rsas in (city["rsas"][:1], city["rsas"]):
        with CaptureQueriesContext(connection) as asked:
            gather(rsas)
        counts.append(len(asked))
    assert counts == [2, 2]
