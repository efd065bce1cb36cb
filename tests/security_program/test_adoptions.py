"""Companies adopt the programme themselves: asked by the parent company, decided by each, and the missing seen."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from boards.days import today
from boards.models import Board, Event, Notice, User
from boards.models.boards import COMPANIES
from security_program.models import Adoption, AdoptionCall, Programme
from tests.conftest import Cast, signed_in

SLUG = "sakerhetsprogram-2020-2023"
LIST, ASK = reverse("adoption_list", args=[SLUG]), reverse("adoption_call_new", args=[SLUG])


@pytest.fixture
def parent() -> Board:
    return Board.objects.get(code="stockholms_stadshus_ab")


@pytest.fixture
def asker(city: Cast, parent: Board) -> User:
    return city.holder("Vera Dal", "sakerhetssamordnare", parent)


def version() -> Programme:
    return Programme.objects.get(slug=SLUG)


def asked(parent: Board, by: User) -> AdoptionCall:
    facts = {"decided_on": today(), "paragraph": "§ 8", "answer_by": today() + timedelta(days=60)}
    call: AdoptionCall = AdoptionCall.objects.ask(parent, version(), by=by, **facts)
    return call


def adopt(board: Board, by: User) -> None:
    Adoption.objects.note(board, version(), by=by, decided_on=today(), paragraph="§ 3")


def test_the_parent_company_asks_and_those_who_should_act_are_told(city: Cast, asker: User) -> None:
    person = city.holder("Elin Gran", "sakerhetssamordnare", city.company)
    typed = {"decided_on": "i går", "paragraph": "§ 8", "answer_by": f"{today().year + 1}-01-31"}
    assert city.company.name in signed_in(asker).get(ASK).content.decode()
    assert signed_in(asker).post(ASK, typed).status_code == 302
    assert AdoptionCall.objects.get().noted_by == asker
    told = Notice.objects.get(kind="adoption_asked", person=person)
    assert (told.board, told.link) == (city.company, reverse("adoption_new", args=["stokab"]))
    streams = Event.objects.filter(verb="programme.adoption_asked").values_list("board__code", flat=True)
    assert len(streams) == len(set(streams)) == Board.objects.on().filter(kind__in=COMPANIES).count() - 1


def test_who_has_been_asked_finds_it_on_the_own_page(city: Cast, parent: Board, asker: User) -> None:
    person = city.holder("Elin Gran", "sakerhetssamordnare", city.company)
    link = f'href="{reverse("adoption_new", args=["stokab"])}"'
    assert link not in signed_in(person).get("/min-sida/").content.decode()
    asked(parent, asker)
    assert link in signed_in(person).get("/min-sida/").content.decode()


def test_which_companies_have_not_adopted_the_version_is_read_on_one_page(
    city: Cast, parent: Board, asker: User
) -> None:
    page = signed_in(city.employee).get(LIST).content.decode()
    assert missing(page) == set(Board.objects.on().filter(kind__in=COMPANIES).values_list("name", flat=True))
    for board in Board.objects.on().filter(kind__in=COMPANIES).exclude(pk=city.company.pk):
        adopt(board, asker)
    page = signed_in(city.employee).get(LIST).content.decode()
    assert missing(page) == {city.company.name}
    adopt(city.company, asker)
    page = signed_in(city.employee).get(LIST).content.decode()
    assert not missing(page)
    assert "Alla bolag har antagit" in page


def missing(page: str) -> set[str]:
    section = re.search(r'<section aria-labelledby="lacking">.*?</section>', page, re.S)
    return set(re.findall(r"<span>([^<]+)</span></a>", section[0])) if section else set()


def test_only_the_parent_company_asks_and_the_office_for_it(city: Cast, parent: Board, asker: User) -> None:
    person = city.holder("Elin Gran", "sakerhetssamordnare", city.company)
    assert signed_in(person).get(ASK).status_code == 403
    assert signed_in(city.case_officer).get(ASK).status_code == 200
    with pytest.raises(ValidationError):
        asked(city.company, asker)


def test_nobody_is_asked_when_every_company_has_adopted(city: Cast, parent: Board, asker: User) -> None:
    for board in Board.objects.on().filter(kind__in=COMPANIES):
        adopt(board, asker)
    with pytest.raises(ValidationError):
        asked(parent, asker)


def test_a_call_is_not_made_before_the_council_has_decided(city: Cast, parent: Board, asker: User) -> None:
    draft = Programme.objects.get(slug="sakerhetsprogram-2024")
    facts = {"decided_on": today(), "paragraph": "§ 8", "answer_by": today()}
    with pytest.raises(ValidationError):
        AdoptionCall.objects.ask(parent, draft, by=asker, **facts)
    assert signed_in(asker).get(reverse("adoption_list", args=[draft.slug])).status_code == 404


def test_the_call_is_made_through_the_api(city: Cast, parent: Board, asker: User) -> None:
    typed = {"decided_on": f"{today()}", "paragraph": "§ 8", "answer_by": f"{today() + timedelta(days=30)}"}
    browser, address = signed_in(asker), f"/api/v1/namnder/{parent.slug}/uppmaning/"
    assert browser.post(address, typed, content_type="application/json").status_code == 200
    others = f"/api/v1/namnder/{city.company.slug}/uppmaning/"
    assert browser.post(others, typed, content_type="application/json").status_code == 403
    read = signed_in(city.employee).get("/api/v1/uppmaningar/").json()["results"]
    assert [row["paragraph"] for row in read] == ["§ 8"]
