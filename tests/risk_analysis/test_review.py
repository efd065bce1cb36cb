"""The review: what has changed first, remarks in one form, returned or approved."""

import pytest
from django.test import Client

from boards.models import City, ReadLog
from risk_analysis.comparison import Mark
from risk_analysis.models import Commitment, Measure, QuestionHandled, Remark, Risk, Rsa
from risk_analysis.panels import to_do
from risk_analysis.parts import PARTS
from risk_analysis.reviewing import Review
from security_program.my_page import MyPage
from tests.conftest import Cast, signed_in

from . import analyses

State = Rsa.State


@pytest.fixture
def handed_in(cast: Cast) -> Rsa:
    """This year's, with one risk that is likelier, one that is new and one that is gone."""
    rsa = analyses.copied_forward(cast)
    for part in PARTS:
        part.model.objects.filter(rsa=rsa).confirm_each(by=cast.coordinator)
    snow, threat = Risk.objects.filter(rsa=rsa).order_by("-consequence")
    snow.correct(by=cast.coordinator, likelihood=5)
    facts = {"kind": Risk.Kind.VIOLENCE, "likelihood": 2, "consequence": 2, "worst_value": 1, "why": "Nytt"}
    Risk.objects.add(rsa, by=cast.coordinator, commitment=snow.commitment, title="Hot på nätet", **facts)
    threat.remove(by=cast.coordinator)
    QuestionHandled.objects.note(rsa, by=cast.coordinator)
    return analyses.submitted(cast, rsa)


@pytest.fixture
def chief(cast: Cast) -> Client:
    return signed_in(cast.security_chief)


def where(rsa: Rsa) -> str:
    return f"/rsa/{rsa.cycle.slug}/{rsa.slug}/granskning/"


def snow(rsa: Rsa) -> Risk:
    return Risk.objects.get(rsa=rsa, title__startswith="Snö")


def test_what_is_new_changed_and_gone_comes_before_what_is_as_it_was(cast: Cast, handed_in: Rsa) -> None:
    review = Review(handed_in)
    risks = [(row.name, row.found.mark) for row in review.rows if row.part.rows == "risks"]
    assert risks == [
        ("Hot på nätet", Mark.NEW),
        ("Snöstorm stoppar hemtjänsten", Mark.CHANGED),
        ("Hot mot personal", Mark.REMOVED),
    ]
    line = next(line for row in review.rows if row.is_changed for line in row.lines)
    assert (line.label, line.before, line.after) == ("Sannolikhet", "4 Hög", "5 Mycket hög")


def test_it_is_read_in_words_and_the_reading_is_noted(cast: Cast, handed_in: Rsa, chief: Client) -> None:
    page = chief.get(where(handed_in)).content.decode()
    assert page.index("Hot på nätet") < page.index("Snöstorm stoppar hemtjänsten")
    noted = ReadLog.objects.filter(reader=cast.security_chief, board=cast.bromma)
    assert (noted.get().level, noted.get().what) == ("K2", "review")


def test_a_case_officer_who_is_not_assigned_finds_nothing(cast: Cast, handed_in: Rsa) -> None:
    assert signed_in(cast.case_officer).get(where(handed_in)).status_code == 404


def test_nothing_is_decided_before_it_is_taken_up(handed_in: Rsa, chief: Client) -> None:
    chief.post(where(handed_in), {"gor": "godkann"})
    handed_in.refresh_from_db()
    assert handed_in.state == State.SUBMITTED
    chief.post(where(handed_in), {"gor": "ta-upp"})
    chief.post(where(handed_in), {"gor": "godkann"})
    handed_in.refresh_from_db()
    assert handed_in.state == State.APPROVED


def test_remarks_on_parts_rows_and_fields_are_sent_together(
    cast: Cast, handed_in: Rsa, chief: Client
) -> None:
    chief.post(where(handed_in), {"gor": "ta-upp"})
    thread = snow(handed_in).thread
    sent = {
        "gor": "lamna-tillbaka",
        "comment": "Två saker, till den 1 juni.",
        "del-beroenden": "Elen saknas.",
        f"rad-{thread}": "Varför fem?",
        f"falt-{thread}": "likelihood",
    }
    chief.post(where(handed_in), sent)
    handed_in.refresh_from_db()
    assert handed_in.state == State.RETURNED
    said = {(row.part, row.thread, row.field, row.text) for row in Remark.objects.all()}
    assert said == {("beroenden", None, "", "Elen saknas."), ("risker", thread, "likelihood", "Varför fem?")}
    assert handed_in.editions.last().state == State.DRAFT


def test_a_return_says_what_to_do(handed_in: Rsa, chief: Client) -> None:
    chief.post(where(handed_in), {"gor": "ta-upp"})
    answer = chief.post(where(handed_in), {"gor": "lamna-tillbaka", "del-risker": "Se över."})
    assert answer.status_code == 200
    assert "Se över." in answer.content.decode()
    handed_in.refresh_from_db()
    assert handed_in.state == State.REVIEWED


def test_remarks_are_not_lost_by_a_press_on_approve(handed_in: Rsa, chief: Client) -> None:
    chief.post(where(handed_in), {"gor": "ta-upp"})
    answer = chief.post(where(handed_in), {"gor": "godkann", "del-risker": "Se över."})
    assert "Se över." in answer.content.decode()
    handed_in.refresh_from_db()
    assert handed_in.state == State.REVIEWED


def test_the_next_version_is_read_with_the_remarks_and_their_answers(
    cast: Cast, handed_in: Rsa, chief: Client
) -> None:
    handed_in.take_up(by=cast.security_chief)
    remark = Remark(part="risker", about="Snöstorm", text="Varför fem?")
    new = handed_in.send_back(by=cast.security_chief, comment="En sak", remarks=[remark])
    remark.answer("Två stormar i vintras.", by=cast.coordinator)
    QuestionHandled.objects.note(new, by=cast.coordinator)
    analyses.submitted(cast, new)
    page = chief.get(where(new)).content.decode()
    assert "Två stormar i vintras." in page
    assert Review(new).summary == Review(handed_in).summary


def test_every_kind_of_row_is_put_into_words(cast: Cast, handed_in: Rsa) -> None:
    lines = {(row.part.slug, line.name): line.after for row in Review(handed_in).rows for line in row.lines}
    care = Commitment.objects.get(rsa=handed_in)
    assert lines["ataganden", "people"] == "4 Kritiskt"
    assert lines["beroenden", "commitment"] == str(care)
    assert lines["beroenden", "substitute"] == "Saknas"
    assert lines["handlingsplan", "status"] == Measure.Status.DECIDED.label
    assert lines["handlingsplan", "risks"] == "Snöstorm stoppar hemtjänsten"


def test_what_is_handed_in_waits_on_my_page_until_somebody_has_taken_it_up(
    cast: Cast, handed_in: Rsa
) -> None:
    before = where(handed_in).replace(str(handed_in.cycle.year), str(handed_in.cycle.year - 1))
    assert [thing.url for thing in to_do(cast.security_chief)] == [before, where(handed_in)]
    assert to_do(cast.case_officer) == []
    handed_in.take_up(by=cast.security_chief)
    assert [thing.url for thing in to_do(cast.security_chief)] == [before]


def test_the_citys_risks_are_one_press_from_my_page(cast: Cast) -> None:
    ways = {
        person: MyPage(person, City.objects.here()).ways for person in (cast.case_officer, cast.coordinator)
    }
    assert ("Riskbilden", "/riskbilden/") in ways[cast.case_officer]
    assert ("Riskbilden", "/riskbilden/") not in ways[cast.coordinator]
