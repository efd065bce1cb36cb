"""Who reaches what: every address as every role, at the own board, a foreign one and one that has ended.

The table is tests/access_matrix.csv. `pytest tests/house/test_access_matrix.py --update-matrix` writes it anew;
what it then says is to be read before it is committed.
"""

import csv
from pathlib import Path

import pytest

from tests import routes
from tests.house.crawl import LANGUAGES, Visit
from tests.house.town import ANONYMOUS, ROLES
from tests.routes import MISSING, PARAMETERS, PUBLIC

TABLE = Path(__file__).parent.parent / "access_matrix.csv"
HEADING = ["route", "method", "whose", *ROLES]
Key = tuple[str, str, str]


def measured(walk: list[Visit]) -> dict[Key, dict[str, str]]:
    rows: dict[Key, dict[str, str]] = {}
    for visit in walk:
        if visit.language == LANGUAGES[0] and visit.whose != MISSING:
            key = (visit.route, visit.method, visit.whose)
            rows.setdefault(key, {})[visit.role] = str(visit.status)
    return rows


def committed() -> dict[Key, dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(row.pop("route"), row.pop("method"), row.pop("whose")): row for row in rows}


def not_walked_to(table: dict[Key, dict[str, str]]) -> dict[Key, dict[str, str]]:
    return {key: row for key, row in table.items() if not routes.is_wanted(key[0])}


def write(rows: dict[Key, dict[str, str]]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(HEADING)
        table.writerows([*key, *(row[role] for role in ROLES)] for key, row in sorted(rows.items()))


def test_every_address_has_a_name_of_its_own() -> None:
    names = [route.name for route in routes.all_routes()]
    assert "" not in names, [route.pattern for route in routes.all_routes() if not route.name]
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})


def test_every_address_with_parameters_says_how_they_are_filled() -> None:
    missing = [f"{route.name} ({route.pattern})" for route in routes.unfilled()]
    assert not missing, f"Add a line for each to tests/parameters.py: {missing}"


def test_nothing_is_said_of_an_address_that_is_gone() -> None:
    names = {route.name for route in routes.all_routes()}
    said = {
        *PARAMETERS,
        *routes.METHODS,
        *routes.NOT_CRAWLED,
        *routes.CSRF_ELSEWHERE,
        *routes.FILES,
        *routes.EXPLAINS,
        *PUBLIC,
    }
    assert not said - names, "Take them out of tests/routes.py"


def test_each_role_gets_at_each_address_what_the_table_says(
    walk: list[Visit], pytestconfig: pytest.Config
) -> None:
    found = measured(walk)
    if pytestconfig.getoption("--update-matrix", default=False):
        write({**not_walked_to(committed()), **found})
    table = {key: row for key, row in committed().items() if routes.is_wanted(key[0])}
    advice = "Run with --update-matrix, read what changed in tests/access_matrix.csv and commit it"
    new, gone = sorted(found.keys() - table.keys()), sorted(table.keys() - found.keys())
    assert not new, f"Addresses without a row. {advice}"
    assert not gone, f"Rows without an address. {advice}"
    wrong = [
        f"{' '.join(key)} as {role}: {status}, the table says {table[key].get(role)}"
        for key, row in found.items()
        for role, status in row.items()
        if table[key].get(role) != status
    ]
    assert not wrong, f"{advice}:\n" + "\n".join(wrong)


def test_nobody_makes_the_house_fall_over(walk: list[Visit]) -> None:
    fallen = [visit for visit in walk if visit.status >= 500]
    why = {visit.error: str(visit) for visit in fallen}
    assert not fallen, f"{len(fallen)} in all:\n" + "\n".join(
        f"{who}:\n{error}" for error, who in why.items()
    )


def test_a_stranger_gets_nowhere_but_to_the_public_pages(walk: list[Visit]) -> None:
    inside = [
        f"{visit}: {visit.status}"
        for visit in walk
        if visit.role == ANONYMOUS and visit.route not in PUBLIC and not turned_away(visit)
    ]
    assert not inside


def turned_away(visit: Visit) -> bool:
    if visit.route.startswith("api"):
        return visit.status in (401, 403)
    if visit.status == 404:
        return visit.method == "GET"
    return visit.status == 302 and "logga-in" in visit.headers["Location"]


def test_a_foreign_thing_answers_with_the_bytes_of_a_missing_one(walk: list[Visit]) -> None:
    """For each role and language, so that a 404 tells nobody whether the thing exists."""
    missing = {(v.route, v.role, v.method, v.language): v for v in walk if v.whose == MISSING}
    for visit in walk:
        nothing = missing.get((visit.route, visit.role, visit.method, visit.language))
        if visit.status == 404 and visit.whose != MISSING and nothing:
            assert nothing.status == 404, nothing
            assert visit.nameless == nothing.nameless, f"{visit} differs from {nothing.url}"
            assert told(visit) == told(nothing), f"{visit} differs from {nothing.url}"


def told(visit: Visit) -> dict[str, str]:
    return {
        name: value for name, value in visit.headers.items() if name not in ("Content-Length", "Set-Cookie")
    }


def test_a_missing_thing_is_never_there(walk: list[Visit]) -> None:
    there = [
        f"{visit}: {visit.status}"
        for visit in walk
        if visit.whose == MISSING and visit.status == 200 and visit.route not in routes.EXPLAINS
    ]
    assert not there


@pytest.mark.once
def test_an_office_that_ended_yesterday_opens_no_more_than_being_an_employee(walk: list[Visit]) -> None:
    rows = measured(walk)
    more = {
        key: (row["coordinator_until_yesterday"], row["employee"])
        for key, row in rows.items()
        if row["coordinator_until_yesterday"] != row["employee"]
    }
    assert not more
