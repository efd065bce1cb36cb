"""A word kept in both languages as data, shown in the reader's."""

from django.db import models
from django.utils.translation import get_language


def in_readers_language(row: models.Model, field: str) -> str:
    """The English text on an English page where there is one, else the Swedish."""
    english = getattr(row, f"{field}_en") if (get_language() or "").startswith("en") else ""
    return english or getattr(row, field)


def word_in_readers_language(word: dict[str, str], field: str) -> str:
    """The same of a word that is kept as a row of reference data."""
    english = word.get(f"{field}_en", "") if (get_language() or "").startswith("en") else ""
    return english or word.get(field, "")
