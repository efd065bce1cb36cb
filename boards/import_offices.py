"""Office holders from a file, as an import that is shown first and can be undone."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .board_file import problem
from .days import today
from .import_people import BOARD, FIRST, LAST, NAME, PERSON, Known, appoints_somewhere
from .imports import CHANGED, ENDED, KINDS, NEW, SAME, ImportKind, Item, Plan, Touched, day
from .models import Board, Office, OfficeHolder, OfficeType, Training, User
from .spreadsheets import Heading, Row

OFFICE = Heading(
    "office", ("roll", "befattning", "office"), required=True, says=gettext_lazy("As it stands under “What each office may do”"),
    example="Säkerhetssamordnare",
)  # fmt: skip
DEPUTY = Heading("deputy", ("ersättare", "deputy"), says=gettext_lazy("Yes, or empty"))
HEADINGS = [BOARD, OFFICE, NAME, PERSON, FIRST, LAST, DEPUTY]
YES = {"ja", "yes", "x", "1"}
REMEMBERED = (
    "valid_from",
    "valid_to",
    "is_deputy",
    "share_percent",
    "confirmed_at",
    "refused_at",
    "person_id",
)
ALONG = ("office__board", "office__type", "person")
Key = tuple[int, int, int]


def plan(rows: list[Row], by: Any, is_whole: bool) -> Plan:
    known, offices = Known.of(rows, HEADINGS, by), _offices()
    held, named = _held(), dict[Key, Row]()
    found = Plan()
    for row in rows:
        where = known.found(row)
        office = offices.get(row.cells["office"].casefold())
        if row.cells["office"] and office is None:
            known.problems.append(problem(row, "office", _("we know no office by that name.")))
        if where is None or office is None or not known.may(row, where[0], city=bool(office.mandate.city)):
            continue
        key = (where[0].pk, office.pk, where[1].pk)
        if key in named:
            known.problems.append(
                problem(row, "email", _("the same person stands twice in the same office."))
            )
            continue
        named[key] = row
        found.items.append(_item(row, *where, office, held.get(key)))
    if is_whole:
        found.items += _ending(held, named)
    found.problems = known.problems
    return found


def _offices() -> dict[str, OfficeType]:
    offices: dict[str, OfficeType] = {}
    for office in OfficeType.objects.all():
        offices |= {word.casefold(): office for word in (office.code, office.name, office.name_en)}
    return offices


def _held() -> dict[Key, OfficeHolder]:
    """Who holds an office now or is to hold it, proposed ones too."""
    rows = OfficeHolder.objects.not_over().filter(refused_at__isnull=True)
    rows = rows.select_related("office__board", "office__type", "person").order_by("-valid_from")
    return {(held.office.board_id, held.office.type_id, held.person_id): held for held in rows}


def _item(row: Row, board: Board, person: User, office: OfficeType, held: OfficeHolder | None) -> Item:
    title = f"{person.name}, {office.label}, {board.name}"
    last = day(row.cells.get("valid_to"))
    if held is None:
        facts = {
            "board": board.pk,
            "office": office.code,
            "person": person.pk,
            "valid_from": row.cells["valid_from"],
            "valid_to": row.cells.get("valid_to", ""),
            "is_deputy": row.cells.get("deputy", "").casefold() in YES,
        }
        note = _("Waits for a second person's approval.") if office.mandate.needs_approval else ""
        return Item(NEW, title, facts=facts, note=note)
    if last is None or last == held.valid_to:
        return Item(SAME, title)
    lines = ((_("Up to and including"), held.valid_to, last),)
    return Item(CHANGED, title, lines, {"holding": held.pk, "last_day": last.isoformat()})


def _ending(held: dict[Key, OfficeHolder], named: dict[Key, Row]) -> list[Item]:
    """At boards and in offices that the file speaks of, those who hold one now and are not in it."""
    spoken_of = {(board, office) for board, office, _person in named}
    yesterday = today() - timedelta(days=1)
    return [
        Item(
            ENDED,
            f"{each.person.name}, {each.office.type.label}, {each.board.name}",
            ((_("Up to and including"), each.valid_to, yesterday),),
            {"holding": each.pk, "last_day": yesterday.isoformat()},
        )
        for key, each in held.items()
        if key not in named and key[:2] in spoken_of and each.holds(yesterday) and each.confirmed_at
    ]


def write(items: list[Item], by: User) -> list[Touched]:
    """First those who leave, so that they are not in the way of those who come."""
    leaving = _end([item for item in items if item.act != NEW], by)
    return leaving + _appoint([item for item in items if item.act == NEW], by)


def _end(items: list[Item], by: User) -> list[Touched]:
    holdings = OfficeHolder.objects.select_related(*ALONG).select_for_update(of=("self",))
    found = holdings.in_bulk([item.facts["holding"] for item in items])
    rows = [found[item.facts["holding"]] for item in items]
    touched = [Touched(item, row, _before(row)) for item, row in zip(items, rows, strict=True)]
    last_days = [date.fromisoformat(item.facts["last_day"]) for item in items]
    OfficeHolder.objects.end_each(dict(zip(rows, last_days, strict=True)), by=by)
    return touched


def _before(holding: OfficeHolder) -> dict[str, Any]:
    return {"valid_to": holding.valid_to.isoformat() if holding.valid_to else None}


def _appoint(items: list[Item], by: User) -> list[Touched]:
    people = User.objects.in_bulk({item.facts["person"] for item in items})
    offices = _offices_at(items)
    holdings = [
        OfficeHolder(
            office=offices[item.facts["board"], item.facts["office"]],
            person=people[item.facts["person"]],
            valid_from=date.fromisoformat(item.facts["valid_from"]),
            valid_to=day(item.facts["valid_to"]),
            is_deputy=item.facts["is_deputy"],
        )
        for item in items
    ]
    OfficeHolder.objects.appoint_all(holdings, by=by)
    return [Touched(item, holding) for item, holding in zip(items, holdings, strict=True)]


def _offices_at(items: list[Item]) -> dict[tuple[int, str], Office]:
    """Made with their groups and mandates where this is the first time that somebody holds them."""
    boards = Board.objects.in_bulk({item.facts["board"] for item in items})
    kinds = {kind.code: kind for kind in OfficeType.objects.all()}
    wanted = {(item.facts["board"], item.facts["office"]) for item in items}
    Office.objects.found((boards[board], kinds[code]) for board, code in wanted)
    there = Office.objects.filter(board__in=boards).select_related("board", "type")
    return {(office.board_id, office.type.code): office for office in there}


def take_back(holdings: list[OfficeHolder], by: User) -> None:
    OfficeHolder.objects.take_back(holdings, by=by)


def put_back(holdings: list[tuple[OfficeHolder, dict[str, Any]]], by: User) -> None:
    last_days = {holding: day(before["valid_to"]) for holding, before in holdings}
    OfficeHolder.objects.go_on_until(last_days, by=by)


def built_on(holdings: list[OfficeHolder]) -> str:
    taken = Training.objects.filter(
        person__in={holding.person_id for holding in holdings},
        office_type__in={holding.office.type_id for holding in holdings},
    )
    days = [(training.person_id, training.office_type_id, training.completed_on) for training in taken]
    for holding in holdings:
        key, first = (holding.person_id, holding.office.type_id), holding.valid_from or today()
        if any((person, kind) == key and completed >= first for person, kind, completed in days):
            return _("%(who)s has been registered for training since.") % {"who": holding.person.name}
    return ""


KINDS["rollinnehavare"] = ImportKind(
    "rollinnehavare",
    gettext_lazy("Office holders"),
    gettext_lazy(
        "Appoints people to offices and enters last days. Offices that read protected facts wait for approval."
    ),
    lambda: HEADINGS,
    appoints_somewhere,
    plan,
    write,
    {"boards.OfficeHolder": REMEMBERED},
    take_back,
    put_back,
    built_on,
    along=ALONG,
)
