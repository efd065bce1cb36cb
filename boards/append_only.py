"""Triggers by which the database itself refuses to change or delete a line of a log.

A migration calls `install`; one that later alters a table of these on SQLite, which then makes the table anew,
calls it again.
"""

from typing import Any

# How long a line of the read log is kept; until then it can no more be deleted than changed.
READ_LOG_YEARS = 5
NEVER = {"postgresql": "false", "sqlite": "0"}
# The table, and when a line of it may go.
MAY_GO = {
    "boards_event": NEVER,
    "boards_seal": NEVER,
    "boards_readlog": {
        "postgresql": f"OLD.at < now() - interval '{READ_LOG_YEARS} years'",
        "sqlite": f"OLD.at < datetime('now', '-{READ_LOG_YEARS} years')",
    },
}

FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF {may_go} THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION '{table} is append-only: % refused', TG_OP;
END $$
"""
ROWS = """
CREATE OR REPLACE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()
"""
TRUNCATE = """
CREATE OR REPLACE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only()
"""
SQLITE = """
CREATE TRIGGER IF NOT EXISTS {table}_refuses_{act} BEFORE {act} ON {table} WHEN NOT ({may_go})
BEGIN SELECT RAISE(ABORT, '{table} is append-only: {act} refused'); END
"""


def install(connection: Any, *tables: str) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            for statement in statements(table, connection.vendor):
                cursor.execute(statement)


def remove(connection: Any, *tables: str) -> None:
    """For a migration that is taken back."""
    with connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION IF EXISTS {table}_is_append_only() CASCADE")
            else:
                for act in ("UPDATE", "DELETE"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{act}")


def statements(table: str, vendor: str) -> list[str]:
    may_go = MAY_GO.get(table, NEVER)[vendor]
    if vendor == "postgresql":
        return [text.format(table=table, may_go=may_go) for text in (FUNCTION, ROWS, TRUNCATE)]
    return [
        SQLITE.format(table=table, act=act, may_go=condition)
        for act, condition in (("UPDATE", "0"), ("DELETE", may_go))
    ]
