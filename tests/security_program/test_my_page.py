"""One's own page: what the person has to do, by date, at a cost that does not grow."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.days import today
from boards.models import AccessRequest, City, Office, OfficeType, Training, User
from security_program.models import BarrierReport
from tests.conftest import LONG_AGO, Cast, signed_in

# Session, person, city, offices and rights are five of them; what is left is one question for each kind of duty.
AT_MOST = 22


@pytest.fixture(autouse=True)
def set_up_city(cast: Cast) -> None:
    City.objects.here().end_first_run(by=cast.security_chief)


def page_of(person: User) -> str:
    answer = signed_in(person).get("/min-sida/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_when_nothing_waits_the_next_date_is_told(cast: Cast) -> None:
    call_command("load_reference")
    page = page_of(cast.coordinator)
    assert "Inget väntar på dig. Nästa datum:" in page
    assert "Inget väntar på dig. Det finns inga datum än." not in page


def test_without_dates_the_page_says_that(cast: Cast) -> None:
    assert "Inget väntar på dig. Det finns inga datum än." in page_of(cast.coordinator)


def test_an_office_to_approve_waits_for_a_second_person(cast: Cast) -> None:
    office = Office.objects.of(cast.bromma, "krisledningschef")
    holding = office.appoint(cast.employee, by=cast.chief, valid_from=today())
    link = f"/namnder/{cast.bromma.slug}/roller/{holding.pk}/"
    assert link in page_of(cast.security_chief)
    assert link not in page_of(cast.chief)
    assert link not in page_of(cast.coordinator)


def test_vacancies_at_the_own_board_wait_for_whoever_appoints_there(cast: Cast) -> None:
    page = page_of(cast.chief)
    assert "som krävs och är lediga" in page
    assert f"/namnder/{cast.bromma.slug}/roller/" in page
    assert "som krävs och är lediga" not in page_of(cast.coordinator)


def test_training_that_runs_out_is_told_in_time_and_when_it_has(cast: Cast) -> None:
    karin = cast.coordinator
    kind = OfficeType.objects.get(code="sakerhetssamordnare")
    taken = Training.objects.create(
        person=karin, office_type=kind, completed_on=LONG_AGO, expires_on=today() + timedelta(days=61)
    )
    assert "Förnya din utbildning" not in page_of(karin)
    Training.objects.filter(pk=taken.pk).update(expires_on=today() - timedelta(days=1))
    page = page_of(karin)
    assert "Förnya din utbildning som säkerhetssamordnare" in page
    assert "Försenad" in page
    Training.objects.create(person=karin, office_type=kind, completed_on=today())
    assert "Förnya din utbildning" not in page_of(karin)


def test_things_to_do_stand_by_date_with_the_late_first(cast: Cast) -> None:
    soon, late = today() + timedelta(days=9), today() - timedelta(days=9)
    for name, day in (("Anna", soon), ("Bo", late)):
        Office.objects.of(cast.bromma, "krisledning").appoint(
            cast.person(name), by=cast.chief, valid_from=day, is_deputy=True
        )
    page = page_of(cast.security_chief)
    assert page.index("Godkänn Bo") < page.index("Godkänn Anna")


def test_whom_one_stands_in_for_is_told(cast: Cast) -> None:
    stand_in = cast.coordinator.let_stand_in(cast.employee, valid_from=today(), valid_to=today())
    stand_in.offices.get().approve(by=cast.chief)
    page = page_of(cast.employee)
    assert "Du ersätter" in page
    assert "Karin Ek" in page
    assert cast.bromma.name in page


def test_whoever_has_no_office_is_told_how_to_ask(cast: Cast) -> None:
    assert "Du har ingen roll vid en nämnd eller ett bolag." in page_of(cast.employee)


def test_who_manages_the_city_sees_what_waits_for_the_city(cast: Cast) -> None:
    barrier = BarrierReport.objects.report(text="Knappen går inte att nå")
    page = page_of(cast.administrator)
    assert f"/tillganglighet/brist/{barrier.pk}/" in page
    assert "Bekräfta vilket program som gäller" in page
    assert "Bekräfta vilket program som gäller" not in page_of(cast.chief)


def fill(cast: Cast, number: int) -> None:
    """As much again of everything that the page shows."""
    for n in range(number):
        person = cast.person(f"Person {User.objects.count()} {n}")
        Office.objects.of(cast.bromma, "krisledning").appoint(
            person, by=None, valid_from=today(), is_deputy=True
        )
        AccessRequest.objects.ask(cast.bromma, by=person, reason="x")
        BarrierReport.objects.report(text="x")


@pytest.mark.parametrize(
    "who", ["chief", "security_chief", "administrator", "coordinator", "employee", "member"]
)
def test_the_page_costs_the_same_when_there_is_twice_as_much(cast: Cast, who: str) -> None:
    call_command("load_reference")
    browser = signed_in(getattr(cast, who))
    counts = []
    for _round in range(2):
        fill(cast, 4)
        browser.get("/min-sida/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/min-sida/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= AT_MOST, "\n".join(query["sql"][:120] for query in asked)


@pytest.mark.parametrize(("days", "words"), [(0, "i dag"), (1, "1 dag kvar"), (12, "12 dagar kvar")])
def test_what_has_a_last_day_says_how_long_is_left(cast: Cast, days: int, words: str) -> None:
    Office.objects.of(cast.bromma, "vb").appoint(
        cast.employee, by=cast.administrator, valid_from=today() + timedelta(days=days)
    )
    page = signed_in(cast.chief).get("/min-sida/").content.decode()
    assert re.search(rf"</time>,\s+{words}\s", page)
