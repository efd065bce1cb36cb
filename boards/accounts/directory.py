"""People, units and managers from the city's directory, as a file that comes every night.

`read` says what stands in the file; `apply` makes it so in one transaction. Who no longer stands there has
left: the account ends the same day. A file in which more than a fifth are missing is refused as broken.
"""

import csv
import io
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..models import Board, City, Unit, User
from ..verbs import verb

FIELDS = ("id", "email", "name", "title", "phone", "unit", "manager", "board", "unit_manager")
NEEDED = ("id", "email", "name")
CUT = ("name", "title")
LONGEST = {"id": 120, "email": 254, "name": 120, "title": 120, "phone": 40, "unit": 120}
MOST_LEAVERS = 0.2
# A handful may leave at once in a small city without the file being broken.
FEW = 3


@dataclass(frozen=True)
class Row:
    id: str
    email: str
    name: str
    title: str = ""
    phone: str = ""
    unit: str = ""
    manager: str = ""
    board: str = ""
    unit_manager: str = ""


def read(file: IO[bytes]) -> list[Row]:
    """CSV with a heading (comma or semicolon) or a JSON list of objects, in UTF-8."""
    text = file.read().decode("utf-8-sig")
    found = json.loads(text) if text.lstrip().startswith("[") else _read_csv(text)
    rows = [_row(number, entry) for number, entry in enumerate(found, start=1)]
    _refuse_doubles(rows)
    return rows


def _read_csv(text: str) -> list[dict[str, Any]]:
    heading = text.partition("\n")[0]
    separator = ";" if heading.count(";") > heading.count(",") else ","
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def _row(number: int, entry: dict[str, Any]) -> Row:
    values = {field: _tidy(entry.get(field), field) for field in FIELDS}
    values["email"] = values["email"].lower()
    wrong = [field for field in NEEDED if not values[field] or len(values[field]) > LONGEST[field]]
    if not _is_address(values["email"]):
        wrong = [*{*wrong, "email"}]
    if wrong:
        raise ValidationError(
            _("Row %(number)s of the directory lacks %(fields)s."),
            params={"number": number, "fields": ", ".join(sorted(wrong))},
        )
    return Row(**values)


def _tidy(value: Any, field: str) -> str:
    """Text as it can be kept: a name or title is cut, half a phone number is none at all."""
    text = " ".join(str(value or "").replace("\x00", "").split())
    if field == "phone":
        return text if len(text) <= LONGEST[field] else ""
    return text[: LONGEST[field]] if field in CUT else text


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _refuse_doubles(rows: list[Row]) -> None:
    for what in ("id", "email"):
        values = [getattr(row, what) for row in rows]
        if len(set(values)) != len(values):
            raise ValidationError(_("The directory names the same %(what)s twice."), params={"what": what})


@verb("directory.read", _("%(who)s read the directory: %(new)s new, %(left)s left"))
@verb(
    "directory.read_in_part",
    _("%(who)s read the directory: %(new)s new, %(left)s left. It does not say clearly who leads: %(units)s"),
)
def apply(rows: list[Row], *, by: User | None) -> dict[str, int]:
    known = {
        person.directory_id: person
        for person in User.objects.from_the_directory().select_related("unit", "manager")
    }
    leavers = [person for key, person in known.items() if person.is_active and key not in _ids(rows)]
    _refuse_exodus(leavers, known)
    units = _units(rows)
    _free_addresses(rows, known, by)
    local = set(User.objects.filter(directory_id__isnull=True).values_list("email", flat=True))
    people = {row.id: _place(row, known.get(row.id), units, local, by) for row in rows}
    moved = sum(_set_manager(row, people, by) for row in rows)
    for person in leavers:
        person.deactivate(by=by, left=True)
    unclear = _lead_units(rows, units, people, leavers, by)
    facts = {"people": len(rows), "left": len(leavers), "new": len(_ids(rows) - known.keys()), "moved": moved}
    if unclear:
        audit.record(
            "directory.read_in_part", City.objects.here(), by=by, **facts, units=", ".join(sorted(unclear))
        )
    else:
        audit.record("directory.read", City.objects.here(), by=by, **facts)
    return {**facts, "unclear": len(unclear)}


def _ids(rows: list[Row]) -> set[str]:
    return {row.id for row in rows}


def _refuse_exodus(leavers: list[User], known: dict[Any, User]) -> None:
    active = sum(person.is_active for person in known.values())
    if len(leavers) > FEW and len(leavers) > active * MOST_LEAVERS:
        raise ValidationError(
            _("%(number)s of %(all)s people are missing from the directory. Nothing was changed."),
            params={"number": len(leavers), "all": active},
            code="exodus",
        )


def _units(rows: list[Row]) -> dict[str, Unit]:
    """Units are known by their id, or by name at the board that the row tells of."""
    boards = {board.code: board for board in Board.objects.all()}
    units = {unit.directory_id: unit for unit in Unit.objects.filter(directory_id__isnull=False)}
    for row in rows:
        if row.unit and row.unit not in units and row.board in boards:
            units[row.unit], _made = Unit.objects.get_or_create(
                board=boards[row.board], parent=None, name=row.unit, defaults={"directory_id": row.unit}
            )
    return {key: unit for key, unit in units.items() if key}


def _free_addresses(rows: list[Row], known: dict[Any, User], by: User | None) -> None:
    """An address passes on: from somebody who has left, or is about to get another one in the same file."""
    wanted = {row.email: row.id for row in rows}
    for key, person in known.items():
        successor = wanted.get(person.email)
        if successor not in (None, key):
            _correct(person, by, email=f"{person.pk}@address-passed-on.invalid")


def _place(row: Row, person: User | None, units: dict[str, Unit], local: set[str], by: User | None) -> User:
    if person is None:
        return _welcome(row, units, by)
    if person.left_directory:
        person.reactivate(by=by)
    facts = {"email": row.email, "name": row.name, "title": row.title, "phone": row.phone}
    if row.email in local:
        # The address of an account outside the directory: a person has to say which of the two is right.
        del facts["email"]
    _correct(person, by, unit=units.get(row.unit), **{key: value for key, value in facts.items() if value})
    return person


@verb("account.appeared", _("%(about)s got an account"))
def _welcome(row: Row, units: dict[str, Unit], by: User | None) -> User:
    """New in the directory; somebody invited earlier with the same address is the same person."""
    person = User.objects.with_address(row.email).filter(directory_id__isnull=True).first()
    if person is None:
        person = User.objects.create_user(row.email, row.name)
        audit.record("account.appeared", person, by=by, provider="directory")
    _correct(person, by, directory_id=row.id, unit=units.get(row.unit), title=row.title, phone=row.phone)
    return person


def _set_manager(row: Row, people: dict[str, User], by: User | None) -> bool:
    return _correct(people[row.id], by, manager=people.get(row.manager))


def _lead_units(
    rows: list[Row], units: dict[str, Unit], people: dict[str, User], leavers: list[User], by: User | None
) -> list[str]:
    """Each unit gets the one manager whom its rows name; those of which that is unclear get none and are told of."""
    for unit in Unit.objects.filter(manager__in=leavers):
        _lead(unit, None, by)
    named = defaultdict(set)
    for row in rows:
        if row.unit in units and row.unit_manager:
            named[units[row.unit]].add(row.unit_manager)
    # A city whose file does not have the column keeps what it has.
    wanted = {units[row.unit] for row in rows if row.unit in units} if named else set()
    unclear = []
    for unit in Unit.objects.filter(pk__in=[unit.pk for unit in wanted]).select_related("board"):
        found = [people[key] for key in named[unit] if key in people and people[key].is_active]
        leader = found[0] if len(found) == len(named[unit]) == 1 else None
        if named[unit] and not leader:
            unclear.append(unit.name)
        _lead(unit, leader, by)
    return unclear


@verb("unit.led", _("%(who)s noted %(person)s as manager of %(about)s according to the directory"))
@verb("unit.unled", _("%(who)s noted that nobody is manager of %(about)s according to the directory"))
def _lead(unit: Unit, leader: User | None, by: User | None) -> None:
    if unit.manager_id == (leader.pk if leader else None):
        return
    before, unit.manager = unit.manager_id, leader
    unit.save(update_fields=["manager"])
    if leader:
        audit.record("unit.led", unit, by=by, person=leader.pk, before=before)
    else:
        audit.record("unit.unled", unit, by=by, before=before)


def _correct(person: User, by: User | None, **facts: Any) -> bool:
    """On most nights almost everybody is as they were, which costs nothing."""
    changed = {field: value for field, value in facts.items() if getattr(person, field) != value}
    if changed:
        _change(person, changed, by)
    return bool(changed)


@verb("person.moved", _("%(who)s moved %(about)s according to the directory"))
@verb("person.corrected", _("%(who)s corrected %(about)s according to the directory"))
def _change(person: User, changed: dict[str, Any], by: User | None) -> None:
    before = {field: _plain(getattr(person, field)) for field in changed}
    for field, value in changed.items():
        setattr(person, field, value)
    person.save(update_fields=list(changed))
    told = {field: [before[field], _plain(value)] for field, value in changed.items() if field in TOLD}
    audit.record(
        "person.moved" if told else "person.corrected", person, by=by, fields=[*changed], changed=told
    )


# Names and addresses are not written into the log; where somebody works and under whom is.
TOLD = ("unit", "manager", "title")


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, Unit | User) else value


def read_directory_file(path: str = "") -> dict[str, int]:
    """The nightly job; without a file in the settings there is nothing to do."""
    wanted = path or settings.DIRECTORY_FILE
    if not wanted:
        return {}
    with Path(wanted).open("rb") as file:
        return apply(read(file), by=None)
