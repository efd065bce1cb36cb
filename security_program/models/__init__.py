from .accessibility import AccessibilityStatement, BarrierReport
from .activities import Activity
from .adoption_calls import AdoptionCall
from .adoptions import Adoption
from .answers import Answer, FollowUpStep, Remark, Situation, Supplement
from .board_goals import BoardGoal, NotRelevant
from .calendar import CalendarRule
from .calendar_addresses import CalendarAddress
from .decisions import CouncilDecision
from .follow_ups import FollowUp
from .goals import Descent, FocusArea, Goal
from .guidelines import Guideline, GuidelineAcknowledgement, GuidelineVersion
from .help import HelpText
from .indicators import Indicator, IndicatorValue
from .obligations import Assignment
from .paragraphs import Erratum, Paragraph
from .programme import Programme
from .reminders import Reminder
from .requirements import Requirement, RequirementActor
from .rounds import Round
from .statements import Statement
from .steering import HandOver, SteeringWord

__all__ = [
    "AccessibilityStatement",
    "Activity",
    "Adoption",
    "AdoptionCall",
    "Answer",
    "Assignment",
    "BarrierReport",
    "BoardGoal",
    "CalendarAddress",
    "CalendarRule",
    "CouncilDecision",
    "Descent",
    "Erratum",
    "FocusArea",
    "FollowUp",
    "FollowUpStep",
    "Goal",
    "Guideline",
    "GuidelineAcknowledgement",
    "GuidelineVersion",
    "HandOver",
    "HelpText",
    "Indicator",
    "IndicatorValue",
    "NotRelevant",
    "Paragraph",
    "Programme",
    "Remark",
    "Reminder",
    "Requirement",
    "RequirementActor",
    "Round",
    "Situation",
    "Statement",
    "SteeringWord",
    "Supplement",
]
