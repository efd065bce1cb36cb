"""Boards from a file: read, compare, and write by the same verbs as the pages."""

import contextlib
import io
import zipfile
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from boards import board_file
from boards.board_file import UnreadableFileError
from boards.models import Board, Event
from tests.conftest import Cast


def csv(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(["Namn;Typ;Från", *lines]).encode(encoding)


def excel(*rows: list, sheets: int = 1) -> bytes:
    book = Workbook()
    if sheets == 2:
        book.active.title = "Läs mig"
        book.create_sheet("Nämnder")
    for row in (["Namn", "Typ", "Från"], *rows):
        book.worksheets[-1].append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_read_the_way_swedish_excel_writes_it(encoding: str) -> None:
    reading = board_file.read(csv("Älvsjönämnden;Stadsdelsnämnd;2027-01-01", encoding=encoding), "x.csv")
    assert [row.name for row in reading.rows] == ["Älvsjönämnden"]
    assert reading.rows[0].facts["valid_from"] == date(2027, 1, 1)


@pytest.mark.parametrize("sheets", [1, 2])
def test_excel_is_read_with_real_dates_and_past_the_page_about_the_file(sheets: int) -> None:
    content = excel(["Nya bolaget AB", "Bolag", date(2027, 1, 1)], sheets=sheets)
    reading = board_file.read(content, "x.xlsx")
    assert reading.problems == []
    assert (reading.rows[0].kind, reading.rows[0].valid_from) == ("kommunalt_bolag", "2027-01-01")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (";Facknämnd;", "A2"),
        ("X;Klubb;", "B2"),
        ("X;Facknämnd;1 maj", "C2"),
        ("X" * 200 + ";Facknämnd;", "A2"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell(line: str, problem: str) -> None:
    reading = board_file.read(csv(line), "x.csv")
    assert reading.rows == []
    assert problem in reading.problems[0]


def test_the_same_name_twice_is_told() -> None:
    reading = board_file.read(csv("A;Facknämnd;", "a;Facknämnd;"), "x.csv")
    assert len(reading.problems) == 1


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 30_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not a zip",
        b"\x00\x01\x02",
        b"Typ;Datum\nX;Y\n",
        b"Namn;Typ\n",
        b"x" * 2_000_001,
        csv(*[f"N {n};Bolag;" for n in range(5002)]),
        bomb(),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        board_file.read(content, "x")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_no_file_makes_it_fall_over(content: bytes) -> None:
    with contextlib.suppress(UnreadableFileError):
        board_file.read(content, "x.csv")


def test_the_difference_names_what_is_new_changed_and_the_same(cast: Cast) -> None:
    lines = ["Ny nämnd;Facknämnd;", f"{cast.bromma.name};Facknämnd;", f"{cast.farsta.name};Stadsdelsnämnd;"]
    found = board_file.difference(board_file.read(csv(*lines), "x").rows)
    assert [row.name for row in found.new] == ["Ny nämnd"]
    assert [change.board for change in found.changed] == [cast.bromma]
    assert found.same == 1


def test_reading_the_same_file_again_changes_nothing(cast: Cast) -> None:
    rows = board_file.read(csv("Ny nämnd;Facknämnd;", f"{cast.bromma.name};Stadsdelsnämnd;"), "x").rows
    board_file.apply(rows, by=cast.administrator)
    events, boards = Event.objects.count(), Board.objects.count()
    again = board_file.apply(rows, by=cast.administrator)
    assert (again.writes, again.same) == (0, 2)
    assert (Event.objects.count(), Board.objects.count()) == (events, boards)


def test_an_empty_cell_and_a_board_left_out_change_nothing(cast: Cast) -> None:
    before = Board.objects.count()
    board_file.apply(board_file.read(csv(f"{cast.bromma.name};Stadsdelsnämnd;"), "x").rows, by=None)
    assert Board.objects.count() == before


def test_two_that_would_share_an_address_get_one_each(cast: Cast) -> None:
    rows = board_file.read(csv("Öst nämnd;Facknämnd;", "Ost nämnd;Facknämnd;"), "x").rows
    board_file.apply(rows, by=cast.administrator)
    assert set(Board.objects.filter(name__endswith="st nämnd").values_list("slug", flat=True)) == {
        "ost-namnd",
        "ost-namnd-2",
    }
