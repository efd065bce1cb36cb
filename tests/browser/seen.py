"""Which pages there are and through whose eyes each is looked at, as the access matrix says."""

import csv
from pathlib import Path

from tests import routes
from tests.house.town import ANONYMOUS, EYES
from tests.routes import ONE, OWN

# Every component in every state; open where DEBUG is on, as it is on the server of the browser tests.
STYLE = "style"
TABLE = Path(__file__).parent.parent / "access_matrix.csv"


def eyes() -> dict[str, str]:
    """For each page the first of the standing eyes that gets it."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = {
            row["route"]: row
            for row in csv.DictReader(file)
            if row["method"] == "GET" and row["whose"] in (OWN, ONE)
        }
    seen = {
        route.name: role
        for route in routes.pages()
        if not route.is_api and route.name not in routes.FILES and route.name in rows
        for role in [next((role for role in EYES if rows[route.name].get(role) == "200"), "")]
        if role
    }
    return {**seen, STYLE: ANONYMOUS}
