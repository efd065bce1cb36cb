"""Office holders from a file, as an import that is shown first and can be undone."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import audit
from .board_file import problem
from .days import today
from .import_people import BOARD, FIRST, LAST, NAME, PERSON, Known, appoints_somewhere
from .imports import CHANGED, ENDED, KINDS, NEW, SAME, ImportKind, Item, Plan, day
from .models import Board, Office, OfficeHolder, OfficeType, User
from .spreadsheets import Heading, Row
from .verbs import verb

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
Key = tuple[int, int, int]


def plan(rows: list[Row], by: Any, is_whole: bool) -> Plan:
    known, offices = Known.of(rows, HEADINGS), _offices()
    held, named = _held(), dict[Key, Row]()
    found = Plan()
    for row in rows:
        where = known.found(row)
        office = offices.get(row.cells["office"].casefold())
        if row.cells["office"] and office is None:
            known.problems.append(problem(row, "office", _("we know no office by that name.")))
        if (
            where is None
            or office is None
            or not known.may(by, row, where[0], city=bool(office.mandate.city))
        ):
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


def write(item: Item, by: User) -> list[tuple[str, Any, dict[str, Any]]]:
    facts = item.facts
    if item.act == NEW:
        office = Office.objects.of(Board.objects.get(pk=facts["board"]), facts["office"])
        holding = office.appoint(
            User.objects.get(pk=facts["person"]),
            by=by,
            valid_from=date.fromisoformat(facts["valid_from"]),
            valid_to=day(facts["valid_to"]),
            is_deputy=facts["is_deputy"],
        )
        return [("new", holding, {})]
    holding = OfficeHolder.objects.get(pk=facts["holding"])
    before = {"valid_to": holding.valid_to.isoformat() if holding.valid_to else None}
    holding.end(by=by, last_day=date.fromisoformat(facts["last_day"]))
    return [("ended" if item.act == ENDED else "changed", holding, before)]


@verb("office.taken_back", gettext_lazy("%(who)s undid an import's appointment at %(board)s"))
def take_back(holding: Any, by: User) -> None:
    """It was never so; that it stood here for a while stands in the log."""
    audit.record(
        "office.taken_back", holding, by=by, office=holding.office.type.code, person=holding.person_id
    )
    holding.delete()


@verb("office.end_taken_back", gettext_lazy("%(who)s undid an import's last day of an office at %(board)s"))
def put_back(holding: Any, before: dict[str, Any], by: User) -> None:
    holding.valid_to = day(before["valid_to"])
    holding.full_clean()
    holding.save(update_fields=["valid_to"])
    audit.record("office.end_taken_back", holding, by=by, valid_to=holding.valid_to)


def built_on(holding: Any) -> str:
    taken = holding.person.trainings.filter(office_type=holding.office.type)
    if not taken.filter(completed_on__gte=holding.valid_from or today()).exists():
        return ""
    return _("%(who)s has been registered for training since.") % {"who": holding.person.name}


KINDS["rollinnehavare"] = ImportKind(
    "rollinnehavare",
    gettext_lazy("Office holders"),
    gettext_lazy(
        "Appoints people to offices and enters last days. Offices that read protected facts wait for approval."
    ),
    HEADINGS,
    appoints_somewhere,
    plan,
    write,
    {"boards.OfficeHolder": REMEMBERED},
    take_back,
    put_back,
    built_on,
)
