"""The pages of boards: the list, one board, its facts, mergers and meetings."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boards.days import today
from boards.models import Area, Board, CouncilMeeting, Event, MeetingDecision, Office, Sector, Unit
from tests.conftest import LONG_AGO, Cast, signed_in


@pytest.fixture
def as_officer(cast: Cast) -> Client:
    return signed_in(cast.case_officer)


@pytest.fixture
def as_chief(cast: Cast) -> Client:
    return signed_in(cast.chief)


def text(client: Client, address: str, language: str = "sv") -> str:
    client.cookies["language"] = client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


# the list


def test_the_list_says_what_it_adds_up_to(cast: Cast, as_coordinator: Client) -> None:
    page = text(as_coordinator, "/namnder/")
    assert "11 stadsdelsnämnder, 15 facknämnder och 17 bolag" in page
    assert "44 nämnder och bolag" in page


def test_the_districts_lie_where_they_lie_with_their_names(cast: Cast, as_coordinator: Client) -> None:
    page = text(as_coordinator, "/namnder/")
    assert page.count('class="tile ') == 11
    assert "column-2 row-1" in page
    assert "Norra innerstaden" in page


def test_those_that_have_ended_are_shown_when_asked_for(cast: Cast, as_coordinator: Client) -> None:
    assert "Norrmalms stadsdelsnämnd" not in text(as_coordinator, "/namnder/")
    page = text(as_coordinator, "/namnder/?upphorda=1")
    assert "Norrmalms stadsdelsnämnd" in page
    assert "2023-06-30" in page


def test_vacant_offices_stand_in_words_in_the_list(cast: Cast, as_coordinator: Client) -> None:
    page = text(as_coordinator, "/namnder/?typ=stadsdelsnamnd")
    assert page.count("Informationssäkerhetssamordnare") >= 11


def test_the_pages_cost_as_many_queries_however_much_there_is(cast: Cast, as_coordinator: Client) -> None:
    def costs() -> list[int]:
        found = []
        for address in ("/namnder/", "/namnder/bromma/", "/namnder/bromma/roller/", "/namnder/bromma/moten/"):
            with CaptureQueriesContext(connection) as queries:
                text(as_coordinator, address)
            found.append(len(queries))
        return found

    Office.objects.of(cast.bromma, "chef").appoint(cast.employee, by=None, valid_from=LONG_AGO)
    CouncilMeeting.objects.hold(cast.bromma, by=None, kind="lokalt_riskhanteringsrad", held_on=today())
    Unit.objects.create(board=cast.bromma, name="Stab")
    costs()
    before = costs()
    for number in range(8):
        boss = cast.person(f"Boss {number}")
        Office.objects.of(cast.bromma, "chef").appoint(boss, by=None, valid_from=LONG_AGO)
        CouncilMeeting.objects.hold(
            cast.bromma, by=None, kind="lokalt_riskhanteringsrad", held_on=today() - timedelta(days=number)
        )
        Unit.objects.create(board=cast.bromma, name=f"Enhet {number}", manager=boss)
        Board.objects.create(code=f"b{number}", slug=f"b{number}", name=f"Nämnd {number}", kind="facknamnd")
    assert costs() == before


# one board


def test_a_merged_board_says_where_it_went_and_the_successor_where_it_is_from(
    cast: Cast, as_coordinator: Client
) -> None:
    page = text(as_coordinator, "/namnder/rinkeby-kista/")
    assert 'Uppgick i <a href="/namnder/jarva/">Järva stadsdelsnämnd</a> 1 juli 2023' in page
    page = text(as_coordinator, "/namnder/jarva/")
    assert "Fortsätter sedan 1 juli 2023" in page
    assert "Spånga-Tensta stadsdelsnämnd" in page


def test_a_boards_page_tells_its_vacancies_and_what_demands_them(cast: Cast, as_coordinator: Client) -> None:
    page = text(as_coordinator, "/namnder/farsta/")
    assert "Ingen säkerhetssamordnare är utsedd. Programmet kräver en (REQ-027)." in page


def test_the_page_exists_for_every_organisation_in_both_languages(cast: Cast, as_coordinator: Client) -> None:
    for slug in Board.objects.values_list("slug", flat=True):
        text(as_coordinator, f"/namnder/{slug}/")
    english = text(as_coordinator, "/namnder/bromma/", "en")
    assert "District board" in english


def test_phones_of_duty_offices_are_not_shown_to_everyone(cast: Cast, as_coordinator: Client) -> None:
    person = cast.holder("Jour Person", "vb", cast.bromma)
    type(person).objects.filter(pk=person.pk).update(phone="070-174 06 99")
    page = text(as_coordinator, "/namnder/bromma/")
    assert "Jour Person" in page
    assert "070-174 06 99" not in page


def test_meetings_are_shown_to_those_who_read_what_is_internal(cast: Cast, as_chief: Client) -> None:
    assert "Rådsmöten" in text(as_chief, "/namnder/bromma/")
    assert "Rådsmöten" not in text(as_chief, "/namnder/farsta/")


# the register


def test_the_city_adds_a_board(cast: Cast, as_officer: Client) -> None:
    facts = {"name": "Jämställdhetsnämnden", "kind": "facknamnd", "valid_from": "2027-01-01"}
    answer = as_officer.post("/namnder/ny/", facts)
    assert answer["Location"] == "/namnder/jamstalldhetsnamnden/"
    assert Board.objects.get(slug="jamstalldhetsnamnden").valid_from == date(2027, 1, 1)
    again = as_officer.post("/namnder/ny/", facts)
    assert again.status_code == 200
    assert Board.objects.filter(name="Jämställdhetsnämnden").count() == 1


def test_the_city_corrects_facts_and_sectors(cast: Cast, as_officer: Client) -> None:
    sector = Sector.objects.create(code="transporter", name="Transporter")
    page = text(as_officer, "/namnder/bromma/uppgifter/")
    assert 'value="Bromma stadsdelsnämnd"' in page
    answer = as_officer.post(
        "/namnder/bromma/uppgifter/",
        {"name": "Bromma stadsdelsnämnd", "phone": "08-508 06 000", "sectors": [sector.pk]},
    )
    assert answer.status_code == 302
    bromma = Board.objects.get(code="bromma_sdn")
    assert (bromma.phone, list(bromma.sectors.all())) == ("08-508 06 000", [sector])
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"board.corrected", "board.sectors_changed"} <= verbs


def test_nobody_else_touches_the_register(cast: Cast, as_chief: Client) -> None:
    for address in (
        "/namnder/ny/",
        "/namnder/bromma/uppgifter/",
        "/namnder/bromma/slut/",
        "/namnder/bromma/sammanlaggning/",
    ):
        assert as_chief.get(address).status_code == 403, address
    assert as_chief.post("/namnder/bromma/fortsattning/").status_code == 403


def test_boards_are_merged_on_the_page_of_the_one_they_become(cast: Cast, as_officer: Client) -> None:
    answer = as_officer.post(
        "/namnder/bromma/sammanlaggning/", {"boards": [cast.farsta.pk], "on": "2027-01-01"}
    )
    assert answer.status_code == 302
    assert Board.objects.get(pk=cast.farsta.pk).valid_to == date(2026, 12, 31)
    assert Area.objects.on(date(2027, 1, 1)).get(name="Farsta").board == cast.bromma


def test_a_board_ends_and_goes_on(cast: Cast, as_officer: Client) -> None:
    page = as_officer.post("/namnder/farsta/slut/", {"last_day": "2026-12-31"}).content.decode()
    assert "Flytta området först" in page
    as_officer.post("/namnder/stokab/slut/", {"last_day": "2026-12-31"})
    assert Board.objects.get(code="stokab").valid_to == date(2026, 12, 31)
    as_officer.post("/namnder/stokab/fortsattning/")
    assert Board.objects.get(code="stokab").valid_to is None


def test_an_area_is_moved_from_the_page_of_its_board(cast: Cast, as_officer: Client) -> None:
    area = Area.objects.get(name="Farsta")
    address = f"/namnder/farsta/omraden/{area.pk}/"
    assert "Flytta Farsta" in text(as_officer, address)
    as_officer.post(address, {"to": cast.bromma.pk, "on": "2026-01-01"})
    assert Area.objects.on().get(name="Farsta").board == cast.bromma
    assert as_officer.get(f"/namnder/bromma/omraden/{area.pk}/").status_code == 404


# what offices may do


def test_the_table_of_mandates_is_told_in_words_in_both_languages(cast: Cast, as_coordinator: Client) -> None:
    page = text(as_coordinator, "/befogenheter/")
    assert "läsa det som är skyddsvärt hos nämnden (K2)" in page
    assert page.count("<h3>Det här ingår") == 20
    assert '<a href="/program/krav/req-027/">Krävs enligt REQ-027</a>' in page
    assert "<li>Krävs enligt Dataskyddsförordningen art. 37</li>" in page
    assert "read what is protected at the board (K2)" in text(as_coordinator, "/befogenheter/", "en")


# meetings


def test_a_meeting_with_decisions_from_beginning_to_done(cast: Cast, as_coordinator: Client) -> None:
    answer = as_coordinator.post(
        "/namnder/bromma/moten/ny/",
        {"kind": "lokalt_riskhanteringsrad", "held_on": "2026-03-02", "agenda": "Läget"},
    )
    meeting, chief = CouncilMeeting.objects.get(), cast.chief
    assert answer["Location"] == meeting.get_absolute_url()
    as_coordinator.post(
        f"{meeting.get_absolute_url()}beslut/",
        {"text": "Byt lås", "responsible": "maria holm", "due_on": "2026-04-01"},
    )
    decision = MeetingDecision.objects.get()
    assert decision.responsible == chief
    assert "tag--late" in text(as_coordinator, meeting.get_absolute_url())
    for _press in range(2):
        as_coordinator.post(f"/namnder/bromma/beslut/{decision.pk}/genomfort/")
    assert MeetingDecision.objects.get().done_on == today()
    assert Event.objects.filter(verb="meeting.decision_done").count() == 1


def test_a_responsible_nobody_knows_is_asked_about(cast: Cast, as_coordinator: Client) -> None:
    cast.person("Lina Fors")
    cast.person("Lina Forsell")
    meeting = CouncilMeeting.objects.hold(
        cast.bromma, by=None, kind="lokalt_riskhanteringsrad", held_on=today()
    )
    address = f"{meeting.get_absolute_url()}beslut/"
    page = as_coordinator.post(address, {"text": "x", "responsible": "lina"}).content.decode()
    assert "lina.fors@example.org, lina.forsell@example.org" in page
    page = as_coordinator.post(address, {"text": "x", "responsible": "ingen alls"}).content.decode()
    assert "Vi hittar ingen" in page


def test_meetings_of_others_are_the_plain_404(cast: Cast) -> None:
    meeting = CouncilMeeting.objects.hold(
        cast.bromma, by=None, kind="lokalt_riskhanteringsrad", held_on=today()
    )
    for person in (cast.farsta_coordinator, cast.employee, cast.case_officer):
        assert signed_in(person).get(meeting.get_absolute_url()).status_code == 404
    assert signed_in(cast.farsta_coordinator).get("/namnder/bromma/moten/").status_code == 403


def test_the_network_is_read_by_those_who_keep_meetings(cast: Cast) -> None:
    city = Board.objects.get(code="kommunstyrelsen")
    meeting = CouncilMeeting.objects.hold(city, by=None, kind="natverksmote", held_on=today())
    assert signed_in(cast.farsta_coordinator).get(meeting.get_absolute_url()).status_code == 200
    assert signed_in(cast.farsta_coordinator).get("/namnder/kommunstyrelsen/moten/").status_code == 200
    assert signed_in(cast.employee).get(meeting.get_absolute_url()).status_code == 404
    assert (
        signed_in(cast.farsta_coordinator).get(f"{meeting.get_absolute_url()}uppgifter/").status_code == 403
    )


def test_a_council_that_has_not_met_is_told(cast: Cast, as_coordinator: Client) -> None:
    Board.objects.filter(pk=cast.bromma.pk).update(has_local_council=True)
    assert "har inte träffats på 4 månader" in text(as_coordinator, "/namnder/bromma/")


def test_meeting_facts_are_corrected(cast: Cast, as_coordinator: Client) -> None:
    meeting = CouncilMeeting.objects.hold(
        cast.bromma, by=None, kind="lokalt_riskhanteringsrad", held_on=today()
    )
    as_coordinator.post(
        f"{meeting.get_absolute_url()}uppgifter/",
        {"kind": "lokalt_riskhanteringsrad", "held_on": "2026-02-03", "agenda": "Nytt"},
    )
    assert CouncilMeeting.objects.get().held_on == date(2026, 2, 3)
