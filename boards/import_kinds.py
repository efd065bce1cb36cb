"""What may be read in on this floor; the app finds the module of this name in each app and reads it."""

from . import import_boards, import_members, import_offices

__all__ = ["import_boards", "import_members", "import_offices"]
