"""Which version of the programme is in force is a person's confirmation of the council's decision."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from boards.models import Event
from security_program.models import Programme
from tests.conftest import Cast, load_reference, signed_in

DECISION = {"decided_on": date(2024, 6, 10), "diary_number": "KS 2023/1267", "paragraph": "§ 12"}


@pytest.fixture
def programmes(cast: Cast) -> dict[str, Programme]:
    load_reference()
    return {programme.slug: programme for programme in Programme.objects.all()}


def test_the_five_versions_come_with_the_product_and_none_is_in_force(programmes: dict) -> None:
    assert len(programmes) == 5
    assert Programme.objects.in_force() is None
    areas = programmes["sakerhetsprogram-2020-2023"].focus_areas.values_list("name", flat=True)
    assert len(areas) == 5


def test_loading_again_changes_nothing_that_somebody_has_confirmed(cast: Cast, programmes: dict) -> None:
    programmes["sakerhetsprogram-2024"].confirm_in_force(by=cast.security_chief, **DECISION)
    call_command("load_reference")
    assert Programme.objects.in_force() == programmes["sakerhetsprogram-2024"]


def test_a_confirmation_leaves_one_event_with_the_decision(cast: Cast, programmes: dict) -> None:
    programmes["sakerhetsprogram-2024"].confirm_in_force(by=cast.security_chief, **DECISION)
    event = Event.objects.get(verb="programme.in_force")
    assert "§ 12" in event.body
    assert event.actor == cast.security_chief


def test_a_new_version_ends_the_one_before_even_if_its_period_has_not(cast: Cast, programmes: dict) -> None:
    first, second = (
        programmes["sakerhetsprogram-2024"],
        Programme.objects.create(slug="nasta", name="Nästa", first_year=2026, state="antagen"),
    )
    first.confirm_in_force(by=cast.security_chief, **DECISION)
    second.confirm_in_force(by=cast.security_chief, **{**DECISION, "decided_on": date(2026, 3, 2)})
    first.refresh_from_db()
    assert (first.state, first.ended_on) == (Programme.State.ENDED, date(2026, 3, 2))
    assert Programme.objects.in_force() == second


def test_an_ended_version_does_not_come_back(cast: Cast, programmes: dict) -> None:
    with pytest.raises(ValidationError):
        programmes["sakerhetsprogram-2020-2023"].confirm_in_force(by=cast.security_chief, **DECISION)


def test_a_confirmation_needs_the_whole_decision(cast: Cast, programmes: dict) -> None:
    with pytest.raises(ValidationError):
        programmes["sakerhetsprogram-2024"].confirm_in_force(
            by=cast.security_chief, **{**DECISION, "paragraph": " "}
        )
    assert Programme.objects.in_force() is None


def test_the_database_holds_at_most_one_in_force(cast: Cast, programmes: dict) -> None:
    programmes["sakerhetsprogram-2024"].confirm_in_force(by=cast.security_chief, **DECISION)
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.filter(slug="sakerhetsprogram-2020-2023").update(
            state="gallande", confirmed_at="2026-01-01T00:00Z"
        )


def test_two_who_confirm_at_once_make_one_decision(cast: Cast, programmes: dict) -> None:
    one = programmes["sakerhetsprogram-2024"]
    other = Programme.objects.get(pk=one.pk)
    one.confirm_in_force(by=cast.security_chief, **DECISION)
    with pytest.raises(ValidationError):
        other.confirm_in_force(by=cast.administrator, **DECISION)
    assert Event.objects.filter(verb="programme.in_force").count() == 1


def test_the_list_says_that_none_is_confirmed_until_one_is(cast: Cast, programmes: dict) -> None:
    browser = signed_in(cast.coordinator)
    page = browser.get("/program/").content.decode()
    assert "307-643/2012" in page
    assert "Ingen version är bekräftad" in page
    programmes["sakerhetsprogram-2024"].confirm_in_force(by=cast.security_chief, **DECISION)
    page = browser.get("/program/").content.decode()
    assert "Ingen version är bekräftad" not in page
    assert "10 juni 2024" in page


def test_only_who_manages_the_city_confirms(cast: Cast, programmes: dict) -> None:
    door = "/program/sakerhetsprogram-2024/ikrafttradande/"
    answer = {"decided_on": "2024-06-10", "diary_number": "KS 2023/1267", "paragraph": "§ 12"}
    assert signed_in(cast.coordinator).post(door, answer).status_code == 403
    assert signed_in(cast.security_chief).post(door, answer).status_code == 302
    assert Programme.objects.in_force() == programmes["sakerhetsprogram-2024"]


def test_a_draft_is_not_shown(cast: Cast, programmes: dict) -> None:
    Programme.objects.create(slug="hemligt", name="Hemligt utkast", first_year=2028)
    assert "Hemligt utkast" not in signed_in(cast.coordinator).get("/program/").content.decode()
