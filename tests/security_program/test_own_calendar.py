"""One's own calendar: what concerns the person and nothing else, also where a program fetches it with an address."""

import io
import logging
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from boards import logs, throttle
from boards.days import today
from boards.models import CouncilMeeting, Event, Office, Training, User
from boards.panels import Occasion
from security_program import ical
from security_program.deriving import derive
from security_program.models import CalendarAddress, CalendarRule, Guideline
from security_program.own_calendar import calendar_of
from tests.boards import moment
from tests.conftest import Cast, signed_in
from tests.security_program import year

SOON = today() + timedelta(days=20)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def whats(person: User) -> list[str]:
    person.rights = None
    return [occasion.what for occasion in calendar_of(person)]


def feed(secret: str, client: Client | None = None) -> Any:
    return (client or Client()).get(reverse("calendar_feed", args=[secret]))


@pytest.fixture
def secret(cast: Cast) -> str:
    return CalendarAddress.objects.make(cast.coordinator)


@pytest.fixture
def activity(cast: Cast) -> Any:
    year.begin(cast)
    planned = year.activity(cast.bromma, "Byt låset i kaninhuset", year=today().year)
    planned.correct(by=None, responsible=cast.coordinator, due_on=SOON)
    return planned


# What it holds


def test_the_days_stand_on_a_line_of_twelve_months_once_each(cast: Cast, activity: Any) -> None:
    office = Office.objects.of(cast.bromma, "sakerhetssamordnare")
    Training.objects.create(
        person=cast.coordinator, office_type=office.type, completed_on=today(), expires_on=SOON
    )
    page = signed_in(cast.coordinator).get("/kalender/").content.decode()
    days = {each.on for each in calendar_of(cast.coordinator) if each.on >= today()}
    end = today().replace(day=1, year=today().year + 1)
    drawn = re.findall(r'text-anchor="middle">(\d+)<', page)
    assert drawn == [str(day.day) for day in sorted(days) if day < end]
    for month in re.findall(r'href="#(m-[0-9-]+)"', page):
        assert f'id="{month}"' in page


def test_where_nothing_is_to_come_there_is_no_line(cast: Cast) -> None:
    page = signed_in(cast.employee).get("/kalender/").content.decode()
    assert "year-line" not in page


def test_a_meeting_a_decision_and_training_stand_on_their_days(cast: Cast) -> None:
    karin = cast.coordinator
    meeting = CouncilMeeting.objects.hold(
        cast.bromma, by=karin, kind="lokalt_riskhanteringsrad", held_on=SOON
    )
    meeting.decide("Ring hissbolaget", by=karin, responsible=karin, due_on=SOON)
    office = Office.objects.of(cast.bromma, "sakerhetssamordnare")
    Training.objects.create(person=karin, office_type=office.type, completed_on=today(), expires_on=SOON)
    assert {occasion.key.split("-")[0] for occasion in calendar_of(karin)} == {
        "meeting",
        "decision",
        "training",
    }
    assert whats(cast.farsta_coordinator) == []


def test_what_is_done_is_gone(cast: Cast) -> None:
    karin = cast.coordinator
    meeting = CouncilMeeting.objects.hold(cast.bromma, by=karin, kind="natverksmote", held_on=SOON)
    decision = meeting.decide("Ring hissbolaget", by=karin, responsible=karin, due_on=SOON)
    assert "Ring hissbolaget" in whats(karin)
    decision.mark_done(by=karin)
    assert "Ring hissbolaget" not in whats(karin)


def test_obligations_stand_together_on_the_day_they_are_to_be_answered(cast: Cast) -> None:
    year.begin(cast)
    derive(today().year)
    (first, *_rest) = [one for one in calendar_of(cast.coordinator) if one.key.startswith("obligations-")]
    assert first.board == cast.bromma.name
    assert str(today().year) in first.what
    assert not [one for one in calendar_of(cast.employee) if one.key.startswith("obligations-")]


def test_a_round_stands_until_it_is_handed_in_and_takes_the_place_of_the_citys_date(cast: Cast) -> None:
    year.begin(cast)
    rule = CalendarRule.objects.get(code="tertial-2")
    rule.move(by=None, month=SOON.month, day=SOON.day)
    assert rule.label in whats(cast.coordinator)
    report = year.of(cast.bromma, year.opened("t2", year=SOON.year))
    assert rule.label not in whats(cast.coordinator)
    key = f"follow-up-{report.pk}"
    assert key in [one.key for one in calendar_of(cast.coordinator)]
    assert key in [one.key for one in calendar_of(cast.chief)]
    assert "round" in {one.key.split("-")[0] for one in calendar_of(cast.case_officer)}
    type(report).objects.filter(pk=report.pk).update(state="inlamnad", filed_on=today())
    assert key not in [one.key for one in calendar_of(cast.coordinator)]


def test_ones_own_activity_stands_until_a_follow_up_says_it_is_done(cast: Cast, activity: Any) -> None:
    assert activity.what in whats(cast.coordinator)
    assert activity.what not in whats(cast.chief)
    report = year.of(cast.bromma, year.opened("t1", year=today().year))
    report.answer(activity, by=cast.coordinator, status="genomford", text="Klart.")
    report.hand_to_chief(by=cast.coordinator)
    report.file(by=cast.chief)
    assert activity.what not in whats(cast.coordinator)


def test_an_instruction_stands_until_it_is_acknowledged(cast: Cast) -> None:
    draft = Guideline.objects.write(by=None, name="Så övar vi", text="Öva.", acknowledge_within_days=30)
    draft.decide(by=None, decided_by="Stadsdirektören", decided_on=today(), in_force_from=today())
    assert whats(cast.coordinator) == ["Kvittera anvisningen Så övar vi"]
    draft.acknowledge(cast.bromma, by=cast.coordinator)
    assert whats(cast.coordinator) == []


def test_the_citys_dates_stand_with_those_they_concern(cast: Cast) -> None:
    year.begin(cast)
    rsa = CalendarRule.objects.get(code="rsa").label
    reviewed = CalendarRule.objects.get(code="rsa-granskad").label
    assert (rsa in whats(cast.coordinator), reviewed in whats(cast.coordinator)) == (True, False)
    assert (rsa in whats(cast.case_officer), reviewed in whats(cast.case_officer)) == (False, True)


def test_the_page_says_what_is_late_and_what_comes(cast: Cast, activity: Any) -> None:
    page = signed_in(cast.coordinator).get("/kalender/").content.decode()
    assert activity.what in page
    assert "Försenat" not in page
    activity.correct(by=None, due_on=today() - timedelta(days=2))
    page = signed_in(cast.coordinator).get("/kalender/").content.decode()
    assert activity.what in page
    assert "Försenat" in page


def test_one_day_of_ones_own_is_fetched_as_a_file_and_nobody_elses(cast: Cast, activity: Any) -> None:
    browser, address = signed_in(cast.coordinator), f"/kalender/datum/activity-{activity.pk}.ics"
    assert address in browser.get("/kalender/").content.decode()
    said = browser.get(address).content.decode()
    assert said.count("BEGIN:VEVENT") == 1
    assert f"DTSTART;VALUE=DATE:{SOON:%Y%m%d}" in said
    assert "kaninhuset" not in said
    assert signed_in(cast.chief).get(address).status_code == 404


def test_the_day_a_round_is_due_is_fetched_as_a_file(cast: Cast) -> None:
    year.begin(cast)
    asked = year.opened("t2", year=today().year)
    officer = signed_in(cast.case_officer)
    address = f"{asked.get_absolute_url()}datum.ics"
    assert address in officer.get(asked.get_absolute_url()).content.decode()
    said = officer.get(address).content.decode()
    assert f"DTSTART;VALUE=DATE:{asked.due_on:%Y%m%d}" in said
    assert f"UID:round-{asked.pk}@" in said


def test_an_empty_calendar_says_so(cast: Cast) -> None:
    page = signed_in(cast.employee).get("/kalender/").content.decode()
    assert "Inga datum än" in page
    assert "du har ingen" in page


# The address


def test_the_address_is_shown_once_and_kept_as_a_digest(cast: Cast) -> None:
    browser = signed_in(cast.coordinator)
    shown = browser.post(reverse("calendar_address_new")).content.decode()
    (secret,) = re.findall(r"/kalender/(spk_[\w-]{43})\.ics", shown)
    assert secret not in browser.get("/kalender/").content.decode()
    assert secret not in str(CalendarAddress.objects.values())
    assert feed(secret)["Content-Type"] == "text/calendar; charset=utf-8"
    assert Event.objects.filter(verb="calendar.address_made").count() == 1
    assert secret not in Event.objects.get(verb="calendar.address_made").body


def test_a_program_gets_titles_and_dates_and_no_words_that_somebody_wrote(
    cast: Cast, activity: Any, secret: str
) -> None:
    said = feed(secret).content.decode().replace("\r\n ", "")
    assert "SUMMARY:En aktivitet som du ansvarar för ska vara klar\\, Bromma" in said
    assert f"DTSTART;VALUE=DATE:{SOON:%Y%m%d}" in said
    assert "kaninhuset" not in said


def test_a_new_address_ends_the_one_before(cast: Cast, secret: str) -> None:
    another = CalendarAddress.objects.make(cast.coordinator)
    assert (feed(secret).status_code, feed(another).status_code) == (404, 200)


def test_an_address_ends_when_its_person_says_so(cast: Cast, secret: str) -> None:
    browser = signed_in(cast.coordinator)
    for _twice in range(2):
        assert browser.post(reverse("calendar_address_end")).status_code == 302
    assert feed(secret).status_code == 404
    assert Event.objects.filter(verb="calendar.address_ended").count() == 1


def test_an_address_dies_with_the_office(cast: Cast, secret: str, monkeypatch: Any) -> None:
    holding = cast.coordinator.office_holdings.get()
    holding.end(by=None, last_day=today())
    assert feed(secret).status_code == 200, "the last day is a day in office"
    moment.later(monkeypatch, days=1)
    assert feed(secret).status_code == 404
    Office.objects.of(cast.bromma, "chef").appoint(cast.coordinator, by=None, valid_from=today())
    assert feed(secret).status_code == 404, "another office does not bring it back"
    assert "fungerar inte längre" in signed_in(cast.coordinator).get("/kalender/").content.decode()


def test_an_address_dies_with_the_account_and_when_one_is_signed_out_everywhere(
    cast: Cast, secret: str
) -> None:
    karin = cast.coordinator
    karin.sign_out_everywhere(by=karin)
    assert feed(secret).status_code == 404
    another = CalendarAddress.objects.make(karin)
    assert feed(another).status_code == 200
    karin.deactivate(by=None)
    assert feed(another).status_code == 404


def test_somebody_without_an_office_gets_no_address(cast: Cast) -> None:
    assert signed_in(cast.employee).post(reverse("calendar_address_new")).status_code == 302
    assert not CalendarAddress.objects.exists()


def test_a_wrong_address_says_nothing_and_guesses_are_slowed_down(
    cast: Cast, secret: str, monkeypatch: Any
) -> None:
    few = throttle.Limit(free=2, longest=timedelta(minutes=1), forget=timedelta(hours=1))
    monkeypatch.setattr(throttle, "ADDRESS", few)
    answers = [feed(f"spk_guess{number}").status_code for number in range(4)]
    assert (answers[0], answers[-1]) == (404, 429)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_the_address_stands_in_no_line_of_the_log(
    cast: Cast, secret: str, lines: io.StringIO, monkeypatch: Any
) -> None:
    logging.getLogger("django.request").addHandler(handler := logging.StreamHandler(lines))
    handler.setFormatter(logs.JsonLines())
    client = Client(raise_request_exception=False)
    feed("spk_wrong-one", client)
    monkeypatch.setattr(ical, "write", lambda *_given, **_facts: 1 / 0)
    assert feed(secret, client).status_code == 500
    logging.getLogger("django.request").removeHandler(handler)
    assert "ZeroDivisionError" in lines.getvalue()
    assert "calendar_feed" in lines.getvalue()
    for hidden in (secret, "spk_wrong-one"):
        assert hidden not in lines.getvalue()


# The file


def test_a_long_line_is_folded_between_letters() -> None:
    folded = ical.folded("SUMMARY:" + "å" * 200)
    assert all(len(line.encode()) <= 75 for line in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == "SUMMARY:" + "å" * 200 + "\r\n"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"),
        ("two\r\nBEGIN:VEVENT", "two BEGIN:VEVENT"),
        ("x\u2028y\x07", "x y"),
    ],
)
def test_a_title_stays_one_title(typed: str, written: str) -> None:
    assert ical.text(typed) == written


def test_a_day_is_written_whole_and_rings_three_days_before() -> None:
    due = Occasion("thing-7", date(2026, 12, 31), "Klart", "/min-sida/")
    held = Occasion("meeting-1", date(2026, 2, 28), "Möte", "/", is_deadline=False)
    written = ical.write("Mina", [due, held], now=NOON).split("\r\n")
    assert "UID:thing-7@localhost" in written
    assert "DTEND;VALUE=DATE:20270101" in written
    assert "DTSTAMP:20260101T120000Z" in written
    assert written.count("BEGIN:VALARM") == 1
    assert written.count("BEGIN:VEVENT") == written.count("END:VEVENT") == 2
