"""Å, ä and ö come last and signs first, alike on both databases."""

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards.models import User
from boards.swedish import compare

# As PostgreSQL's ICU collation for sv-SE puts them.
IN_ORDER = [
    "10 a",
    "2 a",
    "A (b)",
    "a b",
    "a la",
    "à la",
    "a-b",
    "A, b",
    "A.b",
    "A'b",
    "a/b",
    "a&b",
    "a1",
    "ab",
    "Ab",
    "AB",
    "AB Stokab",
    "Hägersten Liljeholmen",
    "Hägersten-Liljeholmen",
    "Hägersten-Älvsjö",
    "Muller",
    "Mylla",
    "Myller",
    "Müller",
    "resume",
    "Resume",
    "résumé",
    "S:t Erik",
    "Skolfastigheter",
    "St Erik",
    "Stockholm",
    "vård",
    "Vård",
    "ward",
    "zoo",
    "åsa",
    "Åsa",
    "æ",
    "Ädel",
    "äpple",
    "ö",
    "ø",
    "Örby",
]

words = st.text(max_size=8)


def test_names_are_sorted_alike_on_both_databases(db: None) -> None:
    for place, name in enumerate(reversed(IN_ORDER)):
        User.objects.create_user(f"{place}@example.org", name)
    assert list(User.objects.by_name().values_list("name", flat=True)) == IN_ORDER


def test_the_order_taught_to_sqlite_is_the_same_list() -> None:
    mixed = [*IN_ORDER[::-1]]
    mixed.sort(key=functools.cmp_to_key(compare))
    assert mixed == IN_ORDER


@settings(deadline=None)
@given(words, words, words)
def test_any_texts_have_one_order(one: str, two: str, three: str) -> None:
    assert compare(one, two) == -compare(two, one)
    assert (compare(one, two) == 0) is (one == two)
    if compare(one, two) <= 0 and compare(two, three) <= 0:
        assert compare(one, three) <= 0


@pytest.mark.parametrize(("first", "then"), [("Zita", "Åsa"), ("Åsa", "Ärla"), ("Ärla", "Östen")])
def test_the_three_last_letters_come_last_in_their_order(first: str, then: str) -> None:
    assert compare(first, then) < 0
