"""Files open rightly in Swedish Excel, hold what the page holds, and nothing in them is worked out."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from boards import exports
from tests.conftest import Cast

DANGEROUS = [
    "=1+1",
    "+46 8 508",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "   =cmd|' /C calc'!A0",
    "\xa0=1",
    "＝1+1",
    "\ufeff=1",
    "\x00=1",
    "\x0b=1",
]


def sheet(*values: Any) -> exports.Sheet:
    return exports.Sheet("Prov", ["Värde"], [[value] for value in values], [("Filter", "Inga")])


def as_csv(*values: Any) -> list[list[str]]:
    file = io.BytesIO()
    exports.write_csv(sheet(*values), file)
    assert file.getvalue().startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""), delimiter=";"))[1:]


def as_excel(*values: Any) -> list[Any]:
    file = io.BytesIO()
    exports.write_excel(sheet(*values), file)
    data = load_workbook(file).worksheets[1]
    return [data.cell(row=place, column=1) for place, _value in enumerate(values, start=2)]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula(text: str) -> None:
    assert as_csv(text)[0][0].startswith("'")
    cell = as_excel(text)[0]
    assert cell.data_type in ("s", "inlineStr")
    assert cell.quotePrefix


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=40))
def test_no_text_at_all_becomes_a_formula_or_breaks_the_file(text: str) -> None:
    written = as_csv(text)[0][0] if as_csv(text)[0] else ""
    assert not written.lstrip().startswith(("=", "+", "-", "@"))
    assert as_excel(text)[0].data_type != "f"


def test_error_codes_and_long_texts_stay_texts() -> None:
    cells = as_excel("#N/A", "x" * 40_000)
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert len(cells[1].value) == 32_767


def test_numbers_and_days_stay_numbers_and_days() -> None:
    values = [Decimal("-1.50"), 7, date(2026, 4, 30), datetime(2026, 4, 30, 12, 32, tzinfo=UTC), True, None]
    number, whole, day, moment, yes, nothing = as_excel(*values)
    assert (number.value, whole.value, nothing.value) == (-1.5, 7, None)
    assert day.value == datetime(2026, 4, 30)
    assert moment.value == datetime(2026, 4, 30, 14, 32)
    assert yes.value == "Ja"
    written = [row[0] if row else "" for row in as_csv(*values)]
    assert written == ["-1,50", "7", "2026-04-30", "2026-04-30 14:32", "Ja", ""]


def test_semicolons_quotes_and_line_breaks_survive() -> None:
    assert as_csv('a;b "c"\nd')[0] == ['a;b "c"\nd']


def download(client: Client, kind: str) -> Any:
    return client.get(f"/namnder/?typ=stadsdelsnamnd&format={kind}")


def test_the_file_has_the_filters_of_the_page_and_says_so(cast: Cast, as_coordinator: Client) -> None:
    answer = download(as_coordinator, "xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    read_me, data = book.worksheets
    assert read_me.title == "Läs mig"
    told = {row[0].value: row[1].value for row in read_me.iter_rows(min_row=2, max_col=2)}
    assert told["Filter"] == "Typ: Stadsdelsnämnd"
    assert told["Rader"] == "11"
    assert told["Av"] == "Karin Ek"
    assert told["Klass"].startswith("K0")
    assert told["Gjord"]
    assert data.max_row == 12
    assert data.freeze_panes == "A2"


def test_the_file_is_sent_under_a_name_that_describes_it(cast: Cast, as_coordinator: Client) -> None:
    answer = download(as_coordinator, "csv")
    disposition = answer["Content-Disposition"]
    assert disposition.startswith('attachment; filename="namnder-och-bolag-20')
    assert disposition.endswith('.csv"')
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) == 12
    assert "Bromma stadsdelsnämnd" in text


def test_an_unknown_format_is_the_page(cast: Cast, as_coordinator: Client) -> None:
    assert as_coordinator.get("/namnder/?format=pdf")["Content-Type"].startswith("text/html")
