"""Elected members from a file, as an import that is shown first and can be undone."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from .board_file import problem
from .days import today
from .import_people import BOARD, FIRST, LAST, NAME, PERSON, Known, appoints_somewhere
from .imports import CHANGED, ENDED, KINDS, NEW, SAME, ImportKind, Item, Plan, Touched, day
from .models import Board, Membership, User
from .spreadsheets import Heading, Row

ROLE = Heading(
    "role", ("uppdrag", "roll", "role"), required=True,
    says=gettext_lazy("Chair, Vice chair, Member or Substitute member"), example="Ledamot",
)  # fmt: skip
HEADINGS = [BOARD, NAME, PERSON, ROLE, FIRST, LAST]
ALONG = ("board", "person")
Key = tuple[int, int]


def plan(rows: list[Row], by: Any, is_whole: bool) -> Plan:
    known, roles = Known.of(rows, HEADINGS, by), _roles()
    seated, named = _seated(), dict[Key, Row]()
    found = Plan()
    for row in rows:
        where = known.found(row)
        role = roles.get(row.cells["role"].casefold())
        if row.cells["role"] and role is None:
            known.problems.append(
                problem(row, "role", _("write Chair, Vice chair, Member or Substitute member."))
            )
        if where is None or role is None or not known.may(row, where[0]):
            continue
        key = (where[0].pk, where[1].pk)
        if key in named:
            known.problems.append(problem(row, "email", _("the same person stands twice at the same board.")))
            continue
        named[key] = row
        item = _item(row, *where, role, seated.get(key))
        if item is None:
            words = _("the person sits there in another role. End that seat first.")
            known.problems.append(problem(row, "role", words))
        else:
            found.items.append(item)
    if is_whole:
        found.items += _ending(seated, named)
    found.problems = known.problems
    return found


def _roles() -> dict[str, str]:
    known = {role.value: role.value for role in Membership.Role}
    for language in ("sv", "en"):
        with override(language):
            known |= {str(role.label).casefold(): role.value for role in Membership.Role}
    return known


def _seated() -> dict[Key, Membership]:
    rows = Membership.objects.not_over().select_related("person", "board").order_by("-valid_from")
    return {(seat.board_id, seat.person_id): seat for seat in rows}


def _item(row: Row, board: Board, person: User, role: str, seat: Membership | None) -> Item | None:
    title = f"{person.name}, {Membership.Role(role).label}, {board.name}"
    last = row.cells.get("valid_to", "")
    if seat is None:
        facts = {"board": board.pk, "person": person.pk, "role": role, "valid_from": row.cells["valid_from"]}
        return Item(NEW, title, facts={**facts, "valid_to": last})
    if seat.role != role:
        return None
    if not last or day(last) == seat.valid_to:
        return Item(SAME, title)
    lines = ((_("Up to and including"), seat.valid_to, day(last)),)
    return Item(CHANGED, title, lines, {"seat": seat.pk, "last_day": last})


def _ending(seated: dict[Key, Membership], named: dict[Key, Row]) -> list[Item]:
    """At boards that the file speaks of, those who sit there now and are not in it."""
    spoken_of, yesterday = {board for board, _person in named}, today() - timedelta(days=1)
    return [
        Item(
            ENDED,
            f"{seat.person.name}, {seat.get_role_display()}, {seat.board.name}",
            ((_("Up to and including"), seat.valid_to, yesterday),),
            {"seat": seat.pk, "last_day": yesterday.isoformat()},
        )
        for key, seat in seated.items()
        if key not in named and key[0] in spoken_of and seat.holds(yesterday)
    ]


def write(items: list[Item], by: User) -> list[Touched]:
    """First those who leave, so that they are not in the way of those who come."""
    leaving = _end([item for item in items if item.act != NEW], by)
    return leaving + _seat([item for item in items if item.act == NEW], by)


def _end(items: list[Item], by: User) -> list[Touched]:
    seats = Membership.objects.select_related(*ALONG).select_for_update(of=("self",))
    found = seats.in_bulk([item.facts["seat"] for item in items])
    touched = [Touched(item, found[item.facts["seat"]], _before(found[item.facts["seat"]])) for item in items]
    last_days = {found[item.facts["seat"]]: date.fromisoformat(item.facts["last_day"]) for item in items}
    Membership.objects.end_each(last_days, by=by)
    return touched


def _before(seat: Membership) -> dict[str, Any]:
    return {"valid_to": seat.valid_to.isoformat() if seat.valid_to else None}


def _seat(items: list[Item], by: User) -> list[Touched]:
    people = User.objects.in_bulk({item.facts["person"] for item in items})
    boards = Board.objects.in_bulk({item.facts["board"] for item in items})
    seats = [
        Membership(
            person=people[item.facts["person"]],
            board=boards[item.facts["board"]],
            role=item.facts["role"],
            valid_from=date.fromisoformat(item.facts["valid_from"]),
            valid_to=day(item.facts["valid_to"]),
        )
        for item in items
    ]
    Membership.objects.seat_all(seats, by=by)
    return [Touched(item, seat) for item, seat in zip(items, seats, strict=True)]


def take_back(seats: list[Membership], by: User) -> None:
    Membership.objects.take_back(seats, by=by)


def put_back(seats: list[tuple[Membership, dict[str, Any]]], by: User) -> None:
    Membership.objects.go_on_until({seat: day(before["valid_to"]) for seat, before in seats}, by=by)


KINDS["ledamoter"] = ImportKind(
    "ledamoter",
    gettext_lazy("Elected members"),
    gettext_lazy("Gives people seats on boards and enters last days."),
    lambda: HEADINGS,
    appoints_somewhere,
    plan,
    write,
    {"boards.Membership": ("role", "valid_from", "valid_to", "person_id", "board_id")},
    take_back,
    put_back,
    lambda seats: "",
    along=ALONG,
)
