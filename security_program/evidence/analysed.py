"""What the floor below knows of the year's analyses, organisation by organisation, in a few questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from boards.days import today
from risk_analysis.gaps import ACCIDENTS
from risk_analysis.models import (
    Acceptance,
    Commitment,
    Considered,
    ContinuityPlan,
    Dependency,
    Measure,
    Risk,
    Rsa,
    RsaCycle,
)


@dataclass(frozen=True)
class Analysed:
    """One organisation's analysis in force: whether something of a kind stands in it, never how much."""

    submitted_at: datetime
    url: str
    is_returned: bool
    risks: bool
    measures: bool
    unjudged: bool
    untreated: bool
    unplanned: bool
    overdue: bool
    outside: bool
    accidents: bool


FLAGS = (
    *("risks", "measures", "unjudged", "untreated"),
    *("unplanned", "overdue", "outside", "accidents"),
)


def analyses(year: int, boards: Iterable[int]) -> dict[int, Analysed]:
    """By organisation: its own in the yearly round, not a unit's."""
    rows = Rsa.objects.of_year(year).in_force().filter(board__in=boards, unit__isnull=True)
    rows = _flagged(rows).select_related("cycle").order_by("pk")
    return {rsa.board_id: _analysed(rsa) for rsa in rows}


def due_day_is_past(year: int) -> bool:
    rounds = RsaCycle.objects.filter(kind=RsaCycle.Kind.YEARLY, year=year)
    return rounds.exists() and not rounds.filter(due_on__gte=today()).exists()


def _analysed(rsa: Any) -> Analysed:
    return Analysed(
        submitted_at=rsa.submitted_at,
        url=rsa.get_absolute_url(),
        is_returned=rsa.state == Rsa.State.RETURNED,
        **{name: getattr(rsa, f"has_{name}") for name in FLAGS},
    )


def _flagged(rows: QuerySet) -> QuerySet:
    here = {"rsa": OuterRef("pk")}
    risks, measures = Risk.objects.standing().filter(**here), Measure.objects.standing().filter(**here)
    unjudged = Q(people=None) | Q(functioning=None) | Q(fundamentals=None) | Q(surroundings=None)
    decided = ContinuityPlan.objects.standing().decided().filter(dependency=OuterRef("pk"))
    done_about = Measure.objects.standing().settled().filter(risks=OuterRef("pk"))
    accepted = Acceptance.objects.on_day().order_by().filter(risk=OuterRef("pk"))
    critical = Dependency.objects.standing().critical().filter(**here)
    under_way = measures.filter(status__in=(Measure.Status.DECIDED, Measure.Status.ONGOING))
    explained = Considered.objects.filter(what=Considered.What.ACCIDENTS, **here)
    return rows.annotate(
        has_risks=Exists(risks),
        has_measures=Exists(measures),
        has_unjudged=Exists(Commitment.objects.standing().filter(unjudged, **here)),
        has_untreated=Exists(risks.red().filter(~Exists(done_about), ~Exists(accepted))),
        has_unplanned=Exists(critical.filter(~Exists(decided))),
        has_overdue=Exists(measures.overdue()),
        has_outside=Exists(under_way.filter(in_the_plan=False, in_internal_control=False)),
        has_accidents=Q(Exists(risks.filter(kind__in=ACCIDENTS))) | Q(Exists(explained)),
    )
