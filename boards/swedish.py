"""Swedish alphabetical order: å, ä and ö come last, on PostgreSQL and on SQLite alike."""

import unicodedata
from typing import Any

# PostgreSQL makes it from ICU in the first migration; SQLite is taught one of the same name.
COLLATION = "swedish"
LAST_LETTERS = {"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"}
PUNCTUATION = str.maketrans("", "", "-'’.:()")


def sort_key(text: str) -> tuple[str, str]:
    """Letters first and only then accents and case, the way ICU weighs them."""
    return "".join(_letter(sign) for sign in text.casefold().translate(PUNCTUATION)), text.swapcase()


def _letter(sign: str) -> str:
    return LAST_LETTERS.get(sign) or unicodedata.normalize("NFD", sign)[0]


def compare(left: str, right: str) -> int:
    if left == right:
        return 0
    return -1 if sort_key(left) < sort_key(right) else 1


def teach_sqlite(connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, compare)
