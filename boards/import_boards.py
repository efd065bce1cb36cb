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
from .imports import CHANGED, KINDS, NEW, SAME, ImportKind, Item, Plan, day
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


def write(item: Item, by: User) -> list[tuple[str, Any, dict[str, Any]]]:
    if item.act == NEW:
        row = BoardRow(**item.facts)
        taken = set(Board.objects.values_list("slug", flat=True))
        slug = board_file.free(slugify(row.name)[:50] or "namnd", taken)
        return [("new", Board.objects.add(by=by, slug=slug, **row.facts), {})]
    board = Board.objects.get(pk=item.facts["board"])
    before = {name: _kept(getattr(board, name)) for name in FIELDS}
    if item.facts.get("goes_on"):
        board.go_on(by=by)
    given = {name: item.facts[name] for name in FIELDS if item.facts.get(name)}
    facts = {name: day(value) if name in DATES else value for name, value in given.items()}
    board.correct(by=by, **{name: value for name, value in facts.items() if getattr(board, name) != value})
    return [("changed", board, before)]


def _kept(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def take_back(board: Any, by: User) -> None:
    """A board is never deleted: it is over since yesterday, and the file that brings it back finds it."""
    yesterday = today() - timedelta(days=1)
    first = min(board.valid_from, yesterday) if board.valid_from else None
    board.correct(by=by, valid_from=first, valid_to=yesterday)


def put_back(board: Any, before: dict[str, Any], by: User) -> None:
    board.correct(by=by, **{name: day(value) if name in DATES else value for name, value in before.items()})


def built_on(board: Any) -> str:
    used = OfficeHolder.objects.of(board).exists()
    for relation in board._meta.related_objects:
        if relation.related_model.__name__ not in ITS_OWN and not used:
            used = relation.related_model._base_manager.filter(**{relation.field.name: board}).exists()
    return (
        _("%(board)s has been used since: it has offices, members, papers or other things.")
        % {"board": board.name}
        if used
        else ""
    )


KINDS["namnder"] = ImportKind(
    "namnder",
    gettext_lazy("Boards and companies"),
    gettext_lazy(
        "Adds boards and companies and corrects their facts. What the file does not name stays as it is."
    ),
    HEADINGS,
    lambda user: access.may(user, "edit_register"),
    plan,
    write,
    {"boards.Board": FIELDS},
    take_back,
    put_back,
    built_on,
    may_be_whole=False,
)
