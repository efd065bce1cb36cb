"""Is the audit log whole? Finds the first row that was edited, deleted, inserted, moved or cut off.

PostgreSQL counts the hashes itself; SQLite is read row by row. Both give the same finding.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from .audit import chain_hash
from .models import Event, Stream

IN_THE_DATABASE = r"""
WITH chain AS (
    SELECT stream_id, seq, prev, hash, verb, actor_id, object_type, object_id, body::json AS said,
           lag(hash, 1, '') OVER place AS hash_before,
           lag(seq, 1, 0::bigint) OVER place AS seq_before,
           encode(sha256(
               '\x00'::bytea || convert_to(stream_id, 'UTF8') || '\x00'::bytea || convert_to(seq::text, 'UTF8')
               || '\x00'::bytea || convert_to(prev, 'UTF8') || '\x00'::bytea || convert_to(body, 'UTF8')
           ), 'hex') AS counted
      FROM boards_event
    WINDOW place AS (PARTITION BY stream_id ORDER BY seq)
)
SELECT stream_id, seq,
       CASE WHEN seq <> seq_before + 1 THEN 'missing'
            WHEN prev <> hash_before THEN 'unchained'
            WHEN hash <> counted THEN 'altered'
            ELSE 'mislabelled' END
  FROM chain
 WHERE seq <> seq_before + 1 OR prev <> hash_before OR hash <> counted
    OR verb <> said ->> 'verb' OR actor_id::text IS DISTINCT FROM said ->> 'by'
    OR object_type <> said -> 'about' ->> 0 OR object_id <> said -> 'about' ->> 1
 ORDER BY stream_id, seq
 LIMIT 1
"""


@dataclass(frozen=True)
class Finding:
    """The first place where the log does not hold, and how it fails there."""

    stream: str
    seq: int
    fault: str

    def __str__(self) -> str:
        return f"stream {self.stream}, event {self.seq}: {self.fault}"


def first_fault() -> Finding | None:
    return _fault_in_chains() or _fault_in_heads()


def _fault_in_chains() -> Finding | None:
    if connection.vendor != "postgresql":
        return next(_faults_row_by_row(), None)
    with connection.cursor() as cursor:
        cursor.execute(IN_THE_DATABASE)
        row = cursor.fetchone()
    return Finding(*row) if row else None


def _faults_row_by_row() -> Iterator[Finding]:
    stream, seq, head = "", 0, ""
    for event in Event.objects.order_by("stream_id", "seq").iterator(chunk_size=5000):
        if event.stream_id != stream:
            stream, seq, head = event.stream_id, 0, ""
        if fault := _fault_of(event, seq, head):
            yield Finding(stream, event.seq, fault)
        seq, head = event.seq, event.hash


def _fault_of(event: Event, seq_before: int, hash_before: str) -> str:
    if event.seq != seq_before + 1:
        return "missing"
    if event.prev != hash_before:
        return "unchained"
    if event.hash != chain_hash(event.stream_id, event.seq, event.prev, event.body):
        return "altered"
    return "" if _says_the_same(event) else "mislabelled"


def _says_the_same(event: Event) -> bool:
    said = json.loads(event.body)
    about = [str(part) for part in said["about"]]
    return [event.verb, event.actor_id, event.object_type, event.object_id] == [
        said["verb"],
        said["by"],
        *about,
    ]


def _fault_in_heads() -> Finding | None:
    """A tail that was cut off leaves a head that points past the end."""
    for stream in Stream.objects.order_by("name"):
        last = stream.events.order_by("-seq").first()
        if (stream.seq, stream.head) != ((last.seq, last.hash) if last else (0, "")):
            return Finding(stream.name, (last.seq if last else 0) + 1, "cut off")
    return None
