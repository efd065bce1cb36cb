"""A board's follow-up by keyboard alone, in both languages: filed, returned, corrected, approved and locked."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, override
from playwright.sync_api import Page, expect

from boards.days import today
from security_program.models import FollowUp
from tests.browser.conftest import House

pytestmark = pytest.mark.browser

COORDINATOR, CHIEF, OFFICER = "sakerhetssamordnare", "forvaltningschef", "slk_handlaggare"
# The town has one activity this year, and T2 is handed in already.
ACTIVITY = "Theta"
ROUNDS = {"sv": "t1", "en": "vb"}
FIRST, SECOND, REMARK = "Vi har övat en gång.", "Tolv chefer har övat.", "Skriv hur många."
MOST = 120
HERE = "() => (document.activeElement.textContent || '').replace(/\\s+/g, ' ').trim()"
NAME = "() => document.activeElement.name || ''"


@dataclass
class Somebody:
    """A person with a keyboard and no mouse."""

    page: Page
    url: str
    language: str

    def opens(self, address: str) -> None:
        self.page.goto(self.url + address)

    def finds(self, is_there: Callable[[], bool], what: str) -> None:
        for _step in range(MOST):
            self.page.keyboard.press("Tab")
            if is_there():
                return
        raise AssertionError(f"Tab never comes to {what} on {self.page.url}")

    def goes_to_field(self, name: str) -> None:
        self.finds(lambda: str(self.page.evaluate(NAME)) == name, name)

    def presses(self, words: str) -> None:
        self.finds(lambda: str(self.page.evaluate(HERE)) == words, words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def writes(self, name: str, text: str) -> None:
        self.goes_to_field(name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def reads(self, text: Any) -> None:
        expect(self.page.locator("main")).to_contain_text(str(text))


@pytest.fixture(params=["sv", "en"])
def language(request: pytest.FixtureRequest) -> Any:
    with override(request.param):
        yield request.param


def test_it_is_filed_returned_corrected_approved_and_locked(house: House, language: str) -> None:
    people = [
        Somebody(house.page(role, language), house.url, language) for role in (COORDINATOR, CHIEF, OFFICER)
    ]
    coordinator, chief, officer = people
    year, kind = today().year, ROUNDS[language]
    seen = house.addresses["follow_up_page"][COORDINATOR]
    report = seen.replace(f"/{year}/t2/", f"/{year}/{kind}/")
    assert report != seen
    opens_the_round(officer, kind)
    answers(coordinator, report, FIRST)
    approves(chief, report)
    returns(officer, report)
    corrects(coordinator, report)
    approves(chief, report)
    locks(officer, report, f"/uppfoljning/{year}/{kind}/")
    coordinator.opens(report)
    coordinator.reads(FollowUp.State.LOCKED.label)
    coordinator.reads(SECOND)
    expect(coordinator.page.get_by_role("link", name=ACTIVITY, exact=True)).to_have_count(0)


def opens_the_round(officer: Somebody, kind: str) -> None:
    officer.opens("/uppfoljning/ny/")
    officer.goes_to_field("kind")
    officer.page.keyboard.press("Space")
    if kind == "vb":
        officer.page.keyboard.press("ArrowUp")
    officer.presses(gettext("Open the round"))
    officer.reads(gettext("The round is open."))


def answers(coordinator: Somebody, report: str, text: str) -> None:
    coordinator.opens(report)
    coordinator.presses(ACTIVITY)
    coordinator.goes_to_field("status")
    coordinator.page.keyboard.press("Space")
    coordinator.writes("text", text)
    coordinator.presses(gettext("Save and next"))
    coordinator.reads(text)
    coordinator.presses(gettext("Hand to the head"))
    coordinator.reads(FollowUp.State.WITH_CHIEF.label)


def approves(chief: Somebody, report: str) -> None:
    chief.opens(report)
    chief.presses(gettext("Approve and hand in"))
    with override(chief.language):
        day = date_format(today(), "j F Y")
    chief.reads(gettext("Handed in %(day)s.") % {"day": day})


def returns(officer: Somebody, report: str) -> None:
    officer.opens(report)
    officer.presses(gettext("Begin to review"))
    officer.presses(gettext("Return with remarks"))
    officer.writes("comment", "Nästan klart.")
    officer.finds(lambda: str(officer.page.evaluate(NAME)).endswith("-text"), "the remark on the text")
    officer.page.keyboard.type(REMARK)
    officer.presses(gettext("Return with remarks"))
    officer.reads(gettext("The follow-up is returned to the board."))


def corrects(coordinator: Somebody, report: str) -> None:
    coordinator.opens(report)
    coordinator.reads("Nästan klart.")
    coordinator.reads(gettext("Has a remark"))
    coordinator.presses(ACTIVITY)
    coordinator.reads(REMARK)
    coordinator.writes("text", SECOND)
    coordinator.presses(gettext("Save and next"))
    coordinator.presses(gettext("Hand to the head"))


def locks(officer: Somebody, report: str, of_round: str) -> None:
    officer.opens(report)
    officer.presses(gettext("Begin to review"))
    officer.presses(gettext("Approve"))
    officer.opens(of_round)
    words = ngettext("Lock %(number)s that is approved", "Lock %(number)s that are approved", 1)
    officer.presses(words % {"number": 1})
    officer.reads(gettext("Those that are approved are locked."))
