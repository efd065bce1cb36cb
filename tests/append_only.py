"""The one way in which a test gets past the triggers that keep the logs as they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import TransactionTestCase

from boards import append_only

TABLES = (*append_only.MAY_GO, "risk_analysis_snapshot")


@contextmanager
def lifted() -> Iterator[None]:
    """As somebody who owns the database could do it."""
    append_only.remove(connection, *TABLES)
    try:
        yield
    finally:
        append_only.install(connection, *TABLES)


def lift_when_a_test_empties_the_database() -> None:
    """Tests with transactions of their own are followed by emptied tables, the logs among them."""
    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def lift_and_empty(self: Any) -> None:
        with lifted():
            empty(self)

    TransactionTestCase._fixture_teardown = lift_and_empty  # type: ignore[attr-defined]
