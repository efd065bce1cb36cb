"""Bends a sealed log in each way there is, by SQL with the owner's rights, and asks verify_audit what is wrong."""

# ruff: noqa: S608 (the statements are put together from this file alone)
import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import django

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)


def rows(events: int, boards: list[tuple[str, int]], person: int) -> Iterator[tuple[Any, ...]]:
    """Chained events as the verbs leave them, board by board in turn."""
    from boards import audit

    heads: dict[str, tuple[int, str]] = {}
    for number in range(events):
        code, board = boards[number % len(boards)]
        seq, prev = heads.get(code, (0, ""))
        at = BEGAN + timedelta(seconds=30 * number)
        facts = {"holding": number, "office": "sakerhetssamordnare", "last_day": at.date(), "person": person}
        body = audit.canonical(
            {"at": at, "verb": "office.ended", "by": person, "about": ["boards.Board", board], "facts": facts}
        )
        digest = audit.chain_hash(code, seq + 1, prev, body)
        heads[code] = seq + 1, digest
        yield seq + 1, at, "office.ended", "boards.Board", str(board), body, prev, digest, person, board, code


def fill(events: int) -> None:
    from django.db import connection

    from boards.models import Board, User

    person = User.objects.create_user("drill@example.org", "Drill").pk
    boards = list(Board.objects.order_by("code").values_list("code", "pk"))
    columns = "seq, at, verb, object_type, object_id, body, prev, hash, actor_id, board_id, stream_id"
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.executemany(
            "INSERT INTO boards_stream (name, seq, head) VALUES (%s, 0, '') ON CONFLICT DO NOTHING",
            [(code,) for code, _board in boards],
        )
        with cursor.copy(f"COPY boards_event ({columns}) FROM STDIN") as copy:
            for row in rows(events, boards, person):
                copy.write_row(row)
        cursor.execute(
            "UPDATE boards_stream SET seq = last.seq, head = last.hash FROM (SELECT DISTINCT ON (stream_id)"
            " stream_id, seq, hash FROM boards_event ORDER BY stream_id, seq DESC) AS last WHERE name = stream_id"
        )
        cursor.execute("ANALYZE boards_event")


# One event in the middle of one stream; %(seq)s is its place.
HERE = "stream_id = 'bromma_sdn' AND seq"
INSERTED = f"""
UPDATE boards_event SET seq = seq + 1000001 WHERE {HERE} >= %(seq)s;
UPDATE boards_event SET seq = seq - 1000000 WHERE {HERE} > 1000000;
INSERT INTO boards_event (seq, at, verb, object_type, object_id, body, prev, hash, actor_id, board_id, stream_id)
SELECT %(seq)s, at, verb, object_type, object_id, body, repeat('0', 64), hash, actor_id, board_id, stream_id
  FROM boards_event WHERE {HERE} = %(seq)s - 1
"""
REORDERED = f"""
UPDATE boards_event SET seq = 0 WHERE {HERE} = %(seq)s;
UPDATE boards_event SET seq = %(seq)s WHERE {HERE} = %(seq)s + 1;
UPDATE boards_event SET seq = %(seq)s + 1 WHERE {HERE} = 0
"""
CUT_WITH_HEAD = f"""
DELETE FROM boards_event WHERE {HERE} > %(seq)s;
UPDATE boards_stream SET seq = %(seq)s, head = (SELECT hash FROM boards_event WHERE {HERE} = %(seq)s)
 WHERE name = 'bromma_sdn'
"""
DRILL = {
    "edit": f"UPDATE boards_event SET body = replace(body, 'samordnare', 'skyddschef') WHERE {HERE} = %(seq)s",
    "edit and hash anew": f"""
UPDATE boards_event SET body = replace(body, 'samordnare', 'skyddschef') WHERE {HERE} = %(seq)s;
UPDATE boards_event SET hash = encode(sha256('\\x00'::bytea || convert_to(stream_id, 'UTF8') || '\\x00'::bytea
    || convert_to(seq::text, 'UTF8') || '\\x00'::bytea || convert_to(prev, 'UTF8') || '\\x00'::bytea
    || convert_to(body, 'UTF8')), 'hex') WHERE {HERE} = %(seq)s""",
    "delete": f"DELETE FROM boards_event WHERE {HERE} = %(seq)s",
    "insert": INSERTED,
    "reorder": REORDERED,
    "truncate": f"DELETE FROM boards_event WHERE {HERE} > %(seq)s",
    "truncate with the head": CUT_WITH_HEAD,
    "change whose it is": f"UPDATE boards_event SET at = at - interval '1 day' WHERE {HERE} = %(seq)s",
}


@contextmanager
def bent(statements: str, seq: int) -> Iterator[None]:
    """Everything inside is taken back, so that each way is tried on the same log."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE boards_event DISABLE TRIGGER USER")
        for statement in statements.split(";"):
            cursor.execute(statement, {"seq": seq})
        yield
        transaction.set_rollback(True)


def refused() -> str:
    """What the application itself gets for an answer, with the triggers on."""
    from django.db import Error, connection, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE boards_event SET verb = 'x' WHERE seq = 1")
    except Error as error:
        return str(error).splitlines()[0]
    return "NOT REFUSED"


def verified(say: Callable[[str], Any]) -> bool:
    from django.core.management import CommandError, call_command

    try:
        say(call_command("verify_audit") or "exit 0: whole")
    except CommandError as error:
        say(f"exit 1: {error}")
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=1_000_000)
    events = parser.parse_args().events
    django.setup()
    from django.db import connection

    from boards import seals

    fill(events)
    seals.seal_now()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), pg_size_pretty(pg_total_relation_size('boards_event')) FROM boards_event"
        )
        print("{} events, {}".format(*cursor.fetchone()))
    print(f"{'as the application':24} {refused()}")
    failed = not verified(lambda text: None)
    middle = events // 130 or 2
    for name, statements in DRILL.items():
        with bent(statements, middle):
            failed |= verified(lambda text, name=name: print(f"{name:24} {text}", flush=True))
    if failed:
        raise SystemExit("The drill FAILED.")
    print("Every way was named.")


if __name__ == "__main__":
    main()
