"""Plan and follow-up through the API: the same forms and verbs as the pages, from the goal to the lock."""

from typing import Any

import pytest
from django.test import Client

from boards.models import Event
from security_program.models import Activity, BoardGoal, FollowUp, Indicator, NotRelevant
from tests.conftest import Cast, signed_in
from tests.security_program import year
from tests.security_program.year import YEAR


@pytest.fixture
def city(cast: Cast) -> Cast:
    year.begin(cast)
    return cast


def post(browser: Client, address: str, **facts: Any) -> int:
    return browser.post(f"/api/v1/{address}", facts, content_type="application/json").status_code


def test_a_plan_is_made_changed_and_carried_over(city: Cast) -> None:
    browser, board = signed_in(city.coordinator), f"namnder/{city.bromma.slug}/mal/"
    first, second = year.area(0), year.area(1)
    last = YEAR - 1
    assert post(browser, f"{board}ny/", year=last, focus_area=first.pk, text="Alla övar") == 200
    goal = BoardGoal.objects.get()
    assert post(browser, f"mal/{goal.pk}/andring/", focus_area=first.pk, text="Fler övar", version=1) == 200
    assert post(browser, f"mal/{goal.pk}/aktiviteter/ny/", what="Öva") == 200
    facts = {"name": "Övade", "target": 9, "source": "Listan"}
    assert post(browser, f"mal/{goal.pk}/indikatorer/ny/", **facts) == 200
    assert post(browser, f"indikatorer/{Indicator.objects.get().pk}/varde/", kind="t1", value=7) == 200
    assert post(browser, f"{board}ej-relevant/", year=last, focus_area=second.pk, reason="Nej.") == 200
    said = browser.get("/api/v1/ej-relevant/").json()["results"][0]
    assert post(browser, f"ej-relevant/{said['id']}/andring/", reason="Aldrig.") == 200
    assert post(browser, f"{board}overforing/", year=YEAR) == 200
    assert Activity.objects.of(city.bromma, YEAR).get().goal.text == "Fler övar"
    assert NotRelevant.objects.get().reason == "Aldrig."
    elsewhere = signed_in(city.farsta_coordinator)
    assert post(elsewhere, f"mal/{goal.pk}/borttagning/", reason="Nej") == 404
    assert post(elsewhere, f"ej-relevant/{said['id']}/andring/", reason="Nej") == 404
    assert post(browser, f"mal/{goal.pk}/borttagning/", reason="Fel.") == 200
    read = browser.get("/api/v1/mal/").json()["results"]
    assert {row["taken_away"] for row in read} == {"", "Fel."}


def test_a_follow_up_goes_its_whole_way(city: Cast) -> None:
    planned = year.activity(city.bromma)
    coordinator, chief, officer = (
        signed_in(who) for who in (city.coordinator, city.chief, city.case_officer)
    )
    assert post(officer, "omgangar/ny/", kind="t2", year=YEAR) == 200
    report = FollowUp.objects.get(board=city.bromma)
    here = f"uppfoljningar/{report.pk}/"
    answer = {"activity": planned.pk, "status": "enligt-plan", "text": "I gång."}
    assert post(coordinator, f"{here}svar/", **answer) == 200
    assert post(coordinator, f"{here}lage/", risks="Skyfall", accidents=1, threats=2) == 200
    for browser, step in ((coordinator, "chef/"), (chief, "inlamning/"), (officer, "granskning/")):
        assert post(browser, f"{here}{step}") == 200
    remark = {f"remark-{report.answers.get().pk}-text": "Hur många?"}
    assert post(officer, f"{here}aterlamning/", comment="Skriv mer.", **remark) == 200
    report.refresh_from_db()
    assert [each.text for each in report.remarks] == ["Hur många?"]
    for browser, step in ((coordinator, "chef/"), (chief, "inlamning/"), (officer, "granskning/")):
        assert post(browser, f"{here}{step}") == 200
    assert post(officer, f"{here}godkannande/") == 200
    assert post(coordinator, f"{here}tillagg/", text="Elva.") == 200
    assert post(officer, f"omgangar/{report.round_id}/lasning/") == 200
    assert post(officer, f"{here}godkannande/") in (409, 422)
    assert post(officer, f"{here}oppning/", comment="Fel år.") == 200
    assert Event.objects.filter(verb="follow_up.reopened").count() == 1
