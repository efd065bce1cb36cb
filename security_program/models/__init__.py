from .accessibility import AccessibilityStatement, BarrierReport
from .calendar import CalendarRule
from .decisions import CouncilDecision
from .goals import Descent, FocusArea, Goal
from .guidelines import Guideline, GuidelineAcknowledgement, GuidelineVersion
from .help import HelpText
from .paragraphs import Erratum, Paragraph
from .programme import Programme
from .requirements import Requirement, RequirementActor

__all__ = [
    "AccessibilityStatement",
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
]
