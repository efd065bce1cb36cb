"""The one way to write an audit event: called by a verb, inside the verb's own transaction."""

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from . import logs, verbs

if TYPE_CHECKING:
    from .models import Event

CITY = "city"


def record(verb: str, about: models.Model, *, by: models.Model | None, **facts: Any) -> "Event":
    """One event of one verb, in the stream of the board it is about, or in the city's.

    The head is locked last and only until the verb commits.
    """
    streams, board = apps.get_model("boards", "Stream").objects, getattr(about, "board", None)
    name = board.code if board else CITY
    streams.get_or_create(name=name)
    stream = streams.select_for_update().get(name=name)
    event = _chained(stream, verb, about, by, facts)
    event.save(force_insert=True)
    streams.filter(name=name).update(seq=stream.seq, head=stream.head)
    return event


def record_many(
    verb: str,
    rows: Iterable[models.Model],
    *,
    by: models.Model | None,
    own: Callable[[list[Any]], dict[str, Any]] | None = None,
    **facts: Any,
) -> list["Event"]:
    """What a bulk verb did: one event in each board's stream, with the count and a hash of the rows' ids.

    `own` says what else there is to tell of one board's rows. However many the streams, it takes four statements.
    """
    by_board: dict[Any, list[models.Model]] = {}
    for row in rows:
        by_board.setdefault(row.board, []).append(row)  # type: ignore[attr-defined]
    streams = _locked({board.code for board in by_board})
    events = []
    for board, theirs in by_board.items():
        told = {**facts, "count": len(theirs), "ids": hash_of_ids(row.pk for row in theirs)}
        told |= own(theirs) if own else {}
        events.append(_chained(streams[board.code], verb, board, by, told))
    apps.get_model("boards", "Stream").objects.bulk_update(streams.values(), ["seq", "head"])
    return apps.get_model("boards", "Event").objects.bulk_create(events)


def _locked(names: set[str]) -> dict[str, Any]:
    """In one order for all, so that two bulk verbs do not wait for each other's heads."""
    streams = apps.get_model("boards", "Stream").objects
    streams.bulk_create([streams.model(name=name) for name in sorted(names)], ignore_conflicts=True)
    locked = streams.select_for_update().filter(name__in=names).order_by("name")
    return {stream.name: stream for stream in locked}


def hash_of_ids(ids: Iterable[Any]) -> str:
    return hashlib.sha256(" ".join(str(pk) for pk in sorted(ids)).encode()).hexdigest()


def _chained(stream: Any, verb: str, about: Any, by: models.Model | None, facts: Any) -> "Event":
    """The next event of the stream, whose head it becomes; the caller writes both."""
    verbs.note_event(verb, stream.name)
    at, seq = timezone.now(), stream.seq + 1
    about_text = [about._meta.label, about.pk]
    said = {"at": at, "verb": verb, "by": by.pk if by else None, "about": about_text, "facts": facts}
    if logs.request_id():
        said["request"] = logs.request_id()
    body = canonical(said)
    event = apps.get_model("boards", "Event")(
        stream=stream,
        seq=seq,
        at=at,
        verb=verb,
        actor=by,
        board=getattr(about, "board", None),
        object_type=about._meta.label,
        object_id=str(about.pk),
        body=body,
        prev=stream.head,
        hash=chain_hash(stream.name, seq, stream.head, body),
    )
    stream.seq, stream.head = seq, event.hash
    return event


def canonical(facts: dict[str, Any]) -> str:
    """The same text for the same facts: sorted keys, UTC, one form of each letter, no floats."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_as_text)
    return unicodedata.normalize("NFC", text)


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, models.Model):
        return f"{value._meta.label}:{value.pk}"
    return str(value)


def commitment(value: str, salt: bytes) -> str:
    """Stands in an event for a value that must not stand there. The salt lies with the record: when it is
    destroyed nobody can tell any more which value was meant, and the chain still holds."""
    return hmac.new(salt, unicodedata.normalize("NFC", value).encode(), hashlib.sha256).hexdigest()


def chain_hash(stream: str, seq: int, prev: str, body: str) -> str:
    return hashlib.sha256(f"\0{stream}\0{seq}\0{prev}\0{body}".encode()).hexdigest()
