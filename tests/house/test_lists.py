"""Budget B29: a list without rows says so in its own words."""

import importlib
from collections.abc import Iterator
from functools import cache

import pytest
from django.conf import settings

from boards.tables import Table

pytestmark = pytest.mark.once

FLOORS = ["boards", "risk_analysis", "incidents", "crisis", "security_program"]


@cache
def tables() -> dict[str, type[Table]]:
    """Every table that the floors declare; the addresses lead to all of them."""
    importlib.import_module(settings.ROOT_URLCONF)
    return {table.__qualname__: table for table in below(Table) if table.columns and in_the_house(table)}


def below(kind: type[Table]) -> Iterator[type[Table]]:
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def in_the_house(table: type[Table]) -> bool:
    return table.__module__.partition(".")[0] in FLOORS


@pytest.mark.parametrize("name", tables())
def test_a_list_without_rows_says_so_in_words_of_its_own(name: str) -> None:
    assert tables()[name].empty != Table.empty
    assert str(tables()[name].empty).endswith(".")


def test_the_tables_of_the_floors_are_found() -> None:
    assert {"BoardTable", "DocumentTable", "RequirementTable", "ActivityTable"} <= set(tables())
