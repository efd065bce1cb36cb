"""Analyses for the tests: a round, a small whole analysis, and the way of one to the city office."""

from datetime import date, timedelta
from typing import Any

from boards.days import today
from boards.models import Board
from risk_analysis.copying import begin_from_earlier
from risk_analysis.models import (
    Commitment,
    ContinuityPlan,
    Dependency,
    Measure,
    QuestionHandled,
    Risk,
    Rsa,
    RsaCycle,
)
from tests.conftest import Cast


def a_round(cast: Cast, year: int | None = None, **facts: Any) -> RsaCycle:
    year = year or today().year
    said = {
        "slug": str(year),
        "name": f"RSA {year}",
        "year": year,
        "opens_on": date(year, 1, 1),
        "due_on": max(date(year, 6, 30), today() + timedelta(days=30))
        if year == today().year
        else date(year, 6, 30),
    }
    return RsaCycle.objects.open(by=cast.case_officer, **{**said, **facts})


def begun(cast: Cast, cycle: RsaCycle | None = None, board: Board | None = None) -> Rsa:
    return Rsa.objects.begin(cycle or a_round(cast), board or cast.bromma, by=cast.coordinator)


def filled(cast: Cast, rsa: Rsa) -> Rsa:
    """One critical commitment with a red risk, a measure, a critical dependency and its plan: nothing is left."""
    scores = {"people": 4, "functioning": 3, "fundamentals": 2, "surroundings": 1}
    care = Commitment.objects.add(rsa, by=cast.coordinator, title="Hemtjänst", tolerable_outage=24, **scores)
    _at_risk(cast, rsa, care)
    _relying(cast, rsa, care)
    QuestionHandled.objects.note(rsa, by=cast.coordinator)
    return rsa


def _at_risk(cast: Cast, rsa: Rsa, care: Commitment) -> None:
    """A red risk with a measure, and one that is not red."""
    shared = {"by": cast.coordinator, "commitment": care, "worst_value": Risk.Value.PEOPLE}
    snow = Risk.objects.add(
        rsa,
        title="Snöstorm stoppar hemtjänsten",
        kind=Risk.Kind.NATURE,
        likelihood=4,
        consequence=4,
        why="Det hände 2012.",
        in_the_area=True,
        **shared,
    )
    threat = {
        "kind": Risk.Kind.VIOLENCE,
        "likelihood": 3,
        "consequence": 3,
        "why": "Två händelser förra året.",
    }
    Risk.objects.add(rsa, title="Hot mot personal", **threat, **shared)
    plan = {"responsible": cast.coordinator, "due_on": today() + timedelta(days=90), "status": "beslutad"}
    Measure.objects.add(rsa, by=cast.coordinator, text="Avtal om snöröjning", risks=[snow], **plan)


def _relying(cast: Cast, rsa: Rsa, care: Commitment) -> None:
    facts = {"kind": "el", "name": "Elnätet", "tolerance_hours": 4, "substitute": "saknas"}
    power = Dependency.objects.add(rsa, by=cast.coordinator, commitment=care, **facts)
    plan = {"routine": "Flytta till Åkeshov", "endurance_hours": 48, "decided_on": today()}
    ContinuityPlan.objects.add(rsa, by=cast.coordinator, dependency=power, title="Reservkraft", **plan)


def submitted(cast: Cast, rsa: Rsa) -> Rsa:
    rsa.send_to_chief(by=cast.coordinator)
    rsa.fix(by=cast.chief)
    rsa.submit(by=cast.coordinator)
    return rsa


def handed_in(cast: Cast, cycle: RsaCycle | None = None) -> Rsa:
    return submitted(cast, filled(cast, begun(cast, cycle)))


def copied_forward(cast: Cast) -> Rsa:
    """This year's, begun with what was handed in last year."""
    handed_in(cast, a_round(cast, today().year - 1))
    return begin_from_earlier(a_round(cast), cast.bromma, by=cast.coordinator)
