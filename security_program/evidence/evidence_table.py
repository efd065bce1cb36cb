"""What shows each of the binding requirements, one a line. A test fails when a line is missing.

shown_by(…)   the system sees it: the function answers yes, no or not yet
STATEMENT     a person states it, with a link to what shows it
RSA, CRISIS…  the system will see it when that part keeps it; until then it cannot be shown and is never green
APART         protective security: whether it is met is not gathered here (OSL 15 kap. 2 §); its chief follows it up
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..models import Assignment
from . import analyses, meetings, offices, plans, programme
from .asking import Finding, Findings, Inquiry


class Way(Enum):
    SHOWN = "shown"
    STATED = "stated"
    AWAITED = "awaited"
    APART = "apart"


@dataclass(frozen=True)
class Proof:
    way: Way
    resolver: Callable[[Inquiry], Findings] | None = None
    # What keeps the proof, or will.
    says: Any = ""

    @property
    def may_be_met(self) -> bool:
        """What cannot be shown yet is never green, whoever says so."""
        return self.way in (Way.SHOWN, Way.STATED)


def shown_by(resolver: Callable[[Inquiry], Findings]) -> Proof:
    return Proof(Way.SHOWN, resolver)


STATEMENT = Proof(Way.STATED, says=_("Stated by a person"))
RSA = Proof(
    Way.AWAITED, says=_("Cannot be shown yet: waits for the city's own risk and vulnerability analysis")
)
INCIDENTS = Proof(Way.AWAITED, says=_("Cannot be shown yet: waits for the reports of incidents"))
CRISIS = Proof(Way.AWAITED, says=_("Cannot be shown yet: waits for plans, duty and exercises"))
PICTURES = Proof(Way.AWAITED, says=_("Cannot be shown yet: waits for the situational pictures"))
APART = Proof(Way.APART, says=_("Followed up by the head of protective security, outside this system"))

TABLE: dict[str, Proof] = {
    "REQ-007": CRISIS,
    "REQ-008": STATEMENT,
    "REQ-009": shown_by(programme.decided_by_the_council),
    "REQ-010": CRISIS,
    "REQ-011": shown_by(programme.binds_the_organisation),
    "REQ-012": shown_by(programme.decided_by_the_council),
    "REQ-013": shown_by(programme.instructions_acknowledged),
    "REQ-014": shown_by(programme.instructions_listed),
    "REQ-015": shown_by(programme.instructions_listed),
    "REQ-016": STATEMENT,
    "REQ-017": STATEMENT,
    "REQ-018": STATEMENT,
    "REQ-019": STATEMENT,
    "REQ-020": STATEMENT,
    "REQ-021": STATEMENT,
    "REQ-022": STATEMENT,
    "REQ-023": shown_by(meetings.security_council),
    "REQ-024": STATEMENT,
    "REQ-025": STATEMENT,
    "REQ-026": shown_by(offices.trained_coordinator),
    "REQ-027": shown_by(offices.security_coordinator),
    "REQ-028": shown_by(offices.information_security_coordinator),
    "REQ-029": STATEMENT,
    "REQ-030": INCIDENTS,
    "REQ-031": STATEMENT,
    "REQ-032": INCIDENTS,
    "REQ-033": shown_by(plans.in_ordinary_steering),
    "REQ-034": shown_by(plans.goals_and_activities),
    "REQ-035": shown_by(plans.goals_lead_to_work),
    "REQ-036": shown_by(plans.follow_ups_handed_in),
    "REQ-037": INCIDENTS,
    "REQ-038": STATEMENT,
    "REQ-039": STATEMENT,
    "REQ-040": shown_by(offices.training_taken),
    "REQ-041": STATEMENT,
    "REQ-042": shown_by(analyses.handed_in),
    "REQ-043": STATEMENT,
    "REQ-044": shown_by(analyses.anchored),
    "REQ-045": STATEMENT,
    "REQ-046": shown_by(analyses.by_the_instructions),
    "REQ-047": shown_by(analyses.commitments_judged),
    "REQ-048": shown_by(analyses.risks_found),
    "REQ-049": shown_by(analyses.dependencies_planned_for),
    "REQ-050": STATEMENT,
    "REQ-051": shown_by(analyses.action_plan),
    "REQ-052": shown_by(analyses.measures_in_the_plan),
    "REQ-053": RSA,
    "REQ-054": RSA,
    "REQ-055": STATEMENT,
    "REQ-056": STATEMENT,
    "REQ-057": PICTURES,
    "REQ-058": STATEMENT,
    "REQ-059": PICTURES,
    "REQ-060": PICTURES,
    "REQ-061": STATEMENT,
    "REQ-062": STATEMENT,
    "REQ-063": STATEMENT,
    "REQ-064": STATEMENT,
    "REQ-065": STATEMENT,
    "REQ-066": STATEMENT,
    "REQ-067": STATEMENT,
    "REQ-068": STATEMENT,
    "REQ-069": STATEMENT,
    "REQ-070": shown_by(meetings.network),
    "REQ-071": STATEMENT,
    "REQ-072": STATEMENT,
    "REQ-073": STATEMENT,
    "REQ-074": STATEMENT,
    "REQ-075": STATEMENT,
    "REQ-076": shown_by(offices.crisis_management),
    "REQ-077": CRISIS,
    "REQ-078": CRISIS,
    "REQ-079": STATEMENT,
    "REQ-080": STATEMENT,
    "REQ-081": CRISIS,
    "REQ-082": CRISIS,
    "REQ-083": STATEMENT,
    "REQ-084": STATEMENT,
    "REQ-085": CRISIS,
    "REQ-086": CRISIS,
    "REQ-087": STATEMENT,
    "REQ-088": CRISIS,
    "REQ-089": CRISIS,
    "REQ-090": CRISIS,
    "REQ-091": CRISIS,
    "REQ-092": CRISIS,
    "REQ-093": CRISIS,
    "REQ-094": CRISIS,
    "REQ-095": STATEMENT,
    "REQ-096": CRISIS,
    "REQ-097": STATEMENT,
    "REQ-098": STATEMENT,
    "REQ-099": STATEMENT,
    "REQ-100": STATEMENT,
    "REQ-101": CRISIS,
    "REQ-102": CRISIS,
    "REQ-103": STATEMENT,
    "REQ-104": STATEMENT,
    "REQ-105": STATEMENT,
    "REQ-106": STATEMENT,
    "REQ-107": STATEMENT,
    "REQ-108": CRISIS,
    "REQ-109": STATEMENT,
    "REQ-110": APART,
    "REQ-111": APART,
    "REQ-112": APART,
    "REQ-113": APART,
    "REQ-114": APART,
    "REQ-115": APART,
    "REQ-116": APART,
    "REQ-117": APART,
    "REQ-118": APART,
    "REQ-119": APART,
    "REQ-120": APART,
    "REQ-121": APART,
    "REQ-122": STATEMENT,
    "REQ-123": STATEMENT,
    "REQ-124": APART,
    "REQ-125": STATEMENT,
    "REQ-126": INCIDENTS,
    "REQ-127": STATEMENT,
    "REQ-128": STATEMENT,
    "REQ-129": STATEMENT,
    "REQ-130": STATEMENT,
    "REQ-131": shown_by(analyses.accidents_considered),
    "REQ-132": STATEMENT,
    "REQ-133": STATEMENT,
    "REQ-134": STATEMENT,
    "REQ-135": STATEMENT,
    "REQ-136": PICTURES,
    "REQ-137": STATEMENT,
    "REQ-138": STATEMENT,
    "REQ-139": STATEMENT,
    "REQ-140": STATEMENT,
    "REQ-141": STATEMENT,
    "REQ-142": STATEMENT,
    "REQ-143": STATEMENT,
    "REQ-144": STATEMENT,
    "REQ-145": INCIDENTS,
    "REQ-146": INCIDENTS,
    "REQ-147": PICTURES,
    "REQ-148": STATEMENT,
    "REQ-149": STATEMENT,
    "REQ-150": STATEMENT,
}


def proof_of(code: str) -> Proof:
    """What earlier versions demanded is before the system's time, and stated."""
    return TABLE.get(code, STATEMENT)


def find(year: int, assignments: Iterable[Assignment]) -> dict[int, Finding]:
    """What the system sees, for each assignment it can see: each resolver is asked once for all."""
    rows = [row for row in assignments if row.is_binding]
    inquiry = Inquiry(year, rows)
    answers: dict[Callable, Findings] = {}
    found: dict[int, Finding] = {}
    for row in rows:
        resolver = proof_of(row.requirement.code).resolver
        if resolver is not None:
            if resolver not in answers:
                answers[resolver] = resolver(inquiry)
            found[row.pk] = answers[resolver][row.board_id]
    return found
