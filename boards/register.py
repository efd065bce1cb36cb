"""Loads the reference data of the ground floor: boards with their history, areas and office types.

Read and apply are apart, and applying twice changes nothing.
"""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from . import mandates
from .models import Area, Board, Office, OfficeType, Sector, Succession

REFERENCE = Path(__file__).parent / "reference"


def read(name: str) -> Any:
    return json.loads((REFERENCE / f"{name}.json").read_text(encoding="utf-8"))


@transaction.atomic
def apply_office_types(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        OfficeType.objects.update_or_create(code=row["code"], defaults=row)
    mandates.grant(Office.objects.select_related("type"))


@transaction.atomic
def apply_city(reference: dict[str, list[dict[str, Any]]]) -> None:
    """Adds the boards that are missing; what the city has corrected since stays as it is."""
    known = set(Board.objects.values_list("code", flat=True))
    new = [row for row in reference["boards"] if row["code"] not in known]
    for row in new:
        Board.objects.create(**{key: value for key, value in row.items() if key != "parent"})
    boards = {board.code: board for board in Board.objects.all()}
    for row in new:
        if parent := row.get("parent"):
            Board.objects.filter(code=row["code"]).update(parent=boards[parent])
    for row in reference["successions"]:
        Succession.objects.get_or_create(
            predecessor=boards[row["predecessor"]],
            successor=boards[row["successor"]],
            defaults={"on": row["on"]},
        )
    for row in reference["areas"]:
        Area.objects.get_or_create(
            name=row["name"],
            valid_from=row.get("valid_from"),
            defaults={"board": boards[row["board"]], "valid_to": row.get("valid_to")},
        )


@transaction.atomic
def apply_sectors(rows: list[dict[str, str]]) -> None:
    """Adds the sectors that are missing; their names and members are the city's to change."""
    for row in rows:
        Sector.objects.get_or_create(code=row["code"], defaults={"name": row["name"]})
