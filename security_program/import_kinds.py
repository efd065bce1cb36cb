"""What may be read in on this floor."""

from . import import_activities, import_goals, import_indicators, import_steering

__all__ = ["import_activities", "import_goals", "import_indicators", "import_steering"]
