"""What an event says of a text that must not stand in it: whoever has the text can later show that it was meant.

The salt comes from the record's own key. When that is destroyed the chain still holds, and no text can be tried
against it any more.
"""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING

from . import audit, key_store

if TYPE_CHECKING:
    from .models import Event


def to(text: str, key_id: str) -> dict[str, str]:
    """The facts that an event carries."""
    return {"commitment": audit.commitment(text, _salt(key_id)), "salt": key_id}


def was_meant(event: Event, text: str) -> bool:
    """KeyGoneError when nobody can tell any more; LookupError also when the event speaks of no such text."""
    facts = json.loads(event.body)["facts"]
    return hmac.compare_digest(facts["commitment"], audit.commitment(text.strip(), _salt(facts["salt"])))


def _salt(key_id: str) -> bytes:
    """Never the key itself, which seals."""
    return hmac.digest(key_store.find(key_id), b"boards.commitments", "sha256")
