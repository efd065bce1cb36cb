"""An organisation's first analysis begins with what is typical of its kind."""

import pytest

from boards.models import Event
from boards.models.boards import Kind
from risk_analysis import starting_lists
from risk_analysis.copying import begin_from_list
from risk_analysis.gaps import gaps_of
from risk_analysis.models import Commitment, Dependency, Measure, Risk
from tests.conftest import Cast

from . import analyses


def test_it_brings_typical_commitments_risks_and_dependencies_that_nobody_has_confirmed(cast: Cast) -> None:
    rsa = begin_from_list(analyses.a_round(cast), cast.bromma, by=cast.coordinator)
    typical = starting_lists.lists()[Kind.DISTRICT]
    assert Commitment.objects.filter(rsa=rsa).unconfirmed().count() == len(typical)
    assert Risk.objects.filter(rsa=rsa).unconfirmed().count() == sum(len(each["risks"]) for each in typical)
    critical = Dependency.objects.filter(rsa=rsa).unconfirmed().critical()
    assert critical.filter(commitment__title="Trygghetslarm", kind="tele_data").exists()
    assert not Measure.objects.filter(rsa=rsa).exists()
    event = Event.objects.get(verb="rsa.begun_from_list")
    assert event.actor == cast.coordinator


def test_how_likely_and_how_grave_a_risk_is_it_leaves_to_the_board(cast: Cast) -> None:
    rsa = begin_from_list(analyses.a_round(cast), cast.bromma, by=cast.coordinator)
    assert set(Risk.objects.filter(rsa=rsa).values_list("likelihood", "consequence", "level")) == {
        (None, None, 0)
    }
    assert any("Snöstorm" in gap.text for gap in gaps_of(rsa))


@pytest.mark.parametrize(
    "kind", [Kind.EXECUTIVE, Kind.BOARD, Kind.PARENT_COMPANY, Kind.COMPANY, Kind.DISTRICT]
)
def test_there_is_a_list_for_each_kind_that_the_programme_binds(cast: Cast, kind: str) -> None:
    cast.bromma.kind = kind
    assert starting_lists.for_board(cast.bromma)


def test_the_lists_name_kinds_values_and_hours_that_the_analysis_knows() -> None:
    for typical in [each for them in starting_lists.lists().values() for each in them]:
        assert len(typical["values"]) == len(Commitment.VALUES)
        assert {each["kind"] for each in typical["risks"]} <= set(Risk.Kind)
        assert {each["kind"] for each in typical["dependencies"]} <= set(Dependency.Kind)
