"""What the programme asks of risk analyses is shown by the analyses themselves, and says nothing of what they hold."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from boards.days import today
from boards.models import Board
from risk_analysis.models import ContinuityPlan, Measure, Risk, Rsa
from security_program.evidence import analyses as shown
from security_program.evidence.asking import Finding, Inquiry
from security_program.models import Assignment
from tests.conftest import Cast
from tests.risk_analysis import analyses

YEAR = today().year


def ask(board: Board, resolver: Callable, year: int = YEAR) -> Finding:
    row = Assignment(board=board, year=year, first_day=date(year, 1, 1), last_day=date(year, 12, 31))
    return resolver(Inquiry(year, [row]))[board.pk]


def whole(cast: Cast) -> Rsa:
    """Everything that is asked for stands in it."""
    rsa = analyses.filled(cast, analyses.begun(cast))
    Measure.objects.get(rsa=rsa).correct(by=cast.coordinator, in_the_plan=True)
    return rsa


def test_what_shows_it_leads_to_the_analysis_and_a_draft_shows_nothing(cast: Cast) -> None:
    rsa = whole(cast)
    assert ask(cast.bromma, shown.handed_in).holds is None
    analyses.submitted(cast, rsa)
    assert ask(cast.bromma, shown.handed_in).url == rsa.get_absolute_url()


def test_a_round_whose_day_is_past_without_an_analysis_is_not_met(cast: Cast) -> None:
    cycle = analyses.a_round(cast)
    type(cycle).objects.update(opens_on=today() - timedelta(days=9), due_on=today() - timedelta(days=1))
    assert ask(cast.bromma, shown.handed_in).holds is False


def _without_a_plan(rsa: Rsa) -> None:
    ContinuityPlan.objects.filter(rsa=rsa).update(decided_on=None)


def _late(rsa: Rsa) -> None:
    Measure.objects.filter(rsa=rsa).update(due_on=today() - timedelta(days=1))


def _outside(rsa: Rsa) -> None:
    Measure.objects.filter(rsa=rsa).update(in_the_plan=False)


def _untreated(rsa: Rsa) -> None:
    Measure.objects.filter(rsa=rsa).update(status=Measure.Status.PROPOSED)


def _no_accidents(rsa: Rsa) -> None:
    Risk.objects.filter(rsa=rsa).update(kind=Risk.Kind.VIOLENCE)


@pytest.mark.parametrize(
    ("resolver", "spoil"),
    [
        (shown.dependencies_planned_for, _without_a_plan),
        (shown.action_plan, _late),
        (shown.action_plan, _untreated),
        (shown.risks_found, _untreated),
        (shown.measures_in_the_plan, _outside),
        (shown.accidents_considered, _no_accidents),
    ],
)
def test_what_the_analysis_lacks_is_said_without_saying_how_much(
    cast: Cast, resolver: Callable, spoil: Callable
) -> None:
    rsa = analyses.submitted(cast, whole(cast))
    spoil(rsa)
    found = ask(cast.bromma, resolver)
    assert found.holds is None
    assert not any(sign.isdecimal() for sign in found.says)


def test_a_recalled_analysis_shows_nothing_any_more(cast: Cast) -> None:
    rsa = analyses.submitted(cast, whole(cast))
    rsa.recall(by=cast.coordinator, reason="Fel version")
    assert ask(cast.bromma, shown.handed_in).holds is None
