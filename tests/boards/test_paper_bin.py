"""What is thrown away lies in the bin for thirty days, can be taken back, and leaves an event each time."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from boards import paper_bin
from boards.days import today
from boards.models import Board, CouncilMeeting, Draft, Event
from tests.conftest import Cast, signed_in


@pytest.fixture
def meeting(cast: Cast) -> CouncilMeeting:
    return CouncilMeeting.objects.hold(
        cast.bromma, by=cast.coordinator, kind="lokalt_riskhanteringsrad", held_on=today()
    )


def verbs() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))[-2:]


def test_a_meeting_is_thrown_away_and_taken_back(as_coordinator: Client, meeting: CouncilMeeting) -> None:
    page = f"/namnder/bromma/moten/{meeting.pk}/"
    answer = as_coordinator.post(f"{page}bort/", follow=True)
    assert "/papperskorg/" in answer.content.decode()
    assert as_coordinator.get(page).status_code == 404
    assert not Board.objects.get(slug="bromma").council_meetings.exists()
    assert str(meeting) in as_coordinator.get("/papperskorg/").content.decode()
    as_coordinator.post(f"/papperskorg/meeting/{meeting.pk}/")
    assert as_coordinator.get(page).status_code == 200
    assert verbs() == ["bin.discarded", "bin.taken_back"]


def test_the_bin_holds_what_is_of_ones_own_boards(cast: Cast, meeting: CouncilMeeting) -> None:
    meeting.discard(by=cast.coordinator)
    stranger = signed_in(cast.farsta_coordinator)
    assert str(meeting) not in stranger.get("/papperskorg/").content.decode()
    assert stranger.post(f"/papperskorg/meeting/{meeting.pk}/").status_code == 404
    assert stranger.post("/papperskorg/board/1/").status_code == 404
    assert not CouncilMeeting.objects.exists()


def test_twice_is_refused_once(cast: Cast, meeting: CouncilMeeting) -> None:
    browser = signed_in(cast.coordinator)
    meeting.discard(by=cast.coordinator)
    assert browser.post(f"/namnder/bromma/moten/{meeting.pk}/bort/").status_code == 404
    assert verbs().count("bin.discarded") == 1


def test_after_thirty_days_it_is_gone(cast: Cast, meeting: CouncilMeeting) -> None:
    meeting.discard(by=cast.coordinator)
    assert paper_bin.empty() == 0
    CouncilMeeting.with_discarded.update(discarded_at=timezone.now() - timedelta(days=31))
    assert paper_bin.empty() == 1
    assert not CouncilMeeting.with_discarded.exists()
    assert verbs() == ["bin.discarded", "bin.emptied"]


def test_a_draft_is_not_taken_back_over_a_newer_one(cast: Cast) -> None:
    def draft() -> Draft:
        return Draft.objects.create(person=cast.coordinator, path="/x/", sealed=Draft.seal("/x/", "Alfa", {}))

    old = draft()
    old.discard(by=cast.coordinator)
    draft()
    browser = signed_in(cast.coordinator)
    browser.post(f"/papperskorg/draft/{old.pk}/")
    assert Draft.objects.count() == 1
    old.refresh_from_db()
    assert old.discarded_at


def test_the_api_does_not_show_what_lies_in_the_bin(cast: Cast, meeting: CouncilMeeting) -> None:
    meeting.discard(by=cast.coordinator)
    answer = signed_in(cast.coordinator).get(f"/api/v1/moten/{meeting.pk}/")
    assert answer.status_code == 404
