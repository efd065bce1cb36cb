"""The council's decisions and the instructions through the API: who may, what is refused, and one event for each."""

from typing import Any

import pytest
from django.core.management import call_command

from boards.days import today
from boards.models import Event
from security_program import wording
from security_program.models import Guideline, Programme
from security_program.programme_file import Line
from tests.conftest import Cast, signed_in

DECISION = {"decided_on": "2024-06-10", "diary_number": "KS 2023/1267", "paragraph": "§ 12"}
TEXT = {"name": "Så övar vi", "text": "Öva varje år.", "acknowledge_within_days": 30}


def post(person: Any, address: str, **facts: Any) -> Any:
    return signed_in(person).post(f"/api/v1/{address}", facts, content_type="application/json")


@pytest.fixture
def coming(cast: Cast) -> Programme:
    call_command("load_reference")
    return Programme.objects.get(slug="sakerhetsprogram-2024")


def test_only_who_manages_the_city_notes_a_decision_and_it_is_whole(cast: Cast, coming: Programme) -> None:
    door = f"program/{coming.slug}/ikrafttradande/"
    assert post(cast.coordinator, door, **DECISION).status_code == 403
    assert post(cast.security_chief, door, **{**DECISION, "paragraph": ""}).status_code == 422
    answer = post(cast.security_chief, door, **DECISION)
    assert (answer.status_code, answer.json()["state"]) == (200, "gallande")
    assert post(cast.security_chief, door, **DECISION).status_code == 409
    assert Event.objects.filter(verb="programme.in_force").count() == 1
    ended = post(cast.security_chief, f"program/{coming.slug}/upphorande/", **DECISION)
    assert ended.json()["state"] == "upphord"


def test_a_version_is_prepared_and_one_goes_on(cast: Cast, coming: Programme) -> None:
    answer = post(cast.case_officer, f"program/{coming.slug}/beredning/")
    assert answer.json()["state"] == "bereds"
    kept = {**DECISION, "decided_on": "2023-11-20"}
    answer = post(cast.security_chief, "program/sakerhetsprogram-2020-2023/fortsatt-giltighet/", **kept)
    assert answer.json()["state"] == "gallande"


def test_a_decided_paragraph_is_corrected_beside(cast: Cast, coming: Programme) -> None:
    decided = Programme.objects.get(slug="sakerhetsprogram-2020-2023")
    wording.load(decided, [Line("Alla övar.")], wording.Mapping(), by=cast.security_chief)
    door, facts = f"program/{decided.slug}/rattelse/", {"right": "Alla övar varje år.", "reason": "Ett ord."}
    assert post(cast.case_officer, door, paragraph=2, **facts).status_code == 409
    assert post(cast.case_officer, door, paragraph=1, **facts).status_code == 200
    assert decided.paragraphs.get().errata.get().right == "Alla övar varje år."
    assert decided.paragraphs.get().text == "Alla övar."


def test_an_instruction_is_written_decided_and_acknowledged(cast: Cast) -> None:
    assert post(cast.coordinator, "anvisningar/ny/", **TEXT).status_code == 403
    slug = post(cast.case_officer, "anvisningar/ny/", **TEXT).json()["slug"]
    here = f"anvisningar/{slug}"
    assert signed_in(cast.coordinator).get(f"/api/v1/{here}/").status_code == 404
    day = today().isoformat()
    facts = {"decided_by": "Stadsdirektören", "decided_on": day, "in_force_from": day}
    assert post(cast.case_officer, f"{here}/beslut/", **facts).status_code == 200
    assert post(cast.case_officer, f"{here}/beslut/", **facts).status_code == 409
    (version,) = signed_in(cast.employee).get(f"/api/v1/{here}/").json()["versions"]
    assert version["text"] == TEXT["text"]
    sign = f"{here}/kvittens/"
    assert post(cast.employee, sign, namnd=cast.bromma.slug, version=1).status_code == 403
    assert post(cast.coordinator, sign, namnd=cast.farsta.slug, version=1).status_code == 409
    assert post(cast.coordinator, sign, namnd=cast.bromma.slug, version=2).status_code == 409
    assert post(cast.coordinator, sign, namnd=cast.bromma.slug, version=1).status_code == 200
    assert cast.bromma not in Guideline.objects.get().in_force.lacking()


def test_the_next_version_is_written_and_stays_unread_until_it_is_decided(cast: Cast) -> None:
    draft = Guideline.objects.write(by=None, **TEXT)
    draft.decide(by=None, decided_by="X", decided_on=today(), in_force_from=today())
    facts = {"text": "Öva oftare.", "acknowledge_within_days": 10}
    answer = post(cast.case_officer, f"anvisningar/{draft.guideline.slug}/version/", **facts)
    assert [one["number"] for one in answer.json()["versions"]] == [1]
    assert draft.guideline.versions.count() == 2
