"""What a table is declared with: its columns, the filters and sorts the address may ask for, and its cells."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from . import keyset

Row = Any


@dataclass(frozen=True)
class Column:
    key: str
    heading: Any
    value: Callable[[Row], Any]
    link: Callable[[Row], str] | None = None
    sort: str = ""
    numeric: bool = False
    # False for what needs no heading beside it on a phone, as a sentence.
    labelled: bool = True
    # Reference data, which stays in Swedish on an English page.
    swedish: bool = False
    # The fields the value is made of, as "person__name"; what is worked out from much has the table's own class.
    reads: str | None = None
    # An include that shows `value` and `row` in some other way than as text.
    template: str = ""


@dataclass(frozen=True)
class Sort:
    """One way to order the rows, by columns with an index; with `group`, under headings."""

    key: str
    fields: tuple[str, ...]
    group: Callable[[Row], Any] | None = None

    def order(self, rows: QuerySet, *, descending: bool) -> keyset.Order:
        if not descending:
            return keyset.Order(rows, *self.fields)
        return keyset.Order(rows, *(name[1:] if name.startswith("-") else f"-{name}" for name in self.fields))


@dataclass(frozen=True)
class Choice:
    """A filter with one value out of a short closed list."""

    key: str
    label: Any
    choices: Callable[[], list[tuple[str, Any]]]
    where: Callable[[str], Q]
    template: ClassVar[str] = "components/_table_choice.html"

    def knows(self, value: str) -> bool:
        return value in dict(self.options)

    def narrow(self, value: str) -> Q:
        return self.where(value) if value else Q()

    def chip(self, value: str) -> str:
        return f"{self.label}: {dict(self.options)[value]}"

    @property
    def options(self) -> list[tuple[str, Any]]:
        return [(str(value), label) for value, label in self.choices()]


@dataclass(frozen=True)
class Flag:
    """A filter that is on or off; what is left out until somebody ticks it."""

    key: str
    label: Any
    unless: Callable[[], Q] = Q
    when: Callable[[], Q] = Q
    template: ClassVar[str] = "components/_table_flag.html"

    def knows(self, value: str) -> bool:
        return value == "1"

    def narrow(self, value: str) -> Q:
        return self.when() if value else self.unless()

    def chip(self, value: str) -> str:
        return str(self.label)


@dataclass(frozen=True)
class Cell:
    value: Any
    url: str
    column: Column
    row: Row

    @property
    def text(self) -> str:
        return shown(self.value)

    @property
    def is_empty(self) -> bool:
        return not self.column.template and self.value in (None, "")

    @property
    def is_day(self) -> bool:
        """Written in one piece, or a narrow column breaks it after the year."""
        return isinstance(self.value, date)


def shown(value: Any) -> str:
    """A value as a table writes it: days as 2026-04-30, clock times with a full stop, nothing as a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H.%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return number_format(value, force_grouping=True)
    return str(value)
