from .accessibility import AccessibilityStatement, BarrierReport
from .calendar import CalendarRule
from .help import HelpText
from .programme import FocusArea, Programme

__all__ = [
    "AccessibilityStatement",
    "BarrierReport",
    "CalendarRule",
    "FocusArea",
    "HelpText",
    "Programme",
]
