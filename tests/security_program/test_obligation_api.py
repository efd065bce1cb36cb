"""Obligations through the API: the same forms and verbs as the pages, from the list to the mark."""

from typing import Any

from django.test import Client

from boards.days import today
from boards.models import Event
from security_program.deriving import derive
from security_program.models import Adoption, Assignment, Reminder, Statement
from tests.conftest import Cast, signed_in

NOW = today().year


def get(browser: Client, address: str) -> Any:
    return browser.get(f"/api/v1/{address}").json()


def post(browser: Client, address: str, **facts: Any) -> Any:
    return browser.post(f"/api/v1/{address}", facts, content_type="application/json")


def test_what_the_system_shows_is_read_and_confirmed_in_one_act(city: Cast) -> None:
    browser, board = signed_in(city.coordinator), "namnder/bromma/skyldigheter/"
    account = get(browser, f"{board}{NOW}/")
    proved = {row["requirement"]: row["finding"]["holds"] for row in account["proved"]}
    assert proved["REQ-027"] is True
    stale = post(browser, board, year=NOW, which="visade", shown="0" * 64)
    assert (stale.status_code, Statement.objects.count()) == (409, 0)
    done = post(browser, board, year=NOW, which="visade", shown=account["shown"])
    assert done.status_code == 200
    assert done.json()["proved"] == []
    assert Statement.objects.count() == len(proved)
    assert Event.objects.filter(verb="obligations.confirmed").count() == 1
    assert (
        post(signed_in(city.farsta_coordinator), board, year=NOW, which="visade", shown="").status_code == 403
    )


def test_an_area_is_confirmed_as_last_year(city: Cast) -> None:
    derive(NOW - 1)
    rows = city.bromma.assignments.filter(year=NOW - 1, requirement__code__in=("REQ-038", "REQ-039"))
    for row in rows:
        row.state("delvis", by=city.coordinator, reason="Klart i höst.")
    browser, board = signed_in(city.coordinator), "namnder/bromma/skyldigheter/"
    parts = [part for part in get(browser, f"{board}{NOW}/")["parts"] if part["unchanged"]]
    for part in parts:
        as_before = {"which": "som-forra-aret", "area": part["area"], "shown": part["shown"]}
        assert post(browser, board, year=NOW, **as_before).status_code == 200
    said = Statement.objects.filter(assignment__year=NOW)
    assert {(one.value, one.reason) for one in said} == {("delvis", "Klart i höst.")}
    assert said.count() == 2


def test_one_is_answered_and_doubted(city: Cast) -> None:
    row = city.bromma.assignments.get(year=NOW, requirement__code="REQ-038")
    here = f"skyldigheter/{row.pk}/"
    coordinator, officer = signed_in(city.coordinator), signed_in(city.case_officer)
    assert post(coordinator, f"{here}svar/", value="ej").status_code == 422
    assert post(signed_in(city.farsta_coordinator), f"{here}svar/", value="uppfyllt").status_code == 404
    assert post(officer, f"{here}svar/", value="uppfyllt").status_code == 403
    answered = post(coordinator, f"{here}svar/", value="delvis", reason="Klart i höst.")
    assert answered.json()["statement"]["value"] == "delvis"
    assert post(coordinator, f"{here}ej-verifierat/", remark="Var?").status_code == 403
    doubted = post(officer, f"{here}ej-verifierat/", remark="Var finns planen?").json()["statement"]
    assert (doubted["is_doubted"], doubted["remark"]) == (True, "Var finns planen?")
    assert get(officer, here)["statement"]["remark"] == "Var finns planen?"


def test_what_cannot_be_shown_yet_is_not_met_through_the_api_either(city: Cast) -> None:
    row = city.bromma.assignments.get(year=NOW, requirement__code="REQ-082")
    address = f"skyldigheter/{row.pk}/svar/"
    assert post(signed_in(city.coordinator), address, value="uppfyllt").status_code == 400


def test_a_list_holds_what_one_may_see(city: Cast) -> None:
    mine = get(signed_in(city.coordinator), "skyldigheter/")["results"]
    assert {row["board"] for row in mine} == {"bromma"}
    assert get(signed_in(city.employee), "skyldigheter/")["results"] == []
    farsta = get(signed_in(city.case_officer), "skyldigheter/?namnd=farsta")["results"]
    assert {row["board"] for row in farsta} == {"farsta"}


def test_reminders_are_read_before_they_are_sent(city: Cast) -> None:
    officer = signed_in(city.case_officer)
    preview = get(officer, f"skyldigheter/paminnelser/{NOW}/")
    mine = next(row for row in preview["letters"] if row["board"] == "bromma")
    assert mine["people"] == ["Karin Ek"]
    sent = post(officer, "skyldigheter/paminnelser/", year=NOW, shown=preview["shown"])
    assert sent.json() == {"year": NOW, "sent": Reminder.objects.count()}
    assert Reminder.objects.filter(board=city.bromma).exists()
    assert signed_in(city.coordinator).get(f"/api/v1/skyldigheter/paminnelser/{NOW}/").status_code == 403


def test_a_company_adopts_and_everybody_may_read_that(city: Cast) -> None:
    person, address = (
        city.holder("Elin Gran", "sakerhetssamordnare", city.company),
        "namnder/stokab/antagande/",
    )
    decision = {"decided_on": f"{NOW}-01-15", "paragraph": "§ 3"}
    assert post(signed_in(city.coordinator), address, **decision).status_code == 403
    assert post(signed_in(person), address, **decision).status_code == 200
    assert post(signed_in(person), address, **decision).status_code == 409
    assert Adoption.objects.get().paragraph == "§ 3"
    assert not Assignment.objects.filter(board=city.company, awaits_adoption=True).exists()
    assert [row["board"] for row in get(signed_in(city.employee), "antaganden/")["results"]] == ["stokab"]
