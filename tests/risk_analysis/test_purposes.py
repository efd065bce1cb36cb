"""What many have written is not read side by side before one has said why, and much of it not by one alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from boards.models import Board, Notice, ReadLog
from risk_analysis.models import Purpose, Reviewer
from risk_analysis.models.purposes import ALONE_UP_TO, LASTS
from risk_analysis.purposes import standing
from tests.conftest import Cast, signed_in

from . import cities

RISKS = Purpose.What.RISKS
WHERE = "/riskbilden/risker/"


def handed_in(cast: Cast, number: int) -> None:
    rounds = cities.two_rounds(cast)
    MANY = Board.objects.bound().on().exclude(kind__in=("moderbolag", "kommunalt_bolag"))
    for board in MANY.order_by("pk")[:number]:
        cities.risk(cities.analysis(rounds.now, board), title=f"Risk hos {board.slug}")


def test_the_purpose_comes_first_and_leads_back_to_what_was_asked_for(cast: Cast) -> None:
    handed_in(cast, 2)
    client = signed_in(cast.security_chief)
    answer = client.get(WHERE)
    assert answer.status_code == 302
    where = answer.headers["Location"]
    assert client.post(where, {"what": RISKS, "why": ""}).status_code == 200
    assert client.post(where, {"what": RISKS, "why": "Årets samlade bild"}).headers["Location"] == WHERE
    assert "Risk hos" in client.get(WHERE).content.decode()


def test_it_never_leads_out_of_the_house(cast: Cast) -> None:
    answer = signed_in(cast.security_chief).post(
        "/riskbilden/andamal/nytt/?till=//example.org/", {"what": RISKS, "why": "Årets bild"}
    )
    assert answer.headers["Location"] == WHERE


def test_what_is_shown_is_noted_as_strongly_limited_with_the_purpose(cast: Cast) -> None:
    handed_in(cast, 2)
    purpose = Purpose.objects.state(RISKS, by=cast.security_chief, why="Årets bild")
    signed_in(cast.security_chief).get(WHERE)
    noted = ReadLog.objects.get(level="K3")
    assert (noted.reader, noted.count) == (cast.security_chief, 2)
    assert str(purpose.pk) in noted.what


def test_more_than_one_person_may_open_alone_waits_for_a_second_one(cast: Cast) -> None:
    handed_in(cast, ALONE_UP_TO + 1)
    second = cast.protective_chief
    purpose = Purpose.objects.state(RISKS, by=cast.security_chief, why="Årets bild")
    assert standing(cast.security_chief, RISKS) is None
    assert Notice.objects.filter(person=second, kind="purpose_waits").exists()
    with pytest.raises(ValidationError):
        purpose.approve(by=cast.security_chief)
    signed_in(second).post(f"/riskbilden/andamal/{purpose.pk}/ja/")
    assert standing(cast.security_chief, RISKS) == purpose
    with pytest.raises(ValidationError):
        purpose.approve(by=second)


def test_the_database_itself_wants_the_second_person(cast: Cast) -> None:
    handed_in(cast, ALONE_UP_TO + 1)
    purpose = Purpose.objects.state(RISKS, by=cast.security_chief, why="Årets bild")
    rows = Purpose.objects.filter(pk=purpose.pk)
    for facts in ({}, {"approved_by": cast.security_chief}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(approved_at=timezone.now(), **facts)


def test_one_kind_of_organisation_is_enough_to_need_nobody_else_and_shows_no_other(cast: Cast) -> None:
    handed_in(cast, ALONE_UP_TO + 5)
    Purpose.objects.state(RISKS, by=cast.security_chief, why="Stadsdelarna", kind="stadsdelsnamnd")
    page = signed_in(cast.security_chief).get(WHERE).content.decode()
    districts = {board.slug for board in Board.objects.districts()}
    shown = {board.slug for board in Board.objects.all() if f"Risk hos {board.slug}<" in page}
    assert shown
    assert shown <= districts


def test_it_is_good_for_one_working_day(cast: Cast) -> None:
    purpose = Purpose.objects.state(RISKS, by=cast.security_chief, why="Årets bild")
    Purpose.objects.filter(pk=purpose.pk).update(approved_at=timezone.now() - LASTS - timedelta(minutes=1))
    assert standing(cast.security_chief, RISKS) is None
    assert signed_in(cast.security_chief).get(WHERE).status_code == 302


def test_a_case_officer_reads_side_by_side_those_she_reviews_and_no_others(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    for board in (cast.bromma, cast.farsta):
        cities.risk(cities.analysis(rounds.now, board), title=f"Risk hos {board.slug}")
    Reviewer.objects.assign(cast.case_officer, cast.bromma, by=cast.security_chief)
    Purpose.objects.state(RISKS, by=cast.case_officer, why="Granskning")
    page = signed_in(cast.case_officer).get(WHERE).content.decode()
    assert "Risk hos bromma" in page
    assert "Risk hos farsta" not in page


def test_a_risk_that_has_risen_says_from_where_and_one_that_is_gone_is_named(cast: Cast) -> None:
    rounds = cities.two_rounds(cast)
    old, new = cities.analysis(rounds.before, cast.bromma), cities.analysis(rounds.now, cast.bromma)
    was = cities.risk(old, 1, 1, title="Smitta")
    cities.risk(old, 5, 5, title="Försvunnen")
    cities.risk(new, 5, 5, title="Smitta", thread=was.thread)
    Purpose.objects.state(RISKS, by=cast.security_chief, why="Årets bild")
    page = signed_in(cast.security_chief).get(WHERE).content.decode()
    assert "Upp från låg" in page
    assert page.index("Bland de första i") < page.index("Försvunnen")
