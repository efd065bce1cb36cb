"""Boards from a file: read it, show what would change, and only then write.

`read` looks at the file and at nothing else. `difference` compares with the register; `apply` uses the same
verbs as the pages, in one transaction. What the file leaves out is never removed.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from . import spreadsheets
from .dates import is_near_enough
from .models import Board
from .models.boards import Kind
from .refusals import in_words
from .sealed_room import RefusedFileError
from .spreadsheets import Heading, Row

DATES = ("valid_from", "valid_to")
HEADINGS = [
    Heading(
        "name",
        ("namn", "name"),
        required=True,
        most=160,
        says=gettext_lazy("The whole name"),
        example="Bromma stadsdelsnämnd",
    ),
    Heading(
        "kind",
        ("typ", "kind", "type"),
        required=True,
        says=gettext_lazy("For example District board or Company"),
        example="Stadsdelsnämnd",
    ),
    Heading("short_name", ("kortnamn", "short name"), most=40, example="Bromma"),
    Heading(
        "administration", ("förvaltning", "administration"), most=160, example="Bromma stadsdelsförvaltning"
    ),
    Heading("valid_from", ("från", "från och med", "from"), is_day=True, example="2027-01-01"),
    Heading("valid_to", ("till", "till och med", "to", "up to and including"), is_day=True),
    Heading("email", ("e-post", "epost", "e-mail", "email"), example="bromma@example.org"),
    Heading("phone", ("telefon", "phone"), most=40, example="08-508 06 000"),
]


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
    try:
        return reading(list(spreadsheets.rows(spreadsheets.read(content), HEADINGS)))
    except spreadsheets.MissingHeadingError as error:
        raise UnreadableFileError(missing_words(error)) from error
    except RefusedFileError as refused:
        raise UnreadableFileError(in_words(refused)) from refused


def missing_words(error: spreadsheets.MissingHeadingError) -> str:
    names = ", ".join(heading.words[0].capitalize() for heading in error.headings)
    return _("The first row lacks the heading %(names)s.") % {"names": names}


def reading(rows: list[Row]) -> Reading:
    found, seen = Reading(), set()
    for row in rows:
        problems = row_problems(row, HEADINGS)
        if row.cells["kind"] and row.cells["kind"].casefold() not in kinds():
            problems.append(
                problem(row, "kind", _("“%(kind)s” is not a kind of organisation we know.") % row.cells)
            )
        if not problems and row.cells["name"].casefold() in seen:
            problems = [
                _("Row %(row)s: %(name)s stands in the file twice.") % {"row": row.number, **row.cells}
            ]
        found.problems += problems
        if not problems:
            seen.add(row.cells["name"].casefold())
            found.rows.append(BoardRow(**{**row.cells, "kind": kinds()[row.cells["kind"].casefold()]}))
    if not found.rows and not found.problems:
        raise UnreadableFileError(_("The file has headings but no boards."))
    return found


def problem(row: Row, name: str, text: str) -> str:
    return _("Cell %(cell)s: %(problem)s") % {"cell": row.cell(name), "problem": text}


def row_problems(row: Row, headings: list[Heading]) -> list[str]:
    """What is wrong in the row as such: a cell left empty, a day that is none, too long a text."""
    found = []
    for heading in headings:
        text = row.cells.get(heading.name, "")
        if heading.required and not text:
            found.append(problem(row, heading.name, _("fill in the cell.")))
        if heading.is_day and text and not _is_day(text):
            found.append(problem(row, heading.name, _("write the day like 2027-01-01.")))
        if len(text) > heading.most:
            words = _("the text is longer than %(most)s characters.") % {"most": heading.most}
            found.append(problem(row, heading.name, words))
    return found


def _is_day(text: str) -> bool:
    try:
        return is_near_enough(date.fromisoformat(text))
    except ValueError:
        return False


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
        slug = free(slugify(row.name)[:50] or "namnd", taken)
        taken.add(slug)
        Board.objects.add(by=by, slug=slug, **row.facts)
    for change in found.changed:
        change.board.correct(by=by, **change.facts)
    return found


def free(slug: str, taken: set[str]) -> str:
    number, free = 2, slug
    while free in taken or free == "ny":
        number, free = number + 1, f"{slug}-{number}"
    return free
