"""The city's matrix of a year: organisations and requirements, one word in each cell.

What is met is no link, because nothing is left to do about it; what is not met leads to the evidence. The cells
are written here and not in a template, since there are thousands of them.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from boards.days import today
from boards.models import Board
from boards.models.boards import Kind

from .accounting import Line
from .evidence import Way, find, proof_of
from .models import Assignment, FocusArea, Programme, Requirement, Statement

Value = Statement.Value
GENERAL, EVERYTHING = "allmant", "alla"
FIELDS = (
    "board",
    "requirement",
    "awaits_adoption",
    "due_on",
    "statement__value",
    "statement__proposed",
    "statement__doubted_at",
)
# What leads on to the evidence: everything a person may still have to do something about.
LEADING = {"partly", "not", "open", "late", "doubted"}


# An unanswered cell is the plain one: in January it is nearly all of them.
COLOURED = LEADING - {"open"}
PREFIX = "REQ-"


def mark(state: str) -> SafeString:
    return format_html(" class=o-{}", state)


def standing(code: str, facts: dict[str, Any]) -> str:
    """Where one obligation stands, as one word. Nothing answered is never met."""
    value = facts["statement__value"]
    if value is None:
        if facts["awaits_adoption"]:
            return "unadopted"
        proof = proof_of(code)
        if not proof.may_be_met:
            return "apart" if proof.way is Way.APART else "later"
        return "late" if facts["due_on"] < today() else "open"
    refuted = value == Value.MET and facts["statement__proposed"] == Value.NOT
    if facts["statement__doubted_at"] or refuted:
        return "doubted"
    return {Value.MET: "met", Value.PARTLY: "partly", Value.NOT: "not"}.get(value, "none")


def words() -> dict[str, str]:
    """Short, since each stands in a cell; the key under the table says them in full."""
    return {
        "met": _("Yes"),
        "partly": _("Partly"),
        "not": _("No"),
        "none": _("N/A"),
        "open": _("Not yet"),
        "late": _("Late"),
        "doubted": _("Unverified"),
        "later": "–",
        "apart": "–",
        "unadopted": "–",
    }


@dataclass
class Row:
    board: Board
    cells: SafeString
    met: int
    of: int


@dataclass
class RowGroup:
    number: int
    title: str
    rows: list[Row]
    is_last: bool = False

    @property
    def past(self) -> str:
        """Where one comes who skips the rows: to the next group, or to what stands under the table."""
        return "words" if self.is_last else f"grupp-{self.number + 1}"


class Matrix:
    def __init__(self, year: int, area: str = "") -> None:
        self.year, self.asked = year, area

    @cached_property
    def _all(self) -> dict[int, Requirement]:
        asked = Assignment.objects.for_year(self.year).values("requirement")
        rows = Requirement.objects.filter(pk__in=asked).select_related("focus_area", "programme")
        return {row.pk: row for row in rows.order_by("code")}

    @cached_property
    def areas(self) -> list[tuple[str, Any]]:
        """The focus areas of the year, and what belongs to none."""
        found: dict[str, FocusArea] = {
            row.focus_area.slug: row.focus_area for row in self._all.values() if row.focus_area
        }
        named = [(area.slug, area.label) for area in sorted(found.values(), key=lambda area: area.order)]
        return [*named, (GENERAL, _("Not under a focus area")), (EVERYTHING, _("All of it"))]

    @property
    def area(self) -> str:
        """The one asked for, else the first; the whole only when somebody wants it."""
        known = dict(self.areas)
        return self.asked if self.asked in known else self.areas[0][0]

    @property
    def area_title(self) -> Any:
        return dict(self.areas)[self.area]

    @cached_property
    def _cells(self) -> dict[tuple[int, int], dict[str, Any]]:
        rows = Assignment.objects.for_year(self.year).standing()
        wanted = [pk for pk, row in self._all.items() if self._belongs(row)]
        if self.area != EVERYTHING:
            rows = rows.filter(requirement__in=wanted)
        return {(row["board"], row["requirement"]): row for row in rows.values(*FIELDS)}

    def _belongs(self, row: Requirement) -> bool:
        if self.area == EVERYTHING:
            return True
        return (row.focus_area.slug if row.focus_area else GENERAL) == self.area

    @cached_property
    def columns(self) -> list[Requirement]:
        """Only what concerns somebody in view."""
        used = {requirement for _board, requirement in self._cells}
        return [row for pk, row in self._all.items() if pk in used]

    @cached_property
    def boards(self) -> list[Board]:
        used = {board for board, _requirement in self._cells}
        rows = Board.objects.filter(pk__in=used).in_city_order()
        return list(rows.order_by("kind_order", "name"))

    @property
    def groups(self) -> list[RowGroup]:
        said = words()
        found = [
            RowGroup(number, str(Kind(kind).label), [self._row(board, said) for board in boards])
            for number, (kind, boards) in enumerate(groupby(self.boards, key=lambda board: board.kind), 1)
        ]
        for last in found[-1:]:
            last.is_last = True
        return found

    def _row(self, board: Board, said: dict[str, str]) -> Row:
        states = [self._state(board, column) for column in self.columns]
        cells = format_html_join(
            "", "{}", ((self._cell(board, *pair, said),) for pair in zip(self.columns, states, strict=True))
        )
        return Row(board, cells, states.count("met"), sum(state != "" for state in states))

    def _state(self, board: Board, column: Requirement) -> str:
        facts = self._cells.get((board.pk, column.pk))
        return standing(column.code, facts) if facts else ""

    def _cell(self, board: Board, column: Requirement, state: str, said: dict[str, str]) -> SafeString:
        if not state:
            return _BLANK
        if state in LEADING:
            where = (self.year, column.code.removeprefix(PREFIX), board.slug)
            look = mark(state) if state in COLOURED else ""
            return format_html("<td{}><a href={}/{}/{}/>{}</a></td>", look, *where, said[state])
        look = mark("met") if state == "met" else ""
        return format_html("<td{}>{}</td>", look, said[state])

    @cached_property
    def key(self) -> list[tuple[str, str, str]]:
        """What each word means, for the words that are there."""
        long = {
            "met": _("Answered as met"),
            "partly": _("Partly met, with the reason"),
            "not": _("Not met, with the reason"),
            "none": _("Not applicable, with the reason"),
            "open": _("Not answered yet"),
            "late": _("Not answered, and the day has passed"),
            "doubted": _("Answered, but not verified by the city executive office or against the evidence"),
            "later": _("Cannot be shown yet, is followed up outside this system, or waits for an adoption"),
        }
        short = words()
        return [(state, short[state], text) for state, text in long.items()]

    @property
    def programme(self) -> Programme | None:
        """The version that the year rests on."""
        return next((row.programme for row in self._all.values()), None)

    @property
    def unadopted(self) -> list[Board]:
        """Companies that this version does not bind yet."""
        waiting = {board for (board, _requirement), row in self._cells.items() if row["awaits_adoption"]}
        return [board for board in self.boards if board.pk in waiting]


@dataclass(frozen=True)
class Together:
    """Organisations that stand alike before one requirement."""

    title: Any
    lines: list[Line]


class Across:
    """One requirement at everybody who answers for it, those who fall short first."""

    def __init__(self, requirement: Requirement, year: int) -> None:
        rows = requirement.assignments.for_year(year).standing()
        rows = rows.select_related("board", "requirement", "statement__stated_by").order_by("board__name")
        found = find(year, list(rows))
        self.lines = [Line(row, found.get(row.pk)) for row in rows]
        self.proof = proof_of(requirement.code)

    @property
    def together(self) -> list[Together]:
        titles = {
            "short": _("Fall short"),
            "open": _("Not answered"),
            "later": self.proof.says or _("Not adopted"),
            "none": _("Not applicable"),
            "met": _("Meet it"),
        }
        by_state: dict[str, list[Line]] = {state: [] for state in titles}
        for line in self.lines:
            by_state[_as_one(line)].append(line)
        return [Together(titles[state], lines) for state, lines in by_state.items() if lines]

    @property
    def short(self) -> int:
        return sum(_as_one(line) == "short" for line in self.lines)


def _as_one(line: Line) -> str:
    """What the system sees today goes before what has been answered, in both directions but one: a doubt stays."""
    said, row = line.said, line.assignment
    if said and (said.is_doubted or said.is_contradicted):
        return "short"
    if line.finding is not None and line.finding.holds is not None:
        return "met" if line.finding.holds else "short"
    if said:
        words = {Value.MET: "met", Value.NOT_APPLICABLE: "none"}
        return words.get(Value(said.value), "short")
    return "later" if row.awaits_adoption or not line.proof.may_be_met else "open"


_BLANK = format_html("<td>{}</td>", "")


def years() -> list[int]:
    return Assignment.objects.years()
