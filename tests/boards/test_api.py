"""The API: the same rows through the same door, by keyset, with one answer for missing and foreign."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boards.days import today
from boards.models import Board, Office, OfficeHolder
from tests.conftest import Cast, signed_in


def walk(client: Client, address: str) -> list[dict[str, Any]]:
    found = []
    while address:
        answer = client.get(address)
        assert answer.status_code == 200
        body = answer.json()
        found += body["results"]
        address = body["next"]
    return found


def test_boards_are_listed_by_keyset_once_each_and_in_order(cast: Cast, as_coordinator: Client) -> None:
    boards = walk(as_coordinator, "/api/v1/namnder/")
    assert [board["name"] for board in boards] == list(Board.objects.by_name().values_list("name", flat=True))


def test_one_board_has_explicit_fields_and_its_successions(cast: Cast, as_coordinator: Client) -> None:
    board = as_coordinator.get("/api/v1/namnder/jarva/").json()
    assert set(board) == {
        "id",
        "slug",
        "name",
        "short_name",
        "kind",
        "administration",
        "parent",
        "valid_from",
        "valid_to",
        "predecessors",
        "successors",
        "version",
    }
    assert board["predecessors"] == ["rinkeby-kista", "spanga-tensta"]


def test_office_holders_go_through_the_same_door_as_the_page(cast: Cast, as_coordinator: Client) -> None:
    held = Office.objects.of(cast.bromma, "vb").appoint(cast.employee, by=cast.chief, valid_from=today())
    address = f"/api/v1/roller/{held.pk}/"
    hidden, missing = as_coordinator.get(address), as_coordinator.get("/api/v1/roller/999999/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert hidden["Content-Type"] == "application/problem+json"
    assert signed_in(cast.chief).get(address).json()["awaits_approval"] is True
    assert held.pk not in [row["id"] for row in walk(as_coordinator, "/api/v1/roller/")]


def test_office_holders_of_one_board(cast: Cast, as_coordinator: Client) -> None:
    assert cast.farsta_coordinator
    rows = walk(as_coordinator, "/api/v1/roller/?namnd=bromma")
    assert [(row["board"], row["office"], row["person"]) for row in rows] == [
        ("bromma", "sakerhetssamordnare", "Karin Ek")
    ]


def test_the_list_costs_as_many_queries_however_long(cast: Cast, as_coordinator: Client) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            as_coordinator.get(address)
        return len(queries)

    cost("/api/v1/namnder/")
    before = [cost("/api/v1/namnder/"), cost("/api/v1/roller/")]
    for number in range(6):
        Office.objects.of(cast.farsta, "chef").appoint(
            cast.person(f"Boss {number}"), by=None, valid_from=today()
        )
    assert [cost("/api/v1/namnder/"), cost("/api/v1/roller/")] == before
    assert OfficeHolder.objects.count() > 6


@pytest.mark.parametrize(
    "address", ["/api/v1/namnder/?efter=x", "/api/v1/namnder/finns-inte/", "/api/v1/roller/0/"]
)
def test_what_is_not_there_is_a_problem_with_one_text(
    cast: Cast, as_coordinator: Client, address: str
) -> None:
    answer = as_coordinator.get(address)
    assert answer.status_code == 404
    assert set(answer.json()) == {"status", "title"}


def test_nothing_is_shown_to_those_who_have_not_signed_in(cast: Cast, anyone: Client) -> None:
    for address in ("/api/v1/namnder/", "/api/v1/roller/", "/api/v1/schema/"):
        answer = anyone.get(address)
        assert answer.status_code in (302, 401, 403), address
        assert b"Bromma" not in answer.content


def test_nothing_is_changed_through_the_api(cast: Cast, as_coordinator: Client) -> None:
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(as_coordinator, method)("/api/v1/namnder/bromma/")
        assert answer.status_code == 405
        assert answer["Content-Type"] == "application/problem+json"


def test_the_schema_describes_every_address(cast: Cast, as_coordinator: Client) -> None:
    schema = as_coordinator.get("/api/v1/schema/").json()
    assert set(schema["paths"]) >= {
        "/api/v1/namnder/",
        "/api/v1/namnder/{slug}/",
        "/api/v1/roller/",
        "/api/v1/roller/{id}/",
    }
    names = {each["name"] for each in schema["paths"]["/api/v1/roller/"]["get"]["parameters"]}
    assert names >= {"efter", "fore", "namnd"}
