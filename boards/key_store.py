"""The keys of single records, in a database of their own with backups of their own that are kept for days.

Each key is wrapped by a key of FIELD_KEYS. A record's key is written before its row; one whose row never came is
swept. To destroy a key is to destroy what it sealed, also in older dumps, once the store's own backups have gone.
"""

import base64
import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError
from django.db.utils import ConnectionHandler

from . import logs, sealing

TABLE = """CREATE TABLE IF NOT EXISTS record_keys (
    id varchar(32) PRIMARY KEY,
    wrapped text NOT NULL,
    made_at bigint NOT NULL,
    orphan_since bigint
)"""
KEY_BYTES = 32
AT_A_TIME = 500
# A verb that has made a key has committed its row, or failed, long before this.
SETTLED = 3600
ORPHANS_KEPT = 7 * 24 * 3600


class KeyGoneError(LookupError):
    """The key has been destroyed, and with it what it sealed."""


class WrongDatabaseError(RuntimeError):
    """So many keys lack their rows that it is the rows that are not there."""


@cache
def _store() -> ConnectionHandler:
    config = dict(settings.KEY_STORE)
    if config["ENGINE"].endswith("sqlite3"):
        # secure_delete: what is destroyed is overwritten in the file.
        pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        config["OPTIONS"] = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": pragmas}
    else:
        config.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    return ConnectionHandler({DEFAULT_DB_ALIAS: config})


def _connection() -> Any:
    connection = _store()[DEFAULT_DB_ALIAS]
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    if connection.connection is None:
        connection.ensure_connection()
        _make_table(connection)
    return connection


def _make_table(connection: Any) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(TABLE)
    except DatabaseError:
        # Two processes at their first start; the other one has made it.
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM record_keys LIMIT 1")


@contextmanager
def _cursor() -> Iterator[Any]:
    with _connection().cursor() as cursor:
        yield cursor


@contextmanager
def _transaction() -> Iterator[Any]:
    with _cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            yield cursor
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")


def close() -> None:
    _store().close_all()


def make() -> str:
    """A new key, there for good before the row that will need it."""
    key_id, key = secrets.token_hex(16), secrets.token_bytes(KEY_BYTES)
    with _cursor() as cursor:
        row = [key_id, _wrap(key_id, key), int(time.time())]
        cursor.execute("INSERT INTO record_keys (id, wrapped, made_at) VALUES (%s, %s, %s)", row)
    return key_id


def find(key_id: str) -> bytes:
    try:
        return find_all([key_id])[key_id]
    except KeyError:
        raise KeyGoneError(key_id) from None


def find_all(key_ids: Iterable[str]) -> dict[str, bytes]:
    wanted = list(key_ids)
    if not wanted:
        return {}
    with _cursor() as cursor:
        marks = ", ".join(["%s"] * len(wanted))
        cursor.execute(f"SELECT id, wrapped FROM record_keys WHERE id IN ({marks})", wanted)  # noqa: S608
        return {key_id: _unwrap(key_id, wrapped) for key_id, wrapped in cursor.fetchall()}


def destroy(key_ids: Sequence[str]) -> None:
    with _cursor() as cursor:
        cursor.executemany("DELETE FROM record_keys WHERE id = %s", [[key_id] for key_id in key_ids])
        logs.note("key_destroyed", count=len(key_ids))


def _wrap(key_id: str, key: bytes) -> str:
    return sealing.seal(base64.b64encode(key).decode(), _purpose(key_id))


def _unwrap(key_id: str, wrapped: str) -> bytes:
    return base64.b64decode(sealing.unseal(wrapped, _purpose(key_id)))


def _purpose(key_id: str) -> str:
    return f"record key {key_id}"


# A new key among FIELD_KEYS


def rewrap_some() -> int:
    """Wraps some of what an older key wraps with the one in use; nought when none is left."""
    with _transaction() as cursor:
        cursor.execute(
            "SELECT id, wrapped FROM record_keys WHERE wrapped NOT LIKE %s ORDER BY id LIMIT %s",
            [f"{sealing.name_in_use()}.%", AT_A_TIME],
        )
        rows = cursor.fetchall()
        for key_id, wrapped in rows:
            again = _wrap(key_id, _unwrap(key_id, wrapped))
            # Of two that rewrap at once, one finds the row changed and leaves it.
            cursor.execute(
                "UPDATE record_keys SET wrapped = %s WHERE id = %s AND wrapped = %s", [again, key_id, wrapped]
            )
    return len(rows)


def wrapped_by() -> dict[str, int]:
    """How many keys each of FIELD_KEYS wraps: one that wraps none may be taken away."""
    with _cursor() as cursor:
        cursor.execute("SELECT wrapped FROM record_keys")
        counts: dict[str, int] = {}
        for (wrapped,) in cursor.fetchall():
            name = wrapped.partition(".")[0]
            counts[name] = counts.get(name, 0) + 1
    return counts


# Keys without a row


def sweep(in_use: set[str], *, force: bool = False) -> tuple[int, int]:
    """Notes the keys that no row uses and destroys those noted a week ago. Returns how many of each."""
    now = int(time.time())
    with _cursor() as cursor:
        cursor.execute("SELECT id, orphan_since FROM record_keys WHERE made_at < %s", [now - SETTLED])
        settled = dict(cursor.fetchall())
    orphans = settled.keys() - in_use
    if len(orphans) > max(20, len(settled) // 2) and not force:
        raise WrongDatabaseError(
            f"{len(orphans)} of {len(settled)} keys have no row; is this the right database?"
        )
    over = [key for key in orphans if (settled[key] or now) < now - ORPHANS_KEPT]
    noted = [key for key in orphans if settled[key] is None]
    back = [key for key in settled.keys() & in_use if settled[key] is not None]
    with _transaction() as cursor:
        note = "UPDATE record_keys SET orphan_since = %s WHERE id = %s"
        cursor.executemany(note, [[now, key] for key in noted])
        cursor.executemany(note, [[None, key] for key in back])
        cursor.executemany("DELETE FROM record_keys WHERE id = %s", [[key] for key in over])
    return len(noted), len(over)
