"""Is the log whole? Finds the first row that was edited, deleted, inserted, moved or cut off.

PostgreSQL counts the hashes itself; SQLite is read row by row. Both give the same finding. With a seal to start
from, only what came after it is read.
"""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from . import audit, seals
from .models import Board, City, Event, Seal, Stream
from .verbs import verb

# Two readings that say whether there is a fault at all: the links between rows, and each row by itself. They are as
# narrow as they can be and shared between the database's own workers. What the body must begin and end with is put
# together from the columns, which costs a tenth of reading the body as JSON; textsend gives the bytes as they are stored.
BEGINS = r"""
    '{"about":["' || object_type || '",' || CASE
        WHEN object_id = 'None' THEN 'null'
        WHEN object_id ~ '^[0-9]+$' AND NOT starts_with(body, '{"about":["' || object_type || '","') THEN object_id
        ELSE to_json(object_id)::text END
    || '],"at":"' || to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
    || '","by":' || coalesce(actor_id::text, 'null') || ',"facts":{'
"""
START = "start AS (SELECT * FROM json_to_recordset(%s::json) AS given(name text, seq bigint, head text))"
UNLINKED = f"""
WITH {START}
SELECT count(*) FROM boards_event AS event LEFT JOIN start ON start.name = event.stream_id
 WHERE event.seq > coalesce(start.seq, 0)
   AND NOT (event.seq = coalesce(start.seq, 0) + 1 AND event.prev = coalesce(start.head, ''))
   AND NOT EXISTS (
       SELECT 1 FROM boards_event AS before
        WHERE before.stream_id = event.stream_id AND before.seq = event.seq - 1 AND before.hash = event.prev)
"""  # noqa: S608
BENT = rf"""
WITH {START}
SELECT count(*) FROM boards_event AS event
  LEFT JOIN start ON start.name = stream_id LEFT JOIN boards_board AS board ON board.code = stream_id
 WHERE event.seq > coalesce(start.seq, 0) AND (
    hash <> encode(sha256('\x00'::bytea || textsend(stream_id) || '\x00'::bytea || textsend(event.seq::text)
           || '\x00'::bytea || textsend(prev) || '\x00'::bytea || textsend(body)), 'hex')
    OR board_id IS DISTINCT FROM board.id
    OR NOT starts_with(body, {BEGINS})
    OR substr(textsend(body), octet_length(body) - octet_length(verb) - 10) <> textsend(',"verb":"' || verb || '"}}'))
"""  # noqa: S608
# Asked only when there is one: which is the first, and how does it fail?
FIRST_FAULT = rf"""
WITH {START}, event AS NOT MATERIALIZED (
    SELECT boards_event.*, coalesce(start.seq, 0) AS seq_at_start, coalesce(start.head, '') AS head_at_start
      FROM boards_event LEFT JOIN start ON start.name = stream_id
     WHERE boards_event.seq > coalesce(start.seq, 0)
), link AS (
    SELECT stream_id, seq, prev,
           lag(hash, 1, head_at_start) OVER place AS hash_before, lag(seq, 1, seq_at_start) OVER place AS seq_before
      FROM event WINDOW place AS (PARTITION BY stream_id ORDER BY seq)
), fault AS (
    SELECT stream_id, seq, CASE WHEN seq <> seq_before + 1 THEN 1 ELSE 2 END AS kind
      FROM link WHERE seq <> seq_before + 1 OR prev <> hash_before
     UNION ALL
    SELECT stream_id, seq, CASE WHEN hash <> counted THEN 3 ELSE 4 END
      FROM event LEFT JOIN boards_board AS board ON board.code = stream_id, LATERAL (
               SELECT encode(sha256(
                   '\x00'::bytea || convert_to(stream_id, 'UTF8') || '\x00'::bytea || convert_to(seq::text, 'UTF8')
                   || '\x00'::bytea || convert_to(prev, 'UTF8') || '\x00'::bytea || convert_to(body, 'UTF8')
               ), 'hex') AS counted
           ) AS again
     WHERE hash <> counted
        OR board_id IS DISTINCT FROM board.id
        OR NOT starts_with(body, {BEGINS})
        OR right(body, length(verb) + 11) <> ',"verb":"' || verb || '"}}'
)
SELECT stream_id, seq, (ARRAY['missing', 'unchained', 'altered', 'mislabelled'])[min(kind)]
  FROM fault GROUP BY stream_id, seq ORDER BY stream_id, seq LIMIT 1
"""  # noqa: S608

# The log of many years takes longer than a page may, and is worth sharing between workers.
FOR_LONG_READING = (
    "statement_timeout = 0",
    "work_mem = '128MB'",
    "parallel_setup_cost = 0",
    "parallel_tuple_cost = 0",
)

# Where each stream stood: how many events, and the hash of the last.
Start = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Finding:
    """The first place where the log does not hold, and how it fails there."""

    stream: str
    seq: int
    fault: str

    def __str__(self) -> str:
        return f"stream {self.stream}, event {self.seq}: {self.fault}"


@dataclass(frozen=True)
class Result:
    """What a verification read and found."""

    events: int
    seconds: float
    finding: Finding | None
    seal: Seal | None = None
    seal_fault: str = ""

    @property
    def is_whole(self) -> bool:
        return self.finding is None and not self.seal_fault

    @property
    def per_second(self) -> int:
        return int(self.events / self.seconds) if self.seconds else 0

    def __str__(self) -> str:
        faults = [str(self.finding)] if self.finding else []
        faults += [f"seal {self.seal.pk}: {self.seal_fault}"] if self.seal and self.seal_fault else []
        return "; ".join(faults) or "whole"


def verify(*, since_seal: bool = False) -> Result:
    """Reads all of the log and all seals, or with a seal to trust only what came after it."""
    began = time.monotonic()
    seal_fault = seals.first_fault()
    last = Seal.objects.latest_one()
    start = last.sealed() if since_seal and last and not seal_fault else {}
    finding = first_fault(start)
    events = (Stream.objects.aggregate(all=Sum("seq"))["all"] or 0) - sum(
        seq for seq, _head in start.values()
    )
    seconds = time.monotonic() - began
    seal, fault = seal_fault or (last, "")
    return Result(events, seconds, finding, seal, fault)


@verb("audit.verified", _("%(who)s verified the log, %(events)s events: %(found)s"))
def note(result: Result) -> None:
    """That the log was verified, and how it was found, stands in the log itself."""
    facts = {"events": result.events, "seal": result.seal.pk if result.seal else None, "found": str(result)}
    audit.record("audit.verified", City.objects.here(), by=None, **facts)


def first_fault(start: Start | None = None) -> Finding | None:
    return _fault_in_chains(start or {}) or _fault_in_heads()


def _fault_in_chains(start: Start) -> Finding | None:
    if connection.vendor != "postgresql":
        return next(_faults_row_by_row(start), None)
    given = json.dumps([{"name": name, "seq": seq, "head": head} for name, (seq, head) in start.items()])
    with transaction.atomic(), connection.cursor() as cursor:
        for setting in FOR_LONG_READING:
            cursor.execute(f"SET LOCAL {setting}")
        for faults in (UNLINKED, BENT):
            cursor.execute(faults, [given])
            if cursor.fetchone() != (0,):
                cursor.execute(FIRST_FAULT, [given])
                return Finding(*cursor.fetchone())
    return None


def _faults_row_by_row(start: Start) -> Iterator[Finding]:
    stream, seq, head, board = "", 0, "", None
    for event in Event.objects.order_by("stream_id", "seq").iterator(chunk_size=5000):
        if event.stream_id != stream:
            stream = event.stream_id
            seq, head = start.get(stream, (0, ""))
            board = Board.objects.filter(code=stream).values_list("pk", flat=True).first()
        if event.seq <= start.get(stream, (0, ""))[0]:
            continue
        if fault := _fault_of(event, seq, head, board):
            yield Finding(stream, event.seq, fault)
        seq, head = event.seq, event.hash


def _fault_of(event: Event, seq_before: int, hash_before: str, board: int | None) -> str:
    if event.seq != seq_before + 1:
        return "missing"
    if event.prev != hash_before:
        return "unchained"
    if event.hash != audit.chain_hash(event.stream_id, event.seq, event.prev, event.body):
        return "altered"
    return "" if _says_the_same(event, board) else "mislabelled"


def _says_the_same(event: Event, board: int | None) -> bool:
    """What stands in columns, to be searched by, is what stands in the text that was hashed."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    by = "null" if event.actor_id is None else event.actor_id
    begins = f'{_about(event)}],"at":"{at}","by":{by},"facts":{{'
    ends = f',"verb":"{event.verb}"}}'
    return event.board_id == board and event.body.startswith(begins) and event.body.endswith(ends)


def _about(event: Event) -> str:
    """A number stands as a number, unless the thing is known by digits that are a name."""
    begins = f'{{"about":["{event.object_type}",'
    if event.object_id == "None":
        return f"{begins}null"
    is_number = re.fullmatch("[0-9]+", event.object_id) and not event.body.startswith(f'{begins}"')
    return begins + (event.object_id if is_number else json.dumps(event.object_id, ensure_ascii=False))


def _fault_in_heads() -> Finding | None:
    """A tail that was cut off leaves a head that points past the end."""
    for stream in Stream.objects.order_by("name"):
        last = stream.events.order_by("-seq").first()
        if (stream.seq, stream.head) != ((last.seq, last.hash) if last else (0, "")):
            return Finding(stream.name, (last.seq if last else 0) + 1, "cut off")
    return None
