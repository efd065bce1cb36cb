from .accessibility import AccessibilityStatement, BarrierReport
from .adoptions import Adoption
from .calendar import CalendarRule
from .decisions import CouncilDecision
from .goals import Descent, FocusArea, Goal
from .guidelines import Guideline, GuidelineAcknowledgement, GuidelineVersion
from .help import HelpText
from .obligations import Assignment
from .paragraphs import Erratum, Paragraph
from .programme import Programme
from .requirements import Requirement, RequirementActor
from .statements import Statement

__all__ = [
    "AccessibilityStatement",
    "Adoption",
    "Assignment",
    "BarrierReport",
    "CalendarRule",
    "CouncilDecision",
    "Descent",
    "Erratum",
    "FocusArea",
    "Goal",
    "Guideline",
    "GuidelineAcknowledgement",
    "GuidelineVersion",
    "HelpText",
    "Paragraph",
    "Programme",
    "Requirement",
    "RequirementActor",
    "Statement",
]
