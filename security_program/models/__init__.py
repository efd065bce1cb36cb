from .accessibility import AccessibilityStatement, BarrierReport
from .calendar import CalendarRule
from .decisions import CouncilDecision
from .goals import Descent, FocusArea, Goal
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
    "HelpText",
    "Paragraph",
    "Programme",
    "Requirement",
    "RequirementActor",
]
