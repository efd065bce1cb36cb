"""The dependencies of the whole city: for a purpose, noted, and of what has been handed in alone."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from boards.models import Board, ReadLog
from risk_analysis.models import Commitment, Dependency, DependencyAnswer, Purpose, Rsa, RsaCycle
from risk_analysis.models.purposes import ALONE_UP_TO
from risk_analysis.what_if import sign
from tests.conftest import Cast, signed_in

from . import analyses

HOME = "/riskbilden/beroenden/"
PAGES = [HOME, f"{HOME}koncentration/", f"{HOME}motsagelser/", f"{HOME}obesvarade/"]


def handed_in(board: Board, cycle: RsaCycle, title: str, *needs: dict[str, Any], **facts: Any) -> Rsa:
    """A commitment of one organisation and what it cannot do without."""
    rsa = Rsa.objects.create(
        cycle=cycle,
        board=board,
        slug=board.slug,
        method=cycle.method,
        state=Rsa.State.SUBMITTED,
        submitted_at=timezone.now(),
        board_had_it_on=cycle.opens_on,
    )
    said = {"criticality": 4, "tolerable_outage": 4, **facts}
    commitment = Commitment.objects.create(rsa=rsa, title=title, **said)
    for needed in needs:
        row = Dependency.objects.create(
            rsa=rsa, commitment=commitment, **{"substitute": "saknas", "tolerance_hours": 2, **needed}
        )
        if row.provider:
            DependencyAnswer.objects.create(dependency=row)
    return rsa


@pytest.fixture
def city(cast: Cast) -> RsaCycle:
    """Three boards use the same system; Bromma also depends on Farsta, which has not answered."""
    cycle = analyses.a_round(cast)
    system = {"kind": "it_system", "name": "Treserva"}
    food = {"kind": "intern_namnd", "name": "Mat", "provider": cast.farsta}
    handed_in(cast.bromma, cycle, "Hemtjänst", {**system, "tolerance_hours": 8}, food)
    handed_in(cast.farsta, cycle, "Kök", system, {"kind": "el", "name": "Elnätet"}, tolerable_outage=48)
    handed_in(Board.objects.get(code="socialnamnden"), cycle, "Skyddat boende", system)
    return cycle


def for_a_purpose(cast: Cast, **facts: Any) -> Client:
    Purpose.objects.state(Purpose.What.DEPENDENCIES, by=cast.security_chief, why="Vinterplanering", **facts)
    return signed_in(cast.security_chief)


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_shown_before_a_purpose_and_each_opening_with_one_is_noted(
    cast: Cast, city: RsaCycle, page: str
) -> None:
    before = signed_in(cast.security_chief).get(page)
    assert before.status_code == 302
    assert before["Location"].startswith("/riskbilden/andamal/nytt/")
    assert not ReadLog.objects.filter(level="K3").exists()
    client = for_a_purpose(cast)
    assert "Vinterplanering" in text_of(client.get(page))
    noted = ReadLog.objects.get(level="K3")
    assert (noted.reader, noted.object_type) == (cast.security_chief, "risk_analysis.Purpose")


@pytest.mark.parametrize("page", PAGES)
def test_one_who_may_read_only_some_boards_is_refused(cast: Cast, city: RsaCycle, page: str) -> None:
    for person in (cast.coordinator, cast.case_officer, cast.protective_chief, cast.auditor):
        assert signed_in(person).get(page).status_code == 403


def test_above_the_threshold_nothing_is_shown_until_a_second_person_has_agreed(
    cast: Cast, city: RsaCycle
) -> None:
    boards = Board.objects.on().exclude(analyses__isnull=False).order_by("pk")[:ALONE_UP_TO]
    for board in boards:
        handed_in(board, city, f"Åtagande {board.pk}")
    client = for_a_purpose(cast)
    assert client.get(HOME).status_code == 302
    Purpose.objects.get().approve(by=cast.protective_chief)
    assert client.get(HOME).status_code == 200


def test_a_purpose_that_one_person_was_enough_for_is_not_enough_when_many_more_have_handed_in(
    cast: Cast, city: RsaCycle
) -> None:
    client = for_a_purpose(cast)
    assert client.get(HOME).status_code == 200
    for board in Board.objects.on().exclude(analyses__isnull=False).order_by("pk")[:ALONE_UP_TO]:
        handed_in(board, city, f"Åtagande {board.pk}")
    assert client.get(HOME)["Location"].startswith("/riskbilden/andamal/nytt/")
    assert ReadLog.objects.filter(level="K3").count() == 1


def test_a_start_is_followed_through_organisations_with_its_reasons(cast: Cast, city: RsaCycle) -> None:
    shown = text_of(for_a_purpose(cast).get(HOME, {"fran": sign("good:el")}))
    assert "Inom 168 timmar stannar 2 åtaganden, i 2 organisationer. Det första efter 2 timmar." in shown
    assert "Timme 0: El faller bort." in shown
    assert "Timme 2: Kök (Farsta stadsdelsnämnd) klarar sig 2 timmar utan El. Sedan stannar det." in shown
    assert (
        "Timme 4: Hemtjänst (Bromma stadsdelsnämnd) klarar sig 2 timmar utan Farsta stadsdelsnämnd." in shown
    )
    assert "Osäkert." in shown


def test_the_same_provider_in_three_organisations_is_named_with_all_of_them(
    cast: Cast, city: RsaCycle
) -> None:
    shown = text_of(for_a_purpose(cast).get(PAGES[1]))
    assert "1 gemensamt beroende bär tre organisationer eller fler. Treserva bär 3." in shown
    assert "Bromma stadsdelsnämnd, Farsta stadsdelsnämnd, Socialnämnden" in shown


def test_a_promise_that_cannot_be_kept_is_told_step_by_step(cast: Cast, city: RsaCycle) -> None:
    kitchen = Commitment.objects.get(title="Kök")
    DependencyAnswer.objects.update(state="bekraftad", commitment=kitchen)
    shown = text_of(for_a_purpose(cast).get(PAGES[2]))
    assert "Hemtjänst (Bromma stadsdelsnämnd): 42 timmar för länge" in shown
    assert "Kök (Farsta stadsdelsnämnd) ska vara igång igen inom 48 timmar." in shown


def test_who_has_not_answered_is_named_until_it_has(cast: Cast, city: RsaCycle) -> None:
    client = for_a_purpose(cast)
    assert "Farsta stadsdelsnämnd 1 fråga Hemtjänst (Bromma stadsdelsnämnd)" in text_of(client.get(PAGES[3]))
    DependencyAnswer.objects.update(state="avvisad", comment="Nej.")
    assert "Alla har svarat." in text_of(client.get(PAGES[3]))
    assert "som säger att det inte stämmer" in text_of(client.get(PAGES[2]))


def test_a_draft_is_nowhere_in_it(cast: Cast, city: RsaCycle) -> None:
    Rsa.objects.filter(board=cast.farsta).update(state=Rsa.State.DRAFT)
    client = for_a_purpose(cast)
    for page in PAGES:
        assert "Kök" not in text_of(client.get(page))
    assert "Elnätet" not in text_of(client.get(HOME))
    assert sign("good:el") not in client.get(HOME).content.decode()


def test_a_purpose_for_one_kind_of_organisation_opens_no_other(cast: Cast, city: RsaCycle) -> None:
    client = for_a_purpose(cast, kind=cast.bromma.kind)
    shown = text_of(client.get(HOME, {"fran": sign("it_system:treserva")}))
    assert "Hemtjänst" in shown
    assert "Skyddat boende" not in shown


def test_a_company_whose_board_has_not_had_its_analysis_is_not_in_it(cast: Cast, city: RsaCycle) -> None:
    rsa = handed_in(cast.company, city, "Fibernät", {"kind": "el", "name": "Elnätet"})
    client = for_a_purpose(cast)
    assert "Fibernät" in text_of(client.get(HOME, {"fran": sign("good:el")}))
    Rsa.objects.filter(pk=rsa.pk).update(board_had_it_on=None)
    assert "Fibernät" not in text_of(client.get(HOME, {"fran": sign("good:el")}))
