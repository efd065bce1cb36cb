"""The one reader of tables that somebody sends, Excel or CSV; the one writer is boards.exports.

A workbook is opened in the sealed room (`python -m boards.spreadsheets`), where it can cost only its own process.
What comes out is text, cell by cell: a formula is the value it had, a day is written 2027-01-01.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from . import packed, sealed_room
from .sealed_room import RefusedFileError

LARGEST, LARGEST_UNPACKED = 2_000_000, 30_000_000
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 5000, 50, 2000
# What a kind of import takes unless it says otherwise.
USUALLY = 1000
READ_ME = ("Läs mig", "Read me")


@dataclass(frozen=True)
class Heading:
    """A column of a file that we read: its name with us, and what it may be called in the file."""

    name: str
    words: tuple[str, ...]
    required: bool = False
    is_day: bool = False
    most: int = 200
    # What the template says of it, and shows.
    says: Any = ""
    example: str = ""


@dataclass(frozen=True)
class Row:
    number: int
    cells: dict[str, str]
    columns: dict[str, int] = field(default_factory=dict)

    def cell(self, name: str) -> str:
        """Where it stands, as a person finds it in the file."""
        return address(self.number, self.columns[name]) if name in self.columns else str(self.number)


class MissingHeadingError(Exception):
    def __init__(self, headings: list[Heading]) -> None:
        super().__init__()
        self.headings = headings


def address(row: int, column: int) -> str:
    first, second = divmod(column, 26)
    return f"{chr(ord('A') + first - 1) if first else ''}{chr(ord('A') + second)}{row}"


def read(content: bytes) -> list[list[str]]:
    """The lines of the file, the headings first; or RefusedFileError."""
    if not content.strip():
        raise RefusedFileError("empty")
    if len(content) > LARGEST:
        raise RefusedFileError("too_large", most=LARGEST // 1_000_000)
    if content.startswith(b"PK"):
        _head, body = sealed_room.ask("boards.spreadsheets", content)
        return json.loads(body)
    return checked(_csv_lines(content))


def rows(lines: list[list[str]], headings: list[Heading]) -> Iterator[Row]:
    """Each line that says something, by the names of its columns; not the template's own example."""
    columns = _columns(lines[0] if lines else [], headings)
    example = {heading.name: heading.example for heading in headings if heading.name in columns}
    for number, line in enumerate(lines[1:], 2):
        cells = {name: line[place].strip() if place < len(line) else "" for name, place in columns.items()}
        if any(cells.values()) and cells != example:
            yield Row(number, cells, columns)


def _columns(first: list[str], headings: list[Heading]) -> dict[str, int]:
    given = [text.strip().casefold() for text in first]
    columns = {}
    for heading in headings:
        place = next((given.index(word) for word in heading.words if word in given), None)
        if place is not None:
            columns[heading.name] = place
    if missing := [heading for heading in headings if heading.required and heading.name not in columns]:
        raise MissingHeadingError(missing)
    return columns


def checked(lines: Iterator[list[Any]]) -> list[list[str]]:
    found: list[list[str]] = []
    for number, line in enumerate(lines, 1):
        if number > MOST_ROWS + 1:
            raise RefusedFileError("too_many_rows", most=MOST_ROWS)
        texts = [_text(value) for value in line[:MOST_COLUMNS]]
        for column, text in enumerate(texts):
            if len(text) > LONGEST_CELL:
                raise RefusedFileError("long_cell", cell=address(number, column), most=LONGEST_CELL)
        while texts and not texts[-1]:
            texts.pop()
        found.append(texts)
    return found


def _text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else str(value).strip()
    # What our own writer put in front so that no spreadsheet would work it out.
    return text[1:] if text[:1] == "'" and text[1:2] in tuple("=+-@") else text


def _csv_lines(content: bytes) -> Iterator[list[str]]:
    if b"\0" in content:
        raise RefusedFileError("no_table")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise RefusedFileError("no_table") from error


def look(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Inside the sealed room: the workbook's lines as JSON."""
    parts = packed.unpack(content, largest=LARGEST_UNPACKED)
    if "xl/workbook.xml" not in parts.parts:
        raise RefusedFileError("no_table")
    packed.check_office(parts)
    lines = checked(_excel_lines(content))
    return {"rows": len(lines)}, json.dumps(lines).encode()


def _excel_lines(content: bytes) -> Iterator[list[Any]]:
    # Only the room itself needs it.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.title not in READ_ME]
        # Asked for one row beyond what is allowed, so that too long a file can be told.
        lines = sheets[0].iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        yield from (list(line) for line in lines)
    except RefusedFileError:
        raise
    except Exception as error:
        raise RefusedFileError("no_table") from error


if __name__ == "__main__":
    sealed_room.answer(look)
