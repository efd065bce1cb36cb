"""The parts of an analysis in the programme's order: what each holds, and the address it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Commitment, ContinuityPlan, Dependency, Item, Measure, Risk, Supplier, Vulnerability


@dataclass(frozen=True)
class Part:
    """One part: a list of rows of one kind."""

    slug: str
    model: type[Item]
    # The name that its rows have on an analysis and in a snapshot.
    rows: str
    title: Any
    lead: Any
    add: Any
    empty: Any
    is_step: bool = True


PARTS = (
    Part(
        "ataganden",
        Commitment,
        "commitments",
        _("Commitments"),
        _("What must be protected, and how long it can be without."),
        _("Add a commitment"),
        _("There are no commitments yet. Begin with what people would miss first."),
    ),
    Part(
        "risker",
        Risk,
        "risks",
        _("Risks"),
        _("What may happen to each commitment, how likely it is and how grave it would be."),
        _("Add a risk"),
        _("There are no risks yet."),
    ),
    Part(
        "sarbarheter",
        Vulnerability,
        "vulnerabilities",
        _("Vulnerabilities"),
        _("What makes it easier for things to go wrong."),
        _("Add a vulnerability"),
        _("No vulnerabilities are noted."),
        is_step=False,
    ),
    Part(
        "beroenden",
        Dependency,
        "dependencies",
        _("Dependencies"),
        _("What a commitment cannot do without, and for how long it can."),
        _("Add a dependency"),
        _("There are no dependencies yet. Begin with staff, electricity and telephone."),
    ),
    Part(
        "leverantorer",
        Supplier,
        "suppliers",
        _("Suppliers"),
        _("Those outside the city that a commitment relies on."),
        _("Add a supplier"),
        _("No suppliers are noted."),
        is_step=False,
    ),
    Part(
        "kontinuitet",
        ContinuityPlan,
        "plans",
        _("Continuity plans"),
        _("How a commitment goes on without what it depends on."),
        _("Add a continuity plan"),
        _("There are no continuity plans yet."),
    ),
    Part(
        "handlingsplan",
        Measure,
        "measures",
        _("Action plan"),
        _("What is done about the risks: by whom and by when."),
        _("Add a measure"),
        _("No measures are planned yet."),
    ),
)
BY_SLUG = {part.slug: part for part in PARTS}
BY_MODEL = {part.model: part for part in PARTS}
# Before what leads to it, as a copy has to be made.
IN_ORDER_OF_NEED = (Commitment, Risk, Vulnerability, Supplier, Dependency, ContinuityPlan, Measure)


def part_of(item: Item) -> Part:
    return BY_MODEL[type(item)]
