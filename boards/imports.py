"""Whole files read into the register: read, compared, shown, and only then carried out; undone as a whole.

A kind of import says which columns it reads and what its rows mean. What it writes goes by the same verbs as the
pages, in one transaction, and is written down row by row so that the whole can be undone while nothing builds on it.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import audit, markings, rules, spreadsheets
from .models import Import, ImportedChange, User
from .refusals import in_words
from .sealed_room import RefusedFileError
from .spreadsheets import Heading, Row
from .verbs import verb

NEW, CHANGED, ENDED, SAME = "new", "changed", "ended", "same"


@dataclass(frozen=True)
class Item:
    """One thing that the file would do: to what, and with heading, before and after for what changes."""

    act: str
    title: str
    lines: tuple[tuple[str, Any, Any], ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    note: str = ""


@dataclass
class Plan:
    items: list[Item] = field(default_factory=list)
    # In words, with the cell, so that somebody can correct the file.
    problems: list[str] = field(default_factory=list)

    def of(self, act: str) -> list[Item]:
        return [item for item in self.items if item.act == act]

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(item.act for item in self.items)
        return {act: counted[act] for act in (NEW, CHANGED, ENDED, SAME)}

    @property
    def writes(self) -> int:
        return sum(item.act != SAME for item in self.items)

    @property
    def mark(self) -> str:
        """Changes when what the file would do changes, so that nobody confirms anything but what they saw."""
        said = [[item.act, item.title, item.lines, item.facts] for item in self.items]
        return hashlib.sha256(json.dumps([said, self.problems], default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Touched:
    """What an item wrote: to which record, and how that was before."""

    item: Item
    record: models.Model
    before: dict[str, Any] = field(default_factory=dict)
    # Where one item both changes a record and makes another.
    act: str = ""


@dataclass(frozen=True)
class ImportKind:
    code: str
    label: Any
    says: Any
    # Asked when a file is read: what a city calls its columns may stand in the database.
    headings: Callable[[], list[Heading]]
    may: Callable[[Any], bool]
    plan: Callable[[list[Row], Any, bool], Plan]
    # Writes the items by bulk verbs, in as many statements for a thousand as for two.
    write: Callable[[list[Item], User], list[Touched]]
    # What of a record is remembered, compared and put back.
    remembered: dict[str, tuple[str, ...]]
    take_back: Callable[[list[Any], User], None]
    # Each with how it was before.
    put_back: Callable[[list[tuple[Any, dict[str, Any]]], User], None]
    built_on: Callable[[list[Any]], str]
    # Whether a file may be the whole list, so that whoever is not in it ends.
    may_be_whole: bool = True
    # What of other records is read together with these.
    along: tuple[str, ...] = ()
    most_rows: int = spreadsheets.USUALLY


KINDS: dict[str, ImportKind] = {}


def kinds_of(user: Any) -> list[ImportKind]:
    return [kind for kind in KINDS.values() if kind.may(user)]


@verb("import.read", gettext_lazy("%(who)s sent in a file to be read in"))
def read(kind: ImportKind, content: bytes, name: str, *, by: User, is_whole: bool = False) -> Import:
    """Keeps what the file says, to be looked at; nothing in the register has changed."""
    if not kind.may(by):
        raise PermissionDenied
    try:
        lines = spreadsheets.read(content)
        # Also of columns that we do not read: such a file should not be here at all.
        markings.refuse("\n".join([name, *(cell for line in lines for cell in line)]))
        rows = list(spreadsheets.rows(lines, kind.headings()))
    except spreadsheets.MissingHeadingError as error:
        names = ", ".join(heading.words[0].capitalize() for heading in error.headings)
        raise ValidationError(
            _("The first row lacks the heading %(names)s."), params={"names": names}
        ) from error
    except RefusedFileError as refused:
        raise in_words(refused) from refused
    if not rows:
        raise ValidationError(_("The file has headings but no rows."))
    if len(rows) > kind.most_rows:
        raise in_words(RefusedFileError("too_many_rows", most=kind.most_rows))
    reading = Import.objects.create(
        kind=kind.code,
        file_name=name.replace("\\", "/").rsplit("/", 1)[-1][:160],
        sha256=hashlib.sha256(content).hexdigest(),
        rows=[[row.number, row.cells, row.columns] for row in rows],
        is_whole=is_whole and kind.may_be_whole,
        asked_by=by,
    )
    audit.record("import.read", reading, by=by, kind=kind.code, sha256=reading.sha256, rows=len(rows))
    return reading


def plan_of(reading: Import, *, by: Any) -> Plan:
    rows = [Row(number, cells, columns) for number, cells, columns in reading.rows]
    return KINDS[reading.kind].plan(rows, by, reading.is_whole)


@verb(
    "import.carried_out",
    gettext_lazy("%(who)s read in a file: %(new)s new, %(changed)s changed, %(ended)s ended"),
)
def carry_out(reading: Import, *, by: User, mark: str) -> Plan:
    """Writes what was shown, all of it or nothing; once."""
    kind = KINDS[reading.kind]
    if not kind.may(by):
        raise PermissionDenied
    plan = plan_of(reading, by=by)
    if plan.problems:
        raise ValidationError(plan.problems[0])
    if plan.mark != mark:
        raise ValidationError(_("The register has changed since you looked. This is what the file does now."))
    now = timezone.now()
    waiting = Import.objects.filter(pk=reading.pk, state=Import.State.READ)
    if waiting.update(state=Import.State.CARRIED_OUT, carried_out_at=now, counts=plan.counts) != 1:
        raise ValidationError(_("The file has already been read in."))
    _write(kind, reading, [item for item in plan.items if item.act != SAME], by)
    reading.refresh_from_db()
    audit.record("import.carried_out", reading, by=by, kind=kind.code, sha256=reading.sha256, **plan.counts)
    return plan


def _write(kind: ImportKind, reading: Import, items: list[Item], by: User) -> None:
    try:
        touched = kind.write(items, by)
    except rules.RefusedRowError as refused:
        words = {"what": refused.row, "why": " ".join(refused.messages)}
        raise ValidationError(_("%(what)s: %(why)s"), params=words) from refused
    as_written = _as_they_stand(kind, ((each.record._meta.label, each.record.pk) for each in touched))
    ImportedChange.objects.bulk_create(
        ImportedChange(
            of=reading,
            act=act or item.act,
            object_type=record._meta.label,
            object_id=record.pk,
            title=item.title[:300],
            before=before,
            after=snapshot(kind, as_written[record._meta.label, record.pk]),
        )
        for item, record, before, act in ((each.item, each.record, each.before, each.act) for each in touched)
    )


def snapshot(kind: ImportKind, record: models.Model) -> dict[str, Any]:
    names = kind.remembered[record._meta.label]
    return {name: _kept(getattr(record, name)) for name in names}


def _kept(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def what_has_changed(reading: Import) -> str:
    """Why the import cannot be undone, as far as its own records show; empty while they are as it left them."""
    if reading.state != Import.State.CARRIED_OUT:
        return _("Only what has been carried out can be undone.")
    kind, records = KINDS[reading.kind], _records(reading)
    for change in reading.changes.all():
        record = records.get((change.object_type, change.object_id))
        if record is None or snapshot(kind, record) != change.after:
            return _("%(what)s has changed since the import.") % {"what": change.title}
    return ""


def what_builds_on(reading: Import) -> str:
    """Asked when somebody undoes it, since it looks at everything that may point to a record."""
    records, new = _records(reading), reading.changes.filter(act=ImportedChange.Act.NEW)
    return KINDS[reading.kind].built_on([records[each.object_type, each.object_id] for each in new])


def _records(reading: Import) -> dict[tuple[str, int], models.Model]:
    places = reading.changes.values_list("object_type", "object_id")
    return _as_they_stand(KINDS[reading.kind], places)


def _as_they_stand(
    kind: ImportKind, places: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], models.Model]:
    numbers: dict[str, list[int]] = {}
    for label, number in places:
        numbers.setdefault(label, []).append(number)
    rows = {label: apps.get_model(label)._default_manager.all() for label in numbers}
    if kind.along:
        rows = {label: found.select_related(*kind.along) for label, found in rows.items()}
    return {
        (label, number): record
        for label, these in numbers.items()
        for number, record in rows[label].in_bulk(these).items()
    }


@verb("import.undone", gettext_lazy("%(who)s undid a whole import"))
def undo(reading: Import, *, by: User) -> None:
    """Puts everything back as it was before the import, all of it or nothing."""
    kind = KINDS[reading.kind]
    if not kind.may(by):
        raise PermissionDenied
    if reason := what_has_changed(reading) or what_builds_on(reading):
        raise ValidationError(reason)
    records = _records(reading)
    done = Import.objects.filter(pk=reading.pk, state=Import.State.CARRIED_OUT)
    if done.update(state=Import.State.UNDONE, undone_by=by, undone_at=timezone.now()) != 1:
        raise ValidationError(_("The import has already been undone."))
    _put_everything_back(kind, reading, records, by)
    reading.refresh_from_db()
    audit.record("import.undone", reading, by=by, kind=kind.code, sha256=reading.sha256)


def _put_everything_back(kind: ImportKind, reading: Import, records: dict[Any, Any], by: User) -> None:
    new, others = [], []
    for change in reading.changes.order_by("-pk"):
        record = records[change.object_type, change.object_id]
        if change.act == ImportedChange.Act.NEW:
            new.append(record)
        else:
            others.append((record, change.before))
    # First what came, so that it is not in the way of what comes back.
    if new:
        kind.take_back(new, by)
    if others:
        kind.put_back(others, by)


def day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
