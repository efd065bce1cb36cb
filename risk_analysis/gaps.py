"""What is left before an analysis can be sent on: each thing in words, with where it is put right.

The same list stands on the page while one works and decides when it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.days import today
from boards.models.boards import Kind

from .models import (
    Commitment,
    Considered,
    ContinuityPlan,
    Dependency,
    Item,
    Measure,
    QuestionHandled,
    Remark,
    Risk,
    Rsa,
)
from .parts import PARTS, Part, part_of

ACCIDENTS = (Risk.Kind.FIRE, Risk.Kind.NATURE, Risk.Kind.TECHNOLOGY)
# What may be asked of a risk beyond what every new one needs, in the words of a method version.
DEMANDED = {
    "harms": (Risk.HARMS, lambda: _("Judge the consequence for all four values: %(what)s")),
    "uncertainty": (("uncertainty",), lambda: _("Judge how uncertain it is: %(what)s")),
    "trend": (("trend",), lambda: _("Judge where it is heading: %(what)s")),
    "kind": (("kind",), lambda: _("Choose the kind of risk: %(what)s")),
}


@dataclass(frozen=True)
class Gap:
    """One thing that is left: what, in which part, and about which row."""

    text: str
    part: str
    pk: int | None = None
    url: str = ""


def _with_way(rsa: Rsa, gap: Gap) -> Gap:
    """Leads to where it is put right."""
    here = [rsa.cycle.slug, rsa.slug]
    if gap.part == "skydd":
        way = reverse("rsa_question", args=here)
    elif gap.part in Considered.What.values:
        way = reverse("rsa_considered", args=[*here, gap.part])
    elif gap.part == "anmarkningar":
        way = reverse("rsa_page", args=here)
    elif gap.pk:
        way = reverse("rsa_item", args=[*here, gap.part, gap.pk])
    else:
        way = reverse("rsa_part", args=[*here, gap.part])
    return replace(gap, url=way)


@dataclass
class Rows:
    """The standing rows of one analysis, read once."""

    rsa: Rsa
    commitments: list[Commitment]
    risks: list[Risk]
    dependencies: list[Dependency]
    plans: list[ContinuityPlan]
    measures: list[Measure]
    # How many rows each part has, and how many of them nobody has looked at this year.
    numbers: dict[str, int]
    unconfirmed: dict[str, int]
    considered: set[str]

    @classmethod
    def of(cls, rsa: Rsa) -> Rows:
        def standing(model: Any, *along: str) -> list[Any]:
            rows = model.objects.filter(rsa=rsa).standing().in_order().prefetch_related(*along)
            return list(rows)

        rows: dict[str, list[Any]] = {
            "commitments": standing(Commitment),
            "risks": standing(Risk, "acceptances"),
            "dependencies": standing(Dependency),
            "plans": standing(ContinuityPlan),
            "measures": standing(Measure, "risks"),
        }
        found = {part.slug: _confirmed(rsa, part, rows.get(part.rows)) for part in PARTS}
        return cls(
            rsa=rsa,
            **rows,
            numbers={slug: len(confirmed) for slug, confirmed in found.items()},
            unconfirmed={slug: confirmed.count(False) for slug, confirmed in found.items()},
            considered=set(rsa.considered.values_list("what", flat=True)),
        )


def _confirmed(rsa: Rsa, part: Part, rows: list[Any] | None) -> list[bool]:
    """For each row of a part whether somebody has looked at it this year."""
    if rows is not None:
        return [row.is_confirmed for row in rows]
    return list(part.model.objects.filter(rsa=rsa).standing().values_list("is_confirmed", flat=True))


def gaps_of(rsa: Rsa) -> list[Gap]:
    return gaps(Rows.of(rsa))


def gaps(rows: Rows) -> list[Gap]:
    found = [
        *_unconfirmed(rows),
        *_commitments(rows),
        *_risks(rows),
        *_dependencies(rows),
        *_measures(rows),
        *_considered(rows),
        *_remarks(rows.rsa),
    ]
    return [_with_way(rows.rsa, gap) for gap in found]


def _about(item: Item, text: str) -> Gap:
    return Gap(text % {"what": item}, part_of(item).slug, item.pk)


def _unconfirmed(rows: Rows) -> Iterator[Gap]:
    for part in PARTS:
        if number := rows.unconfirmed[part.slug]:
            text = ngettext(
                "%(number)s row is not confirmed this year: %(part)s",
                "%(number)s rows are not confirmed this year: %(part)s",
                number,
            )
            yield Gap(text % {"number": number, "part": part.title}, part.slug)


def _commitments(rows: Rows) -> Iterator[Gap]:
    if not rows.commitments:
        yield Gap(_("Add at least one commitment"), "ataganden")
    for commitment in rows.commitments:
        if any(getattr(commitment, name) is None for name in Commitment.VALUES):
            yield _about(commitment, _("Judge what is protected by %(what)s, on all four scales"))
        if commitment.is_critical and commitment.tolerable_outage is None:
            yield _about(commitment, _("Say how long one can be without %(what)s"))
        if commitment.is_external and not (commitment.contract and commitment.demanded_security):
            yield _about(commitment, _("Name the contract for %(what)s and the security it demands"))


def _risks(rows: Rows) -> Iterator[Gap]:
    at_risk = {risk.commitment_id for risk in rows.risks}
    for commitment in rows.commitments:
        if commitment.is_critical and commitment.pk not in at_risk:
            yield _about(commitment, _("Say what may happen to %(what)s"))
    settled = {
        risk.pk
        for measure in rows.measures
        if measure.status in Measure.SETTLED
        for risk in measure.risks.all()
    }
    for risk in rows.risks:
        if risk.level == 0 or not risk.why or risk.worst_value is None:
            yield _about(risk, _("Judge the likelihood and the worst consequence, and say why: %(what)s"))
        if risk.is_antagonistic and not risk.intent:
            yield _about(risk, _("Describe the intent and the capability: %(what)s"))
        if risk.is_red and risk.pk not in settled and not _is_accepted(risk):
            yield _about(risk, _("Decide on a measure, or let the head accept the risk: %(what)s"))
        for name in rows.rsa.method.demands:
            fields, asks = DEMANDED[name]
            if any(getattr(risk, each) in (None, "") for each in fields):
                yield _about(risk, asks())


def _is_accepted(risk: Risk) -> bool:
    return any(row.until >= today() for row in risk.acceptances.all())


def _dependencies(rows: Rows) -> Iterator[Gap]:
    relying = {dependency.commitment_id for dependency in rows.dependencies}
    for commitment in rows.commitments:
        if commitment.is_critical and commitment.pk not in relying:
            yield _about(commitment, _("Say what %(what)s cannot do without"))
    planned = {plan.dependency_id for plan in rows.plans}
    promised = {measure.dependency_id for measure in rows.measures if measure.due_on}
    for dependency in rows.dependencies:
        if dependency.tolerance_hours is None or not dependency.substitute:
            yield _about(
                dependency, _("Say how long one manages without %(what)s, and if there is a substitute")
            )
        if dependency.is_critical and dependency.pk not in planned | promised:
            yield _about(
                dependency, _("Make a continuity plan for %(what)s, or a measure with a day to make one")
            )


def _measures(rows: Rows) -> Iterator[Gap]:
    for measure in rows.measures:
        begun = measure.status in (Measure.Status.DECIDED, Measure.Status.ONGOING)
        if begun and (measure.responsible_id is None or measure.due_on is None):
            yield _about(measure, _("Say who is responsible and by when: %(what)s"))


def _considered(rows: Rows) -> Iterator[Gap]:
    kinds = {risk.kind for risk in rows.risks}
    what = Considered.What
    if not kinds & set(ACCIDENTS) and what.ACCIDENTS not in rows.considered:
        yield Gap(_("Consider accidents: add a risk, or say why it is not relevant"), what.ACCIDENTS)
    if Risk.Kind.VIOLENCE not in kinds and what.VIOLENCE not in rows.considered:
        yield Gap(
            _("Consider threats and violence: add a risk, or say why it is not relevant"), what.VIOLENCE
        )
    district = rows.rsa.board.kind == Kind.DISTRICT and rows.rsa.unit_id is None
    if district and not any(risk.in_the_area for risk in rows.risks) and what.AREA not in rows.considered:
        yield Gap(_("Consider the geographic area: mark a risk, or say why it is not relevant"), what.AREA)
    if QuestionHandled.objects.of(rows.rsa) is None:
        yield Gap(_("Answer the question about the security of Sweden"), "skydd")


def _remarks(rsa: Rsa) -> Iterator[Gap]:
    if number := Remark.objects.on(rsa).unanswered().count():
        text = ngettext("Answer %(number)s remark", "Answer %(number)s remarks", number)
        yield Gap(text % {"number": number}, "anmarkningar")
