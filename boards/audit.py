"""The one way to write an audit event: called by a verb, inside the verb's own transaction."""

import hashlib
import json
import unicodedata
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

if TYPE_CHECKING:
    from .models import Event

CITY = "city"


def record(verb: str, about: models.Model, *, by: models.Model | None, **facts: Any) -> "Event":
    """Chains one event to its stream. The head is locked last and only until the verb commits."""
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise RuntimeError(f"{verb} must be recorded inside the verb's transaction")
    event_model, stream_model = apps.get_model("boards", "Event"), apps.get_model("boards", "Stream")
    board = getattr(about, "board", None)
    at = timezone.now()
    name = board.code if board else CITY
    stream_model.objects.get_or_create(name=name)
    stream = stream_model.objects.select_for_update().get(name=name)
    seq = stream.seq + 1
    body = canonical(
        {
            "at": at,
            "verb": verb,
            "by": by.pk if by else None,
            "about": [about._meta.label, about.pk],
            "facts": facts,
        }
    )
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


def chain_hash(stream: str, seq: int, prev: str, body: str) -> str:
    return hashlib.sha256(f"\0{stream}\0{seq}\0{prev}\0{body}".encode()).hexdigest()
