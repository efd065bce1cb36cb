"""Boards from a file: read it, show what would change, and only then write.

`read` looks at the file and at nothing else. `difference` compares with the register; `apply` uses the same
verbs as the pages, in one transaction. What the file leaves out is never removed.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import load_workbook

from .models import Board
from .models.boards import Kind

LARGEST = 2_000_000
LARGEST_UNPACKED = 20_000_000
MOST_ROWS, MOST_COLUMNS = 1000, 30

HEADINGS = {
    "name": ("namn", "name"),
    "kind": ("typ", "kind", "type"),
    "short_name": ("kortnamn", "short name"),
    "administration": ("förvaltning", "administration"),
    "valid_from": ("från", "från och med", "from"),
    "valid_to": ("till", "till och med", "to"),
    "email": ("e-post", "epost", "e-mail", "email"),
    "phone": ("telefon", "phone"),
}
REQUIRED = ("name", "kind")
DATES = ("valid_from", "valid_to")


@dataclass(frozen=True)
class BoardRow:
    """One board as the file has it. An empty cell says nothing and therefore changes nothing."""

    name: str
    kind: str
    short_name: str = ""
    administration: str = ""
    valid_from: str = ""
    valid_to: str = ""
    email: str = ""
    phone: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        given = {name: value for name, value in asdict(self).items() if value}
        return {name: date.fromisoformat(value) if name in DATES else value for name, value in given.items()}


@dataclass
class Reading:
    rows: list[BoardRow] = field(default_factory=list)
    # In words, with the cell, so that somebody can correct the file.
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Change:
    board: Board
    facts: dict[str, Any]
    # Heading, before, after.
    lines: list[tuple[str, Any, Any]]


@dataclass
class Difference:
    new: list[BoardRow] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0

    @property
    def writes(self) -> int:
        return len(self.new) + len(self.changed)


class UnreadableFileError(ValidationError):
    pass


def read(content: bytes, name: str) -> Reading:
    """The rows of an Excel or CSV file and what is wrong with it."""
    if not content:
        raise UnreadableFileError(_("The file is empty."))
    if len(content) > LARGEST:
        raise UnreadableFileError(_("The file is larger than 2 MB. Keep only the boards in it."))
    lines = _excel(content) if content[:2] == b"PK" else _csv(content)
    return _rows(lines)


def _excel(content: bytes) -> Iterator[list[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise UnreadableFileError(_("The file is too large when it is unpacked."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[-1] if book.worksheets[0].title == "Läs mig" else book.worksheets[0]
        # Asked for beyond what is allowed by one row, so that too long a file can be told.
        yield from (
            list(line)
            for line in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
        )
    except UnreadableFileError:
        raise
    except Exception as error:
        raise UnreadableFileError(
            _("The file could not be read. It has to be Excel (xlsx) or CSV.")
        ) from error


def _csv(content: bytes) -> Iterator[list[str]]:
    if b"\0" in content:
        raise UnreadableFileError(_("The file could not be read. It has to be Excel (xlsx) or CSV."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(";\t,", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text), delimiter=delimiter)
    except csv.Error as error:
        raise UnreadableFileError(
            _("The file could not be read. It has to be Excel (xlsx) or CSV.")
        ) from error


def _rows(lines: Iterable[list[Any]]) -> Reading:
    numbered = enumerate(lines, 1)
    _first, headings = next(numbered, (0, []))
    columns = _columns(headings)
    reading, seen = Reading(), set()
    for number, line in numbered:
        if number > MOST_ROWS + 1:
            raise UnreadableFileError(_("The file has more than 1,000 rows."))
        cells = {name: _text(line[place]) for name, place in columns.items() if place < len(line)}
        if not any(cells.values()):
            continue
        problems = _problems(cells, columns, number)
        if not problems and cells["name"].casefold() in seen:
            problems = [_("Row %(row)s: %(name)s stands in the file twice.") % {"row": number, **cells}]
        reading.problems += problems
        if not problems:
            seen.add(cells["name"].casefold())
            reading.rows.append(BoardRow(**{**cells, "kind": kinds()[cells["kind"].casefold()]}))
    if not reading.rows and not reading.problems:
        raise UnreadableFileError(_("The file has headings but no boards."))
    return reading


def _columns(headings: list[Any]) -> dict[str, int]:
    given = [_text(heading).casefold() for heading in headings]
    columns = {
        name: given.index(heading)
        for name, words in HEADINGS.items()
        for heading in words[::-1]
        if heading in given
    }
    if missing := [HEADINGS[name][0].capitalize() for name in REQUIRED if name not in columns]:
        raise UnreadableFileError(
            _("The first row lacks the heading %(names)s.") % {"names": ", ".join(missing)}
        )
    return columns


def _text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return "" if value is None else str(value).strip()


def _problems(cells: dict[str, str], columns: dict[str, int], number: int) -> list[str]:
    found = []

    def problem(name: str, text: str) -> None:
        cell = f"{chr(ord('A') + columns[name])}{number}"
        found.append(_("Cell %(cell)s: %(problem)s") % {"cell": cell, "problem": text})

    if not cells["name"]:
        problem("name", _("the name is missing."))
    if cells["kind"].casefold() not in kinds():
        problem("kind", _("“%(kind)s” is not a kind of organisation we know.") % cells)
    for name in DATES:
        try:
            date.fromisoformat(cells.get(name) or "2000-01-01")
        except ValueError:
            problem(name, _("write the day like 2027-01-01."))
    for name, value in cells.items():
        most = getattr(Board._meta.get_field(name), "max_length", None)
        if most and len(value) > most and name != "kind":
            problem(name, _("the text is longer than %(most)s characters.") % {"most": most})
    return found


def kinds() -> dict[str, str]:
    """What a kind may be called in a file: its code, or its name in either language."""
    known = {kind.value: kind.value for kind in Kind}
    for language in ("sv", "en"):
        with override(language):
            known |= {str(kind.label).casefold(): kind.value for kind in Kind}
    return known


def difference(rows: list[BoardRow]) -> Difference:
    """What the file would add and change; boards it does not name stay as they are."""
    known = {board.name.casefold(): board for board in Board.objects.all()}
    found = Difference()
    for row in rows:
        board = known.get(row.name.casefold())
        if board is None:
            found.new.append(row)
            continue
        facts = {name: value for name, value in row.facts.items() if getattr(board, name) != value}
        if facts:
            lines = [(_heading(name), getattr(board, name), value) for name, value in facts.items()]
            found.changed.append(Change(board, facts, lines))
        else:
            found.same += 1
    return found


def _heading(name: str) -> str:
    return str(getattr(Board._meta.get_field(name), "verbose_name", name))


@transaction.atomic
def apply(rows: list[BoardRow], *, by: Any) -> Difference:
    found = difference(rows)
    taken = set(Board.objects.values_list("slug", flat=True))
    for row in found.new:
        slug = _free(slugify(row.name)[:50] or "namnd", taken)
        taken.add(slug)
        Board.objects.add(by=by, slug=slug, **row.facts)
    for change in found.changed:
        change.board.correct(by=by, **change.facts)
    return found


def _free(slug: str, taken: set[str]) -> str:
    number, free = 2, slug
    while free in taken or free == "ny":
        number, free = number + 1, f"{slug}-{number}"
    return free
