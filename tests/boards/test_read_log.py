"""Who has read what: written before anything is shown, and seen by those whose board it is."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from boards import audit, documents, read_log, sanitation
from boards.models import Event, FactorReset, ReadLog
from boards.read_log import MANY
from tests import append_only
from tests.conftest import Cast, signed_in


def test_each_opening_is_a_row(cast: Cast) -> None:
    read_log.opened(cast.coordinator, cast.bromma, level="K2", what="guard_phone")
    row = ReadLog.objects.get()
    assert (row.reader, row.board, row.way, row.what) == (
        cast.coordinator,
        cast.bromma,
        "opened",
        "guard_phone",
    )


def test_a_list_of_protected_things_is_one_row_with_a_hash_of_which(cast: Cast) -> None:
    boards = [cast.bromma, cast.farsta]
    read_log.listed(cast.coordinator, boards, level="K2", query="/namnder/?typ=x")
    read_log.listed(cast.coordinator, boards, level="K1", query="/namnder/")
    row = ReadLog.objects.get()
    assert (row.count, row.what, row.board) == (2, "/namnder/?typ=x", None)
    assert row.ids == audit.hash_of_ids(board.pk for board in reversed(boards))


def test_a_file_is_noted_whatever_its_class(cast: Cast) -> None:
    signed_in(cast.employee).get("/namnder/?format=xlsx")
    row = ReadLog.objects.get()
    assert (row.reader, row.way, row.level) == (cast.employee, "given_out", "K0")
    assert row.what.startswith("namnder-och-bolag-")
    assert row.count > 40


@pytest.fixture
def broken_log(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE boards_readlog RENAME COLUMN what TO gone")


def test_without_a_row_there_is_no_answer_for_k3(cast: Cast, broken_log: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        read_log.opened(cast.person("Karin Ek"), cast.bromma, level="K3")


def test_for_the_rest_work_goes_on_and_the_failure_is_noted(
    cast: Cast, broken_log: None, caplog: pytest.LogCaptureFixture
) -> None:
    read_log.opened(cast.person("Karin Ek"), cast.bromma, level="K2")
    assert "could not be noted" in caplog.text


def test_reading_a_great_deal_is_flagged_once(cast: Cast) -> None:
    reader = cast.coordinator
    for _time in range(MANY):
        read_log.opened(reader, cast.bromma, level="K2")
    assert not Event.objects.filter(verb="reading.flagged").exists()
    for _time in range(3):
        read_log.opened(reader, cast.bromma, level="K3")
    assert Event.objects.get(verb="reading.flagged").actor == reader


def test_an_ordinary_day_is_not_flagged(cast: Cast) -> None:
    reader = cast.coordinator
    for _time in range(MANY):
        read_log.opened(reader, cast.bromma, level="K2")
        read_log.opened(reader, cast.bromma, level="K1")
    read_log.listed(reader, [cast.bromma] * 50, level="K2", query="/")
    assert not Event.objects.filter(verb="reading.flagged").exists()


@pytest.mark.parametrize("change", [lambda rows: rows.update(what=""), lambda rows: rows.delete()])
def test_the_read_log_is_neither_changed_nor_deleted(cast: Cast, change: Any) -> None:
    read_log.opened(cast.coordinator, cast.bromma, level="K2")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(ReadLog.objects.all())


def test_after_five_years_a_row_may_go(cast: Cast) -> None:
    read_log.opened(cast.coordinator, cast.bromma, level="K2")
    with append_only.lifted():
        ReadLog.objects.update(at=timezone.now().replace(year=timezone.now().year - 6, day=1))
    assert ReadLog.objects.all().delete()[0] == 1


def test_those_of_the_board_see_who_has_opened_what_concerns_it(cast: Cast) -> None:
    read_log.opened(cast.case_officer, cast.bromma, level="K2", what="planterad läsning")
    text = "planterad läsning"
    assert text in signed_in(cast.coordinator).get("/logg/lasningar/").content.decode()
    assert text not in signed_in(cast.farsta_coordinator).get("/logg/lasningar/").content.decode()
    assert text in signed_in(cast.auditor).get("/logg/lasningar/").content.decode()
    assert signed_in(cast.employee).get("/logg/lasningar/").status_code == 403


# Where it is called


REASON = "Visade legitimation"


@pytest.fixture
def account(cast: Cast) -> str:
    FactorReset.ask(cast.coordinator, by=cast.chief, reason=REASON)
    return reverse("account_detail", args=[cast.coordinator.pk])


def opened_by(person: Any) -> list[tuple[str, str]]:
    rows = ReadLog.objects.filter(reader=person, way=ReadLog.Way.OPENED).order_by("level")
    return list(rows.values_list("level", "what"))


def test_a_sealed_text_that_a_page_shows_is_noted_once_in_the_request(cast: Cast, account: str) -> None:
    assert REASON in signed_in(cast.administrator).get(account).content.decode()
    assert opened_by(cast.administrator) == [("K2", "break_glass"), ("K3", "reason")]
    row = ReadLog.objects.get(level="K3")
    assert (row.object_type, row.object_id) == ("boards.FactorReset", str(FactorReset.objects.get().pk))


def test_a_sealed_text_that_cannot_be_noted_is_not_shown(cast: Cast, account: str, broken_log: None) -> None:
    browser = signed_in(cast.administrator)
    browser.raise_request_exception = False
    page = browser.get(account)
    assert page.status_code == 500
    assert REASON not in page.content.decode()


def test_nobody_reads_what_a_job_or_a_search_for_removal_opens(cast: Cast, account: str) -> None:
    assert FactorReset.objects.get().reason == REASON
    signed_in(cast.protective_chief).post(reverse("sanitation"), {"words": REASON, "step": "find"})
    assert not ReadLog.objects.filter(level="K3").exists()
    assert sanitation.find(REASON).texts


@pytest.mark.parametrize(("level", "rows"), [("K1", 0), ("K2", 1)])
def test_a_documents_own_class_decides_whether_its_page_is_noted(cast: Cast, level: str, rows: int) -> None:
    facts = {"title": "Plan", "kind": "plan", "level": level}
    document = documents.publish(cast.bromma, b"%PDF-1.7", "plan.pdf", by=None, **facts).document
    assert signed_in(cast.coordinator).get(document.get_absolute_url()).status_code == 200
    assert opened_by(cast.coordinator) == [(level, "title")] * rows
