"""What has been done to a thing stands on its page, for those who read the log there and for nobody else."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from boards import activity, documents
from boards.models import CouncilMeeting, Membership, Office, OfficeHolder, User
from security_program.models import Guideline, Programme
from tests.conftest import Cast, signed_in

Page = Callable[[Cast], tuple[str, str]]


def holding(cast: Cast) -> tuple[str, str]:
    office = Office.objects.of(cast.bromma, "chef")
    held = office.appoint(cast.employee, by=cast.security_chief, valid_from=date(2026, 1, 1))
    return reverse("office_holder", args=[cast.bromma.slug, held.pk]), "Olof Dahl utsåg Lina Fors"


def seat(cast: Cast) -> tuple[str, str]:
    facts: dict[str, Any] = {"role": "ledamot", "valid_from": date(2026, 1, 1)}
    taken = Membership.objects.seat(cast.employee, cast.bromma, by=cast.security_chief, **facts)
    return reverse("member_page", args=[cast.bromma.slug, taken.pk]), "Olof Dahl lade in Lina Fors"


def meeting(cast: Cast) -> tuple[str, str]:
    facts: dict[str, Any] = {"kind": "lokalt_riskhanteringsrad", "held_on": date(2026, 2, 3)}
    held = CouncilMeeting.objects.hold(cast.bromma, by=cast.coordinator, **facts)
    held.decide("Byt lås", by=cast.coordinator).mark_done(by=cast.coordinator)
    return held.get_absolute_url(), "Karin Ek markerade ett beslut"


def document(cast: Cast) -> tuple[str, str]:
    facts = {"title": "Plan", "kind": "plan", "level": "K1"}
    filed = documents.publish(cast.bromma, b"%PDF-1.7", "plan.pdf", by=cast.coordinator, **facts).document
    return filed.get_absolute_url(), "Karin Ek"


def account(cast: Cast) -> tuple[str, str]:
    cast.employee.sign_out_everywhere(by=cast.administrator)
    return reverse("account_detail", args=[cast.employee.pk]), "Nils Falk loggade ut Lina Fors"


def programme(cast: Cast) -> tuple[str, str]:
    plan = Programme.objects.create(slug="x", name="Nytt program", first_year=2030, state="utkast")
    plan.move_on(by=cast.case_officer)
    return reverse("programme_page", args=["x"]), "Sara Lind"


def guideline(cast: Cast) -> tuple[str, str]:
    text: dict[str, Any] = {"name": "Nycklar", "text": "Lås.", "acknowledge_within_days": 30}
    written = Guideline.objects.write(by=cast.case_officer, **text)
    return reverse("guideline_page", args=[written.guideline.slug]), "Sara Lind"


@pytest.mark.parametrize(
    ("make", "reader", "other"),
    [
        (holding, "security_chief", None),
        (seat, "security_chief", None),
        (meeting, "coordinator", "case_officer"),
        (document, "coordinator", "member"),
        (programme, "security_chief", "employee"),
        (guideline, "security_chief", None),
    ],
)
def test_a_page_tells_what_was_done_to_its_thing(
    cast: Cast, make: Page, reader: str, other: str | None
) -> None:
    address, told = make(cast)
    page = signed_in(getattr(cast, reader)).get(address)
    assert page.status_code == 200
    latest = page.content.decode().split('id="latest"')[1]
    assert told in latest
    if other:
        assert 'id="latest"' not in signed_in(getattr(cast, other)).get(address).content.decode()


def test_an_administrator_who_reads_no_log_sees_the_account_without_it(cast: Cast) -> None:
    address, _told = account(cast)
    assert 'id="latest"' not in signed_in(cast.administrator).get(address).content.decode()


def test_the_panel_of_an_account_tells_what_was_done_to_it_alone(cast: Cast) -> None:
    _address, told = account(cast)
    cast.coordinator.sign_out_everywhere(by=cast.administrator)
    panel = activity.panel(cast.auditor, cast.employee)
    assert panel
    (event,) = panel.context["events"]
    assert event.sentence.startswith(told)
    assert activity.panel(cast.administrator, cast.employee) is None


def test_many_events_cost_no_more_questions_than_one(cast: Cast) -> None:
    counts, reader = [], cast.auditor
    for people in (["Ett"], ["Två", "Tre", "Fyra", "Fem"]):
        for name in people:
            give(cast, cast.person(name))
        things = list(OfficeHolder.objects.filter(office__type__code="slk_handlaggare"))
        with CaptureQueriesContext(connection) as queries:
            panel = activity.panel(reader, *things)
        assert panel
        counts.append(len(queries))
    assert len(panel.context["events"]) > 4
    assert counts[0] == counts[1]


def give(cast: Cast, person: User) -> None:
    where = cast.holder("Sara Lind", "slk_handlaggare").office_holdings.get().office
    where.appoint(person, by=cast.security_chief, valid_from=date(2026, 1, 1))
