"""The benchmark's padding is written by statements of its own, and a new column must not be forgotten there."""

import re

import pytest
from django.apps import apps
from django.urls import resolve

from risk_analysis.cascade import cascade
from script.benchmark import city_graph, padding, risks
from script.benchmark.pages import PAGES, more_lists_and_forms, pages_of_a_year
from script.benchmark.years import in_good_time, verdict

TABLES = {model._meta.db_table: model for model in apps.get_models()}


@pytest.mark.parametrize(
    "statement",
    [*padding.STATEMENTS_IN_ORDER, *risks.STATEMENTS_IN_ORDER],
    ids=[*(model.__name__ for model in padding.MODELS), "RsaCycle", "Rsa", "Commitment", "Risk"],
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


def test_every_page_that_is_measured_has_an_address() -> None:
    for page in [*PAGES, *pages_of_a_year(), *more_lists_and_forms()]:
        assert resolve(page.path.partition("?")[0])


def test_one_row_says_which_lists_and_forms_take_too_long() -> None:
    assert in_good_time({"A plan": 300.0, "A round": 12.0}) == "p95 of lists and forms: 2 of 2 within 300 ms"
    said = in_good_time({"A plan": 301.0, "A round": 12.0})
    assert said == "p95 of lists and forms: 1 of 2 within 300 ms; beyond it: A plan (301 ms)"


def test_the_graph_that_is_measured_has_as_many_nodes_as_it_says_and_a_cascade_through_it() -> None:
    city = city_graph.a_city(2000)
    assert len(city.nodes) == 2000
    assert len(cascade(city, ["el"]).commitments) > 1000
