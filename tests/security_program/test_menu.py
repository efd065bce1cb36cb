"""Every entry of the menu leads somewhere true, also before there is anything to show."""

import pytest
from django.core.management import call_command
from django.test import Client

from boards.days import today
from boards.models import Board, City, CouncilMeeting, Unit, User
from tests.conftest import Cast, signed_in

EMPTY = {
    "/rsa/": "Ingen RSA-omgång är öppen än",
    "/handelser/": "Inga händelser finns här än",
    "/kris/": "Inget pågår här",
    "/lagesbilder/": "Ingen lägesbild är gjord än",
    "/rapporter/": "Ingen rapport är gjord än",
    "/sammantraden/": "Det finns inga möten för dig att se än",
}


@pytest.mark.parametrize("page", EMPTY)
def test_each_page_says_honestly_that_there_is_nothing_yet(cast: Cast, page: str, anyone: Client) -> None:
    assert EMPTY[page] in signed_in(cast.member).get(page).content.decode()
    assert anyone.get(page).status_code == 302


def test_the_footer_leads_nobody_to_a_page_they_must_sign_in_for(cast: Cast, anyone: Client) -> None:
    assert "/status/" not in anyone.get("/hjalp/").content.decode()
    assert "/status/" in signed_in(cast.member).get("/hjalp/").content.decode()


def test_reports_say_when_the_first_one_comes(cast: Cast) -> None:
    call_command("load_reference")
    page = signed_in(cast.member).get("/rapporter/").content.decode()
    assert "Den första kommer efter uppföljningen som ska vara klar den 30 april" in page


def test_the_rsa_page_names_coordinators_and_says_where_one_is_missing(cast: Cast) -> None:
    karin = cast.coordinator
    page = signed_in(cast.employee).get("/rsa/").content.decode()
    assert karin.name in page
    assert "saknar säkerhetssamordnare. Programmet kräver en." in page
    assert "Ingen i staden har beslutat om skalorna än" in page


def test_how_to_report_is_open_to_anyone(cast: Cast, anyone: Client) -> None:
    City.objects.here().change(
        by=cast.administrator,
        crisis_support_phone="08-1",
        guard_phone="08-2",
        protective_security_phone="08-3",
    )
    page = anyone.get("/handelser/ny/").content.decode()
    assert page.index("tel:112") < page.index("tel:081") < page.index("Det rör Sveriges säkerhet")
    assert "tel:083" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_the_numbers_and_helper_of_ones_own_board_are_shown_when_signed_in(cast: Cast) -> None:
    Board.objects.filter(pk=cast.bromma.pk).update(guard_phone="08-508 06 000")
    unit = Unit.objects.create(board=cast.bromma, name="Hemtjänsten")
    User.objects.filter(pk=cast.employee.pk).update(unit=unit)
    karin = cast.coordinator
    page = signed_in(cast.employee).get("/handelser/ny/").content.decode()
    assert "tel:0850806000" in page
    assert karin.name in page


def test_the_citys_own_system_for_incidents_is_linked_when_there_is_one(cast: Cast) -> None:
    link = "https://ia.example.org/"
    assert link not in signed_in(cast.employee).get("/handelser/").content.decode()
    City.objects.here().change(by=cast.administrator, incident_system_url=link)
    for page in ("/handelser/", "/handelser/ny/"):
        assert f'href="{link}"' in signed_in(cast.employee).get(page).content.decode()


def test_the_levels_say_who_decides_and_heightened_preparedness_is_no_fourth_step(cast: Cast) -> None:
    call_command("load_reference")
    page = signed_in(cast.employee).get("/kris/").content.decode()
    assert "3. Extraordinär händelse" in page
    assert "4. " not in page
    assert "Krisledningsnämndens ordförande, ingen annan" in page
    assert "Närhetsprincipen" in page


def test_who_is_on_duty_is_open_but_the_numbers_are_not(cast: Cast) -> None:
    duty = cast.duty_officer
    User.objects.filter(pk=duty.pk).update(phone="08-508 99 999")
    page = signed_in(cast.employee).get("/kris/").content.decode()
    assert duty.name in page
    assert "08-508 99 999" not in page
    assert "08-508 99 999" in signed_in(duty).get("/kris/").content.decode()


def test_meetings_are_those_the_person_may_see(cast: Cast) -> None:
    kind = CouncilMeeting.Kind.LOCAL_COUNCIL
    own = CouncilMeeting.objects.create(board=cast.bromma, kind=kind, held_on=today())
    other = CouncilMeeting.objects.create(board=cast.farsta, kind=kind, held_on=today())
    page = signed_in(cast.coordinator).get("/sammantraden/").content.decode()
    assert f"/moten/{own.pk}/" in page
    assert f"/moten/{other.pk}/" not in page
