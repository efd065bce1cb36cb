"""Who depends on an organisation: what is handed in is asked about, and the answer is what the city counts with."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from boards.models import Board, Event, ReadLog
from risk_analysis import dependency_panels
from risk_analysis.models import Commitment, Dependency, DependencyAnswer, Rsa
from tests.conftest import Cast, signed_in

from . import analyses

State = DependencyAnswer.State


def needs_farsta(cast: Cast, rsa: Rsa) -> None:
    Dependency.objects.add(
        rsa,
        by=cast.coordinator,
        commitment=Commitment.objects.get(rsa=rsa),
        kind="intern_namnd",
        name="Mat från köket i Farsta",
        provider=cast.farsta,
        tolerance_hours=30,
        substitute="saknas",
    )


@pytest.fixture
def asked(cast: Cast) -> DependencyAnswer:
    """Bromma has handed in that it depends on Farsta."""
    rsa = analyses.filled(cast, analyses.begun(cast))
    needs_farsta(cast, rsa)
    analyses.submitted(cast, rsa)
    return DependencyAnswer.objects.get()


def own_commitment(cast: Cast) -> Commitment:
    """Farsta has begun its own analysis."""
    rsa = Rsa.objects.begin(Rsa.objects.get().cycle, cast.farsta, by=cast.farsta_coordinator)
    return Commitment.objects.add(rsa, by=cast.farsta_coordinator, title="Kök", people=4)


def page(board: Board, asked: DependencyAnswer | None = None) -> str:
    return f"/namnder/{board.slug}/beroende-av-oss/" + (f"{asked.pk}/" if asked else "")


def test_what_is_not_handed_in_is_asked_of_nobody(cast: Cast) -> None:
    needs_farsta(cast, analyses.filled(cast, analyses.begun(cast)))
    listed = signed_in(cast.farsta_coordinator).get(page(cast.farsta)).content.decode()
    assert "Mat från köket" not in listed
    assert dependency_panels.to_do(cast.farsta_coordinator) == []


def test_the_one_that_is_asked_reads_who_and_what_and_each_reading_is_noted(
    cast: Cast, asked: DependencyAnswer
) -> None:
    client = signed_in(cast.farsta_coordinator)
    for where in (page(cast.farsta), page(cast.farsta, asked)):
        shown = client.get(where).content.decode()
        assert all(word in shown for word in ("Bromma", "Hemtjänst", "Mat från köket i Farsta", "30"))
    assert list(ReadLog.objects.order_by("pk").values_list("way", "level")) == [
        ("listed", "K2"),
        ("opened", "K2"),
    ]


def test_the_question_stands_on_my_page_until_it_is_answered(cast: Cast, asked: DependencyAnswer) -> None:
    [thing] = dependency_panels.to_do(cast.farsta_coordinator)
    assert thing.url == f"{page(cast.farsta)}?svar=obesvarad"
    asked.answer(State.CONFIRMED, by=cast.farsta_coordinator)
    assert dependency_panels.to_do(cast.farsta_coordinator) == []


def test_an_answer_names_the_commitment_and_leaves_one_event_without_its_words(
    cast: Cast, asked: DependencyAnswer
) -> None:
    kitchen = own_commitment(cast)
    sent = {"state": "bekraftad", "commitment": kitchen.pk, "promised_hours": "8", "comment": "Dygnet runt"}
    answer = signed_in(cast.farsta_coordinator).post(page(cast.farsta, asked), sent)
    assert answer.status_code == 302
    asked.refresh_from_db()
    assert (asked.state, asked.commitment, asked.promised_hours) == (State.CONFIRMED, kitchen, 8)
    event = Event.objects.get(verb="dependency.answered")
    assert event.board == cast.farsta
    assert "Dygnet runt" not in event.body


def test_no_needs_a_reason(cast: Cast, asked: DependencyAnswer) -> None:
    shown = signed_in(cast.farsta_coordinator).post(page(cast.farsta, asked), {"state": "avvisad"})
    assert "Skriv varför" in shown.content.decode()
    with pytest.raises(ValidationError):
        asked.answer(State.REJECTED, by=cast.farsta_coordinator, comment=" ")


def test_a_commitment_of_somebody_else_is_no_answer(cast: Cast, asked: DependencyAnswer) -> None:
    foreign = Commitment.objects.get(rsa__board=cast.bromma)
    with pytest.raises(ValidationError):
        asked.answer(State.CONFIRMED, by=cast.farsta_coordinator, commitment=foreign)


def test_the_one_who_asks_reads_the_answer_and_does_not_give_it(cast: Cast, asked: DependencyAnswer) -> None:
    client = signed_in(cast.coordinator)
    shown = client.get(page(cast.farsta, asked)).content.decode()
    assert "Bromma stadsdelsnämnd är beroende av Farsta stadsdelsnämnd" in shown
    assert client.post(page(cast.farsta, asked), {"state": "bekraftad"}).status_code == 403


def test_what_was_asked_last_year_is_no_longer_asked_when_this_years_analysis_is_handed_in(
    cast: Cast,
) -> None:
    old = analyses.filled(cast, analyses.begun(cast, analyses.a_round(cast, 2025)))
    needs_farsta(cast, old)
    analyses.submitted(cast, old)
    assert DependencyAnswer.objects.waiting().count() == 1
    analyses.handed_in(cast)
    assert DependencyAnswer.objects.waiting().count() == 0


def test_through_the_api_it_is_read_and_answered_by_the_same_rules(
    cast: Cast, asked: DependencyAnswer
) -> None:
    client: Client = signed_in(cast.farsta_coordinator)
    [row] = client.get("/api/v1/beroendesvar/").json()["results"]
    assert (row["board"], row["relies_for"], row["state"]) == (
        "bromma",
        "Mat från köket i Farsta",
        "obesvarad",
    )
    where = f"/api/v1/beroendesvar/{asked.pk}/svar/"
    sent = {"state": "avvisad", "comment": ""}
    assert client.post(where, sent, content_type="application/json").status_code == 409
    sent["comment"] = "Köket läggs ned."
    assert client.post(where, sent, content_type="application/json").json()["state"] == "avvisad"
