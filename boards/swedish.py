"""Swedish alphabetical order: å, ä and ö come last, on PostgreSQL and on SQLite alike."""

import unicodedata
from functools import lru_cache
from typing import Any

# PostgreSQL makes it from ICU in the first migration; SQLite is taught one of the same name.
COLLATION = "swedish"
# What ICU weighs before digits, in its own order; signs are not skipped.
SIGNS = " _-–—,;:!?.'‘’\"“”()[]{}@*/\\&#%`^+<=>|~$"
WEIGHTS = {sign: (chr(place), "0") for place, sign in enumerate(SIGNS, start=1)}
WEIGHTS |= {
    "å": ("{a", "0"),
    "ä": ("{b", "0"),
    "æ": ("{b", "1"),
    "ö": ("{c", "0"),
    "ø": ("{c", "1"),
    "ő": ("{c", "2"),
    "œ": ("{c", "3"),
    "ô": ("{c", "4"),
    "ü": ("y", "1"),
    "ű": ("y", "2"),
    "đ": ("d", "1"),
    "ð": ("d", "2"),
    "þ": ("th", "1"),
    "ł": ("l", "1"),
}


@lru_cache(maxsize=8192)
def sort_key(text: str) -> tuple[str, str, str, str]:
    """Letters first, then accents, then case, the way ICU weighs them; the text itself decides ties."""
    weights = [_weigh(sign) for sign in unicodedata.normalize("NFC", text.casefold())]
    return (
        "".join(letter for letter, _accent in weights),
        "".join(accent for _letter, accent in weights),
        text.swapcase(),
        text,
    )


def _weigh(sign: str) -> tuple[str, str]:
    if sign in WEIGHTS:
        return WEIGHTS[sign]
    taken_apart = unicodedata.normalize("NFD", sign)
    return taken_apart[0], taken_apart[1:] or "0"


def compare(left: str, right: str) -> int:
    if left == right:
        return 0
    return -1 if sort_key(left) < sort_key(right) else 1


def teach_sqlite(connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, compare)
