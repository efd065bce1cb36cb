from .accessibility import AccessibilityStatement, BarrierReport
from .calendar import CalendarRule
from .programme import FocusArea, Programme
from .texts import HelpText, SiteText

__all__ = [
    "AccessibilityStatement",
    "BarrierReport",
    "CalendarRule",
    "FocusArea",
    "HelpText",
    "Programme",
    "SiteText",
]
