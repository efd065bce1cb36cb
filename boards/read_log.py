"""Who has read what: one row for each opening of something protected and for every file given out.

The row is written before anything is sent. For K3 no row means no answer; for the rest a log that cannot be
written is itself noted, and people can go on with their work.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, models, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import audit, classes, logs, sealed_fields
from .models import Event, ReadLog, User
from .verbs import verb

log = logging.getLogger(__name__)

PROTECTED = ("K2", "K3")
# More than this many protected things opened or taken out within the time is worth asking about.
MANY, WITHIN = 30, timedelta(minutes=10)


def opened(reader: Any, thing: models.Model, *, level: str, what: str = "") -> None:
    """Somebody opens what is protected of one thing; `what` names the part, never its content."""
    facts = {"object_id": str(thing.pk), "board": getattr(thing, "board", None), "what": what}
    _note(reader, ReadLog.Way.OPENED, level, type(thing), facts)


def shown(reader: Any, thing: models.Model, *fields: str) -> None:
    """A page shows these fields of one thing: their class decides, or the thing's own where it has one."""
    own = getattr(thing, "level", "")
    level = own or max(classes.of(type(thing), field) for field in fields).name
    if level in PROTECTED:
        opened(reader, thing, level=level, what=", ".join(fields))


@sealed_fields.before_opening
def _opened_in_request(record: Any, field: Any) -> None:
    """In a request somebody reads it; in a job or a command nobody does."""
    here, part = logs.origin(), (record._meta.label, record.pk, field.name)
    if here.person is not None and part not in here.opened:
        opened(User(pk=here.person), record, level=classes.K3.name, what=field.name)
        here.opened.add(part)


def listed(reader: Any, rows: Sequence[models.Model], *, level: str, query: str) -> None:
    """A list of protected things is one row: the question, how many, and a hash of which."""
    if rows and level in PROTECTED:
        _note(reader, ReadLog.Way.LISTED, level, type(rows[0]), {"what": query, **_many(rows)})


def given_out(reader: Any, rows: Sequence[models.Model], *, level: str, name: str) -> None:
    """A file is noted whatever its class, since it goes where nobody sees who reads it."""
    kind = rows[0]._meta.model if rows else ReadLog
    _note(reader, ReadLog.Way.GIVEN_OUT, level, kind, {"what": name, **_many(rows)})


def _many(rows: Sequence[models.Model]) -> dict[str, Any]:
    boards = {getattr(row, "board_id", None) for row in rows}
    return {
        "count": len(rows),
        "ids": audit.hash_of_ids(row.pk for row in rows),
        "board_id": boards.pop() if len(boards) == 1 else None,
        "object_id": str(rows[0].pk) if len(rows) == 1 else "",
    }


def _note(reader: Any, way: str, level: str, kind: type[models.Model], facts: dict[str, Any]) -> None:
    facts["what"] = facts["what"][:400]
    try:
        with transaction.atomic():
            ReadLog.objects.create(reader=reader, way=way, level=level, object_type=kind._meta.label, **facts)
            if level in PROTECTED and way != ReadLog.Way.LISTED:
                _flag_if_many(reader)
    except DatabaseError:
        if level == "K3":
            raise
        log.exception("the reading of %s by person %s could not be noted", kind._meta.label, reader.pk)


def _flag_if_many(reader: User) -> None:
    since = timezone.now() - WITHIN
    lately = ReadLog.objects.protected().filter(reader=reader, at__gt=since)
    many = lately.exclude(way=ReadLog.Way.LISTED).aggregate(many=Sum("count"))["many"] or 0
    told = Event.objects.filter(verb="reading.flagged", actor=reader, at__gt=since)
    if many > MANY and not told.exists():
        flag(reader, many)


@verb("reading.flagged", _("%(who)s opened %(count)s protected things within ten minutes"))
def flag(reader: User, count: int) -> None:
    audit.record("reading.flagged", reader, by=reader, count=count)
    logs.note("mass_reading", logging.WARNING, person=reader.pk, count=count)
