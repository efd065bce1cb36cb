"""The one way to write an audit event: called by a verb, inside the verb's own transaction."""

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterable
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
    """One event of one verb, in the stream of the board it is about, or in the city's."""
    return _chain(verb, about, getattr(about, "board", None), by, facts)


def record_many(
    verb: str, rows: Iterable[models.Model], *, by: models.Model | None, **facts: Any
) -> list["Event"]:
    """What a bulk verb did: one event in each board's stream, with the count and a hash of the rows' ids."""
    by_board: dict[Any, list[models.Model]] = {}
    for row in rows:
        by_board.setdefault(row.board, []).append(row)  # type: ignore[attr-defined]
    # In one order for all, so that two bulk verbs do not wait for each other's heads.
    return [
        _chain(
            verb, board, board, by, {**facts, "count": len(own), "ids": hash_of_ids(row.pk for row in own)}
        )
        for board, own in sorted(by_board.items(), key=lambda each: each[0].code)
    ]


def hash_of_ids(ids: Iterable[Any]) -> str:
    return hashlib.sha256(" ".join(str(pk) for pk in sorted(ids)).encode()).hexdigest()


def _chain(verb: str, about: models.Model, board: Any, by: models.Model | None, facts: Any) -> "Event":
    """Chains one event to its stream. The head is locked last and only until the verb commits."""
    event_model, stream_model = apps.get_model("boards", "Event"), apps.get_model("boards", "Stream")
    at = timezone.now()
    name = board.code if board else CITY
    verbs.note_event(verb, name)
    stream_model.objects.get_or_create(name=name)
    stream = stream_model.objects.select_for_update().get(name=name)
    seq = stream.seq + 1
    about_text = [about._meta.label, about.pk]
    said = {"at": at, "verb": verb, "by": by.pk if by else None, "about": about_text, "facts": facts}
    if logs.request_id():
        said["request"] = logs.request_id()
    body = canonical(said)
    digest = chain_hash(name, seq, stream.head, body)
    event = event_model.objects.create(
        stream=stream,
        seq=seq,
        at=at,
        verb=verb,
        actor=by,
        board=board,
        object_type=about._meta.label,
        object_id=str(about.pk),
        body=body,
        prev=stream.head,
        hash=digest,
    )
    stream_model.objects.filter(name=name).update(seq=seq, head=digest)
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
