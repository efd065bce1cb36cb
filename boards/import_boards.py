"""Boards and companies from a file, as an import that is shown first and can be undone."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import access, board_file
from .board_file import DATES, HEADINGS, BoardRow
from .days import today
from .imports import CHANGED, KINDS, NEW, SAME, ImportKind, Item, Plan, Touched, day
from .models import Board, Import, ImportedChange, OfficeHolder, User
from .spreadsheets import Row

FIELDS = ("name", "kind", "short_name", "administration", "valid_from", "valid_to", "email", "phone")
# What stands at every board from its first day, and is no use made of it.
ITS_OWN = {"Event", "Office", "BoardGroupPermission", "Job"}


def plan(rows: list[Row], by: Any, is_whole: bool) -> Plan:
    try:
        reading = board_file.reading(rows)
    except ValidationError as error:
        return Plan(problems=error.messages)
    undone, found = taken_back(), board_file.difference(reading.rows)
    again = {board.pk: board for board in undone}
    items = [Item(NEW, row.name, facts=vars(row)) for row in found.new]
    for change in found.changed:
        facts = {
            name: getattr(row, name)
            for row in reading.rows
            if row.name.casefold() == change.board.name.casefold()
            for name in vars(row)
            if getattr(row, name)
        }
        items.append(_changed(change.board, change.lines, facts, again))
    changed = {change.board.name.casefold() for change in found.changed} | {
        row.name.casefold() for row in found.new
    }
    same = [row for row in reading.rows if row.name.casefold() not in changed]
    known = {board.name.casefold(): board for board in undone}
    for row in same:
        board = known.get(row.name.casefold())
        items.append(_changed(board, [], {}, again) if board else Item(SAME, row.name))
    return Plan(items, reading.problems)


def _changed(board: Board, lines: list[Any], facts: dict[str, Any], again: dict[int, Board]) -> Item:
    shown = [(str(heading), before, after) for heading, before, after in lines]
    facts = {**facts, "board": board.pk}
    if board.pk in again and not facts.get("valid_to"):
        shown.append((_("Last day"), board.valid_to, None))
        facts["goes_on"] = True
    return Item(CHANGED, board.name, tuple(shown), facts)


def taken_back() -> list[Board]:
    """Boards that came with an import that was undone: another file may bring them back."""
    new = ImportedChange.objects.filter(
        object_type="boards.Board", act=ImportedChange.Act.NEW, of__state=Import.State.UNDONE
    )
    return list(Board.objects.over().filter(pk__in=new.values("object_id")))


def write(items: list[Item], by: User) -> list[Touched]:
    new = _add([item for item in items if item.act == NEW], by)
    return new + _correct([item for item in items if item.act != NEW], by)


def _add(items: list[Item], by: User) -> list[Touched]:
    taken, boards = set(Board.objects.values_list("slug", flat=True)), []
    for row in (BoardRow(**item.facts) for item in items):
        slug = board_file.free(slugify(row.name)[:50] or "namnd", taken)
        taken.add(slug)
        boards.append(Board(slug=slug, **row.facts))
    Board.objects.add_all(boards, by=by)
    return [Touched(item, board) for item, board in zip(items, boards, strict=True)]


def _correct(items: list[Item], by: User) -> list[Touched]:
    boards = Board.objects.select_for_update().in_bulk([item.facts["board"] for item in items])
    rows = [boards[item.facts["board"]] for item in items]
    touched = [
        Touched(item, board, {name: _kept(getattr(board, name)) for name in FIELDS})
        for item, board in zip(items, rows, strict=True)
    ]
    again = [item.facts["board"] for item in items if item.facts.get("goes_on")]
    Board.objects.filter(pk__in=again).refuse_the_merged()
    Board.objects.correct_all({each.record: _facts(each.item) for each in touched}, by=by)
    return touched


def _facts(item: Item) -> dict[str, Any]:
    """What the file gives; a board that goes on loses its last day."""
    given = {name: item.facts[name] for name in FIELDS if item.facts.get(name)}
    facts = {name: day(value) if name in DATES else value for name, value in given.items()}
    return {"valid_to": None, **facts} if item.facts.get("goes_on") else facts


def _kept(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def take_back(boards: list[Board], by: User) -> None:
    """A board is never deleted: it is over since yesterday, and the file that brings it back finds it."""
    yesterday = today() - timedelta(days=1)
    first = {board: min(board.valid_from, yesterday) if board.valid_from else None for board in boards}
    days = {board: {"valid_from": first[board], "valid_to": yesterday} for board in boards}
    Board.objects.correct_all(days, by=by)


def put_back(boards: list[tuple[Board, dict[str, Any]]], by: User) -> None:
    facts = {
        board: {name: day(value) if name in DATES else value for name, value in before.items()}
        for board, before in boards
    }
    Board.objects.correct_all(facts, by=by)


def built_on(boards: list[Board]) -> str:
    holders = OfficeHolder.objects.filter(office__board__in=boards)
    used = holders.values_list("office__board", flat=True).first()
    for relation in Board._meta.related_objects:
        if relation.related_model.__name__ not in ITS_OWN and used is None:
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": boards})
            used = rows.values_list(relation.field.name, flat=True).first()
    names = {board.pk: board.name for board in boards}
    words = _("%(board)s has been used since: it has offices, members, papers or other things.")
    return "" if used is None else words % {"board": names[used]}


KINDS["namnder"] = ImportKind(
    "namnder",
    gettext_lazy("Boards and companies"),
    gettext_lazy(
        "Adds boards and companies and corrects their facts. What the file does not name stays as it is."
    ),
    lambda: HEADINGS,
    lambda user: access.may(user, "edit_register"),
    plan,
    write,
    {"boards.Board": FIELDS},
    take_back,
    put_back,
    built_on,
    may_be_whole=False,
)
