"""What one has begun to write is there when one comes back, sealed, and goes on with the successor."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from boards.days import today
from boards.models import CouncilMeeting, Draft, OfficeHolder, ReadLog
from tests.conftest import Cast, signed_in

NEW = "/namnder/bromma/moten/ny/"


def place(client: Client, address: str = NEW) -> str:
    return client.get(address).context["form"].draft.place


def save(client: Client, address: str = NEW, **typed: Any) -> Any:
    sent = {"draft": place(client, address), "once": "x", **typed}
    return client.post("/utkast/", sent, headers={"Accept": "application/json"})


def agenda(client: Client) -> Any:
    return client.get(NEW).context["form"]["agenda"].value()


def test_what_was_written_is_put_back_with_when(as_coordinator: Client) -> None:
    assert save(as_coordinator, agenda="Alfa", held_on="i morgon").json()["text"]
    page = as_coordinator.get(NEW)
    assert (page.context["form"]["agenda"].value(), page.context["form"]["held_on"].value()) == (
        "Alfa",
        "i morgon",
    )
    draft = Draft.objects.get()
    assert page.context["form"].draft.draft == draft
    assert f"{draft.saved_at:%Y}" in page.content.decode()


def test_a_draft_is_sealed(as_coordinator: Client) -> None:
    save(as_coordinator, agenda="Hemligheten Alfa")
    row = str(Draft.objects.values().get())
    assert "Alfa" not in row
    assert "Enter" not in row


def test_a_draft_is_forgotten_when_the_form_is_taken_in(as_coordinator: Client) -> None:
    save(as_coordinator, agenda="Alfa")
    sent = {"draft": place(as_coordinator), "kind": "lokalt_riskhanteringsrad", "held_on": str(today())}
    assert as_coordinator.post(NEW, {**sent, "held_on": ""}).status_code == 200
    assert Draft.objects.exists()
    assert as_coordinator.post(NEW, sent).status_code == 302
    assert CouncilMeeting.objects.exists()
    assert not Draft.with_discarded.exists()


def test_a_button_saves_it_without_scripts(as_coordinator: Client) -> None:
    answer = as_coordinator.post("/utkast/", {"draft": place(as_coordinator), "agenda": "Alfa"})
    assert (answer.status_code, answer["Location"]) == (302, NEW)
    assert agenda(as_coordinator) == "Alfa"


def test_saving_again_keeps_one(as_coordinator: Client) -> None:
    save(as_coordinator, agenda="Alfa")
    save(as_coordinator, agenda="Beta")
    assert Draft.objects.count() == 1
    assert agenda(as_coordinator) == "Beta"


def test_nobody_else_sees_it(cast: Cast, as_coordinator: Client) -> None:
    save(as_coordinator, agenda="Alfa")
    for person in (cast.chief, cast.administrator, cast.farsta_coordinator):
        assert "Alfa" not in str(signed_in(person).get("/utkast/").content)
        page = signed_in(person).get(NEW)
        assert page.status_code != 200 or page.context["form"]["agenda"].value() != "Alfa"
    assert signed_in(cast.chief).post(f"/utkast/{Draft.objects.get().pk}/bort/").status_code == 404


@pytest.mark.parametrize("sent", [{}, {"draft": "x"}, {"draft": ""}])
def test_a_place_that_is_not_ours_is_refused(as_coordinator: Client, sent: dict[str, str]) -> None:
    assert as_coordinator.post("/utkast/", sent).status_code == 400
    assert not Draft.objects.exists()


def test_marked_text_is_not_saved(as_coordinator: Client) -> None:
    assert save(as_coordinator, agenda="HEMLIG").status_code == 422
    assert not Draft.objects.exists()


def test_the_successor_goes_on_with_it(cast: Cast, as_coordinator: Client) -> None:
    save(as_coordinator, agenda="Alfa")
    held = OfficeHolder.objects.get(person=cast.coordinator)
    successor = cast.employee
    handed = held.hand_over(successor, by=cast.chief, first_day=today())
    assert agenda(signed_in(successor)) == "Alfa" if handed.confirmed_at else True
    if handed.awaits_approval:
        assert signed_in(successor).get(NEW).status_code != 200
        handed.approve(by=cast.security_chief)
    assert agenda(signed_in(successor)) == "Alfa"
    noted = ReadLog.objects.filter(reader=successor, level="K3", object_type="boards.Draft")
    assert noted.exists(), "who goes on with what another has written is noted"
    page = signed_in(successor).get(NEW).content.decode()
    assert cast.coordinator.name in page
    assert "/namnder/bromma/moten/ny/" in signed_in(successor).get("/utkast/").content.decode()


def test_a_draft_of_somebody_who_still_has_the_office_is_theirs(cast: Cast, as_coordinator: Client) -> None:
    save(as_coordinator, agenda="Alfa")
    held = OfficeHolder.objects.get(person=cast.coordinator)
    handed = held.hand_over(cast.employee, by=cast.chief, first_day=today() + timedelta(days=1))
    if handed.awaits_approval:
        handed.approve(by=cast.security_chief)
    assert "Alfa" not in str(signed_in(cast.employee).get("/utkast/").content)


def test_a_draft_from_an_old_version_meets_the_merge_page(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    address = "/namnder/bromma/uppgifter/"
    form = browser.get(address).context["form"]
    old = {name: form[name].value() for name in ("version", "base", "name")}
    save(browser, address, **old, phone="08-2")
    cast.bromma.correct(by=None, phone="08-1")
    form = browser.get(address).context["form"]
    assert (form["phone"].value(), str(form["version"].value())) == ("08-2", str(old["version"]))
    sent = {name: form[name].value() for name in ("version", "base", "name", "phone")}
    assert browser.post(address, sent).status_code == 409
