"""The benchmark's padding is written by statements of its own, and a new column must not be forgotten there."""

import re

import pytest
from django.apps import apps

from script.benchmark import padding
from script.benchmark.years import verdict

TABLES = {model._meta.db_table: model for model in apps.get_models()}


@pytest.mark.parametrize(
    "statement", padding.STATEMENTS_IN_ORDER, ids=[model.__name__ for model in padding.MODELS]
)
def test_the_padding_fills_every_column_that_must_be_filled(statement: str) -> None:
    table, listed = re.search(r"INSERT INTO (\w+)\s+\(([^)]*)\)", statement).groups()  # type: ignore[union-attr]
    columns = {column.strip() for column in listed.split(",")}
    fields = TABLES[table]._meta.concrete_fields
    needed = {field.column for field in fields if not field.null and not field.primary_key}
    assert needed <= columns <= {field.column for field in fields}


def test_the_verdict_names_the_pages_that_take_longer_than_they_may() -> None:
    assert verdict({"A plan": 1.3, "A round": 0.9}).startswith("Every page is within")
    said = verdict({"A plan": 1.31, "A round": 0.9})
    assert "A plan (1.31)" in said
    assert "A round" not in said
