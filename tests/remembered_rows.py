"""What a loader wrote into the database, remembered as rows: later tests get the rows and not the work.

Nearly every test wants the city's register. Writing it takes a fifth of a second, putting its rows back a hundredth.
"""

from collections.abc import Callable

from django.core.management.color import no_style
from django.db import connection, transaction

Rows = dict[str, list[str]]
_kept: dict[str, Rows] = {}


def once(name: str, load: Callable[[], object]) -> None:
    """Loads the first time in a process."""
    if name in _kept:
        _put_back(_kept[name])
        return
    before = _all_rows()
    load()
    _kept[name] = _new_since(before)


def alone(name: str, table: str, load: Callable[[], object]) -> None:
    """Only what came into one table, without what else the loader wrote and told."""
    if name not in _kept:
        with transaction.atomic():
            before = _all_rows()
            load()
            _kept[name] = {table: _new_since(before)[table]}
            transaction.set_rollback(True)
    _put_back(_kept[name])


def _put_back(tables: Rows) -> None:
    """Constraints are looked at when a test ends, so tables come in any order."""
    # Together also where the test itself has no transaction.
    with transaction.atomic():
        for table, rows in tables.items():
            _put(table, rows)
    _reset_sequences(tables)


def _new_since(before: Rows) -> Rows:
    after = _all_rows()
    changed = [table for table, rows in before.items() if set(rows) - set(after[table])]
    assert not changed, f"Changed what was there before: {changed}"
    found = {table: [row for row in rows if row not in set(before[table])] for table, rows in after.items()}
    return {table: rows for table, rows in found.items() if rows}


def _all_rows() -> Rows:
    with connection.cursor() as cursor:
        return {table: _rows(cursor, table) for table in connection.introspection.table_names(cursor)}


def _rows(cursor: object, table: str) -> list[str]:
    """Each row as the database itself writes it down."""
    if connection.vendor == "sqlite":
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        quoted = " || ',' || ".join(f'quote("{column}")' for column in columns)
        cursor.execute(f'SELECT {quoted} FROM "{table}"')
    else:
        cursor.execute(f'SELECT t::text FROM "{table}" t')
    return [row[0] for row in cursor.fetchall()]


def _put(table: str, rows: list[str]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            values = ",".join(f"({row})" for row in rows)
            cursor.execute(f'INSERT INTO "{table}" VALUES {values}')
        else:
            cursor.execute(
                f'INSERT INTO "{table}" SELECT (row).* FROM (SELECT unnest(%s::text[])::"{table}" AS row) t',
                [rows],
            )


def _reset_sequences(tables: Rows) -> None:
    models = list(connection.introspection.installed_models(list(tables)))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
