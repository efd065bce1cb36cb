"""What may be read in on this floor."""

from . import import_sheets

__all__ = ["import_sheets"]
