"""Instructions: decided once, replaced by the next version, acknowledged by every organisation in time."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from boards.days import today
from boards.models import Event
from security_program.models import Guideline, GuidelineAcknowledgement, GuidelineVersion
from tests.conftest import Cast, signed_in

MONTH_AGO = today() - timedelta(days=31)


@pytest.fixture
def version(cast: Cast) -> GuidelineVersion:
    draft = Guideline.objects.write(
        by=cast.security_chief, name="Så övar vi", text="Öva varje år.", acknowledge_within_days=30
    )
    decide(draft, cast, MONTH_AGO)
    return draft


def decide(draft: GuidelineVersion, cast: Cast, day: date) -> None:
    draft.decide(by=cast.security_chief, decided_by="Stadsdirektören", decided_on=day, in_force_from=day)


def next_version(version: GuidelineVersion, cast: Cast) -> GuidelineVersion:
    return version.guideline.draft(by=cast.security_chief, text="Öva oftare.", acknowledge_within_days=10)


def test_a_draft_binds_nobody_and_is_seen_by_those_who_write(cast: Cast) -> None:
    Guideline.objects.write(by=cast.security_chief, name="Utkastet", text="Text", acknowledge_within_days=30)
    assert not GuidelineVersion.objects.in_force().exists()
    assert signed_in(cast.coordinator).get("/program/anvisningar/utkastet/").status_code == 404
    assert signed_in(cast.security_chief).get("/program/anvisningar/utkastet/").status_code == 200


def test_a_decision_is_noted_once(cast: Cast, version: GuidelineVersion) -> None:
    with pytest.raises(ValidationError):
        decide(version, cast, today())
    assert Event.objects.filter(verb="guideline.decided").count() == 1


def test_the_next_version_replaces_the_former_on_its_day(cast: Cast, version: GuidelineVersion) -> None:
    following = next_version(version, cast)
    tomorrow = today() + timedelta(days=1)
    following.decide(
        by=cast.security_chief, decided_by="Stadsdirektören", decided_on=today(), in_force_from=tomorrow
    )
    assert list(GuidelineVersion.objects.in_force()) == [version]
    assert list(GuidelineVersion.objects.in_force(tomorrow)) == [following]


def test_there_is_one_draft_at_a_time(cast: Cast, version: GuidelineVersion) -> None:
    next_version(version, cast)
    with pytest.raises(ValidationError):
        next_version(version, cast)


def test_who_lacks_it_is_asked_of_the_organisations_of_today(cast: Cast, version: GuidelineVersion) -> None:
    assert cast.bromma in version.lacking()
    assert cast.norrmalm not in version.lacking()
    version.acknowledge(cast.bromma, by=cast.coordinator)
    assert cast.bromma not in version.lacking()
    assert version.is_overdue


def test_a_new_version_is_acknowledged_anew(cast: Cast, version: GuidelineVersion) -> None:
    version.acknowledge(cast.bromma, by=cast.coordinator)
    following = next_version(version, cast)
    decide(following, cast, today())
    assert cast.bromma in following.lacking()
    assert list(GuidelineVersion.objects.awaited_from(cast.coordinator)) == [following]
    with pytest.raises(ValidationError):
        version.acknowledge(cast.farsta, by=cast.farsta_coordinator)


def test_a_coordinator_acknowledges_for_the_own_board_and_no_other(
    cast: Cast, version: GuidelineVersion
) -> None:
    door = f"/program/anvisningar/{version.guideline.slug}/kvittens/"
    browser = signed_in(cast.coordinator)
    assert browser.post(door, {"namnd": cast.farsta.slug, "version": "1"}).status_code == 403
    for _twice in range(2):
        assert browser.post(door, {"namnd": cast.bromma.slug, "version": "1"}).status_code == 302
    assert GuidelineAcknowledgement.objects.get().board == cast.bromma
    assert Event.objects.filter(verb="guideline.acknowledged").count() == 1


def test_what_was_read_is_what_is_acknowledged(cast: Cast, version: GuidelineVersion) -> None:
    decide(next_version(version, cast), cast, today())
    door = f"/program/anvisningar/{version.guideline.slug}/kvittens/"
    signed_in(cast.coordinator).post(door, {"namnd": cast.bromma.slug, "version": "1"})
    assert not GuidelineAcknowledgement.objects.exists()


def test_all_staff_find_it_and_see_who_lacks_it(cast: Cast, version: GuidelineVersion) -> None:
    browser = signed_in(cast.employee)
    assert "Så övar vi" in browser.get("/program/anvisningar/").content.decode()
    assert cast.bromma.name in browser.get("/program/anvisningar/sa-ovar-vi/").content.decode()


def test_the_office_writes_decides_and_writes_anew_on_pages(cast: Cast) -> None:
    browser = signed_in(cast.security_chief)
    draft = {"name": "Nytt", "text": "Gör så.", "acknowledge_within_days": "20"}
    assert browser.post("/program/anvisningar/ny/", draft).status_code == 302
    decision = {
        "decided_by": "Stadsdirektören",
        "decided_on": today().isoformat(),
        "in_force_from": today().isoformat(),
    }
    assert browser.post("/program/anvisningar/nytt/beslut/", decision).status_code == 302
    assert GuidelineVersion.objects.in_force().get().text == "Gör så."
    assert signed_in(cast.coordinator).get("/program/anvisningar/ny/").status_code == 403
