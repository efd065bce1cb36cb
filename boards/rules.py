"""Rules asked of many records at once: the same words as for one, in the same few questions however many they are.

A model whose rules look at other records has them in `refusals(rows)`, which its own `clean` asks of itself alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from .days import ENDS_BEFORE, refuse_last_day

Refusal = tuple[Any, ValidationError]


class RefusedRowError(ValidationError):
    """One of many rows may not be as it is."""

    def __init__(self, row: Any, refused: ValidationError) -> None:
        super().__init__(refused.messages)
        self.row = row


def check(rows: Sequence[Any]) -> None:
    """What `full_clean` asks of each; that it stands only once is left to the database."""
    for row, refused in _refusals(rows):
        raise RefusedRowError(row, refused)


def give_last_days(days: Mapping[Any, date | None]) -> None:
    """To each its own, in one statement."""
    for row, last_day in days.items():
        try:
            refuse_last_day([row], last_day or date.max)
        except ValidationError as refused:
            raise RefusedRowError(row, refused) from refused
        row.valid_to = last_day
    for row in list(days)[:1]:
        type(row)._base_manager.bulk_update(list(days), ["valid_to"])


def _refusals(rows: Sequence[Any]) -> Iterator[Refusal]:
    for row in rows:
        if refused := _written_wrongly(row):
            yield row, refused
    if rows and hasattr(rows[0], "refusals"):
        yield from rows[0].refusals(rows)


def _written_wrongly(row: Any) -> ValidationError | None:
    """What can be told of the row by itself."""
    try:
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.is_relation])
        if not hasattr(row, "refusals"):
            row.clean()
    except ValidationError as refused:
        return refused
    first, last = getattr(row, "valid_from", None), getattr(row, "valid_to", None)
    return ValidationError(ENDS_BEFORE) if first and last and last < first else None
