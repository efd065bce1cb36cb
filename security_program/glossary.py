"""The words of the programme, explained in our own words in both languages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from boards.bilingual import word_in_readers_language
from boards.swedish import sort_key

from .reference import read


@dataclass(frozen=True)
class Term:
    key: str
    term: str
    text: str
    source: str
    # What it is called in the other language.
    other: str


@cache
def _rows() -> list[dict[str, str]]:
    return read("glossary")


def word(key: str) -> Callable[[], Term]:
    """For a form: the word beside the field it is about, in the language of whoever reads it."""
    return partial(_by_key, key)


def _by_key(key: str) -> Term:
    return next(_term(row) for row in _rows() if row["key"] == key)


def in_order() -> list[Term]:
    """In the alphabetical order of the page's language."""
    return sorted((_term(row) for row in _rows()), key=lambda term: sort_key(term.term))


def letters(terms: list[Term]) -> list[tuple[str, str]]:
    """The letters that some word begins with, each with its first word."""
    first: dict[str, str] = {}
    for term in terms:
        first.setdefault(term.term[0].upper(), term.key)
    return list(first.items())


def _term(row: dict[str, str]) -> Term:
    term = word_in_readers_language(row, "term")
    other = row["term"] if term == row["term_en"] else row["term_en"]
    return Term(row["key"], term, word_in_readers_language(row, "text"), row["source"], other)
