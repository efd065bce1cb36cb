"""What a restored database must show again: how many rows there are, some of them exactly, and the log's heads."""

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from boards.models import Event, Stream

SAMPLE = 40
# A restored installation lets everyone sign in anew.
ENDED_BY_RESTORE = ("boards_kepttext", "django_session", "usersessions_usersession")
# They grow while people work, and when a restore is written down: their heads are compared instead.
GROWING = (Event._meta.db_table, Stream._meta.db_table)


@dataclass(frozen=True)
class Facts:
    rows: dict[str, int]
    sample: dict[str, dict[str, str]]
    heads: dict[str, list[Any]]
    migrations: int

    @property
    def sampled(self) -> int:
        return sum(len(rows) for rows in self.sample.values())

    as_dict = asdict


def gather() -> Facts:
    """Inside a transaction of its own, all of it is of one moment."""
    tables = sorted(set(_tables()) - set(ENDED_BY_RESTORE))
    return Facts(
        rows={table: _count(table) for table in tables},
        sample={table: found for table in tables if table not in GROWING and (found := _some_of(table))},
        heads={name: [seq, head] for name, seq, head in Stream.objects.values_list("name", "seq", "head")},
        migrations=MigrationRecorder(connection).migration_qs.count(),
    )


def differences(known: Facts) -> Iterator[str]:
    """What is not as it was, in words; nothing if all is."""
    for table, number in known.rows.items():
        now = _count(table)
        if now != number and not (table in GROWING and now > number):
            yield f"{table}: {now} rows, there were {number}"
    for table, rows in known.sample.items():
        now_rows = _digests(table, list(rows))
        changed = [pk for pk, before in rows.items() if now_rows.get(pk) != before]
        if changed:
            yield f"{table}: {len(changed)} of {len(rows)} sampled rows differ, first {changed[0]}"
    for name, (seq, head) in known.heads.items():
        if seq and not Event.objects.filter(stream_id=name, seq=seq, hash=head).exists():
            yield f"the log's stream {name} does not hold its event {seq} any more"


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    return [table for table in there if table in ours]


def _count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {_quoted(table)}")  # noqa: S608
        return cursor.fetchone()[0]


def _some_of(table: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_column(cursor, table)
        if key is None:
            return {}
        cursor.execute(f"SELECT * FROM {_quoted(table)} ORDER BY random() LIMIT {SAMPLE}")  # noqa: S608
        return _by_key(cursor, key)


def _digests(table: str, keys: list[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_column(cursor, table) or ""
        marks = ", ".join(["%s"] * len(keys))
        cursor.execute(f"SELECT * FROM {_quoted(table)} WHERE {_quoted(key)} IN ({marks})", keys)  # noqa: S608
        return _by_key(cursor, key)


def _by_key(cursor: Any, key: str) -> dict[str, str]:
    names = [column[0] for column in cursor.description]
    place = names.index(key)
    return {str(row[place]): _digest(names, row) for row in cursor.fetchall()}


def _digest(names: list[str], row: tuple[Any, ...]) -> str:
    plain = [bytes(value) if isinstance(value, memoryview) else value for value in row]
    return hashlib.sha256(
        repr(sorted(zip(names, plain, strict=True), key=lambda pair: pair[0])).encode()
    ).hexdigest()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
