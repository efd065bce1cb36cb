"""How many questions each page asks the database: committed, and the same when there is twice as much of everything.

The counts are tests/query_counts.json. `pytest tests/house/test_query_counts.py --update-queries` writes them anew.
"""

import json
from pathlib import Path

import pytest

from tests import routes
from tests.house.crawl import Browser, visit
from tests.house.doubled import double_everything
from tests.house.town import EYES, Town
from tests.routes import ONE, OWN

# PostgreSQL is asked the same, and on two pages how far its log has been archived.
pytestmark = pytest.mark.once
COUNTS = Path(__file__).parent.parent / "query_counts.json"
BUDGET = 12
# Pages that ask more, and why they may.
ASKED_BY_ALLAUTH = "allauth asks for each kind of factor by itself, and keeps its challenge in the session"
OVER_BUDGET = {
    "account_detail": "What is protected is written down before it is shown: two rows, each in a transaction",
    "api_account": "The year of obligations: each kind of evidence is asked for once",
    "board_page": "One question for each panel that a floor hangs on the page",
    "city_risks": "The purpose is asked for, and who reads is written down before anything is shown",
    "risk_page": "Its history, measures, questions and acceptance ask once each, and who reads is written down first",
    "rsa_review": "Both snapshots, answers, questions and steps ask once each, and who reads is written down first",
    "board_what_if": "The graph of one's own analysis, its plans, answers and choices are asked for by themselves",
    "board_plan": "The version, its areas, goals, activities, indicators and what can be carried over each ask once",
    "my_page": "One question for each kind of thing that waits for the person",
    "own_calendar": "One question for each kind of day that a floor puts in the calendar",
    "office_list": "The holders, what is vacant, what waits and the latest events are asked for by themselves",
    "obligation_list": "Each kind of evidence is asked for once, however many the obligations",
    "rsa_list": "One's own analyses, the rounds, who prepares them and the scales are asked for by themselves",
    "rsa_page": "Each kind of row is read once, with what hangs on it, to say all that is left by name",
    "rsa_item": "The row, its choices, what is said about it, how it stood last year and that it was read",
    "rsa_whole": "Each kind of row is read once for the text and once for what is left",
    "obligation_page": "What the boards before answered, the history and the evidence are asked for by themselves",
    "mfa_activate_totp": ASKED_BY_ALLAUTH,
    "mfa_add_webauthn": ASKED_BY_ALLAUTH,
    "mfa_reauthenticate_webauthn": ASKED_BY_ALLAUTH,
}


def counted(town: Town) -> dict[str, int]:
    """Each page once, seen by the first of the standing eyes that may see it."""
    browsers = {role: Browser(town.client(role)) for role in EYES}
    for browser in browsers.values():
        browser.answer("GET", "/", "sv")  # notes when the session was last seen, once a minute
    counts = {}
    for route in routes.pages():
        whose = OWN if OWN in route.whose else ONE
        for role in EYES:
            looked = [
                visit(browsers[role], role, route, whose, "GET", "sv", route.url(town.place(whose, role)))
                for _warm in range(2)
            ]
            if looked[1].status == 200:
                counts[f"{route.name} {role}"] = looked[1].queries
                break
    return counts


@pytest.fixture
def before_and_after(town: Town) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    before = counted(town)
    return before, double_everything(), counted(town)


def test_each_page_asks_as_much_as_the_table_says_and_no_more_for_twice_the_data(
    before_and_after: tuple[dict[str, int], dict[str, int], dict[str, int]], pytestconfig: pytest.Config
) -> None:
    before, made, after = before_and_after
    assert all(made[kind] for kind in ("Board", "User", "OfficeHolder", "CouncilMeeting")), made
    grown = {page: (count, after.get(page)) for page, count in before.items() if after.get(page) != count}
    assert not grown, f"More questions for more data: {grown}"
    committed = json.loads(COUNTS.read_text(encoding="utf-8"))
    elsewhere = {page: count for page, count in committed.items() if not routes.is_wanted(page.split()[0])}
    counts = {**elsewhere, **before}
    if pytestconfig.getoption("--update-queries", default=False):
        COUNTS.write_text(json.dumps(counts, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        committed = counts
    assert counts == committed, "Run with --update-queries and read the change"


def test_no_page_asks_more_than_twelve_without_a_reason() -> None:
    counts = json.loads(COUNTS.read_text(encoding="utf-8"))
    over = {page.split()[0] for page, count in counts.items() if count > BUDGET}
    assert over == set(OVER_BUDGET)
