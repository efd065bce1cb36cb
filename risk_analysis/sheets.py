"""The rows of an analysis as cells: the one list of columns that a file is written in and read back by.

What a column is called and may hold follows from the field. A row that leads to another names it by its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.import_people import boards_by_name
from boards.imports import day
from boards.models import Board, User
from boards.spreadsheets import Heading, Row

from .models import Commitment, Dependency, Item, Measure, Risk, Rsa

BETWEEN = "|"
YES, NO = ("ja", "yes", "1"), ("nej", "no", "0", "")
# What tells one row from another where the file gives no number.
WORDS_IN = {Commitment: ("title",), Risk: ("title", "commitment"), Measure: ("text",)}
WORDS_IN[Dependency] = ("name", "commitment")
NUMBER = Heading(
    "number", ("nummer", "number"), says=gettext_lazy("As it stands in a file from here; empty for what is new")
)  # fmt: skip
ANALYSIS = Heading(
    "rsa", ("analys", "analysis"), required=True,
    says=gettext_lazy("The round and the organisation, as they stand in a file from here"), example="2027/bromma",
)  # fmt: skip


class WrongCellError(Exception):
    """The cell does not hold what the column asks for; the text says what it should."""


def address(rsa: Rsa) -> str:
    return f"{rsa.cycle.slug}/{rsa.slug}"


def same(text: Any) -> str:
    """How texts are compared: without regard to capitals and spaces."""
    return " ".join(str(text).split()).casefold()


@cache
def fields_of(model: type[Item]) -> dict[str, Any]:
    return {name: model._meta.get_field(name) for name in model.WRITTEN}


def headings(model: type[Item]) -> list[Heading]:
    return [NUMBER, ANALYSIS, *(_heading(model, name) for name in fields_of(model))]


@cache
def _heading(model: type[Item], name: str) -> Heading:
    column = fields_of(model)[name]
    words = tuple(dict.fromkeys(same(_in(language, column.verbose_name)) for language in ("sv", "en")))
    return Heading(
        name,
        words,
        required=name in WORDS_IN[model],
        is_day=isinstance(column, models.DateField),
        most=column.max_length or 2000,
        says=column.help_text,
    )


def _in(language: str, text: Any) -> str:
    with translation.override(language):
        return str(text)


# Out


def cell(item: Any, name: str) -> Any:
    """As a person reads and changes it."""
    column = fields_of(item.__class__)[name]
    if name in item.SEVERAL:
        return f" {BETWEEN} ".join(str(row) for row in getattr(item, name).all())
    value = getattr(item, name)
    if isinstance(value, User):
        return value.email
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if column.choices:
        return getattr(item, f"get_{name}_display")() if value not in (None, "") else ""
    return str(value) if isinstance(value, models.Model) else value


# In


@dataclass
class Known:
    """What the cells of a file may name, looked up once however long it is."""

    model: type[Item]
    analyses: dict[str, Rsa]
    boards: dict[str, Board] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    # The standing rows of each analysis by kind: by their words, and those of the file's own kind by number.
    by_words: dict[tuple[int, type[Item], str], Any] = field(default_factory=dict)
    by_number: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, model: type[Item], rows: Iterable[Row], by: Any) -> Known:
        rows = list(rows)
        named = {same(row.cells.get("rsa", "")) for row in rows}
        seen = Rsa.objects.visible_to(by).to_write().with_names()
        seen = seen.filter(cycle__slug__in={each.partition("/")[0] for each in named})
        known = cls(model, {address(rsa): rsa for rsa in seen if address(rsa) in named}, boards_by_name())
        emails = {row.cells.get("responsible", "").casefold() for row in rows} - {""}
        known.people = {
            each.email.casefold(): each for each in User.objects.active().filter(email__in=emails)
        }
        known._read_rows()
        return known

    def _read_rows(self) -> None:
        leading = {each.related_model for each in fields_of(self.model).values() if each.is_relation}
        for kind in {self.model, *(each for each in leading if issubclass(each, Item))}:
            along = [name for name in kind.NAMED if "__" not in name]
            rows = kind.objects.filter(rsa__in=self.analyses.values()).standing()
            for row in rows.select_related(*along).prefetch_related(*kind.SEVERAL):
                self._remember(kind, row)

    def _remember(self, kind: type[Item], row: Any) -> None:
        row.rsa = next(rsa for rsa in self.analyses.values() if rsa.pk == row.rsa_id)
        self.by_words.setdefault((row.rsa_id, kind, same(row)), row)
        if kind is self.model:
            self.by_number[str(row.pk)] = row
            self.by_words[row.rsa_id, kind, _key(cell(row, name) for name in WORDS_IN[kind])] = row

    def find(self, rsa: Rsa, row: Row) -> Any:
        """The row that a line of the file is about; by number, else by words; None for what is new."""
        if number := row.cells.get("number"):
            found = self.by_number.get(number)
            if found is None or found.rsa_id != rsa.pk:
                raise WrongCellError(_("no row of the analysis has that number."))
            return found
        return self.by_words.get((rsa.pk, self.model, _key(row.cells[name] for name in WORDS_IN[self.model])))

    def read(self, rsa: Rsa, name: str, text: str) -> Any:
        """What a cell says, as the field holds it; or WrongCellError."""
        column = fields_of(self.model)[name]
        if name in self.model.SEVERAL:
            parts = [part for part in text.split(BETWEEN) if part.strip()]
            return [self._row(rsa, column.related_model, part) for part in parts]
        if column.is_relation:
            return self._leading(rsa, column.related_model, text) if text else None
        return _value(column, text)

    def _leading(self, rsa: Rsa, kind: Any, text: str) -> Any:
        if kind is User:
            return _found(self.people.get(text.casefold()), _("nobody has that address here."))
        if kind is Board:
            return _found(self.boards.get(text.casefold()), _("we know no organisation by that name."))
        return self._row(rsa, kind, text)

    def _row(self, rsa: Rsa, kind: Any, text: str) -> Any:
        found = self.by_words.get((rsa.pk, kind, same(text)))
        return _found(found, _("the analysis has no such row. Read that in first."))


def _key(words: Iterable[Any]) -> str:
    return same(BETWEEN.join(str(word) for word in words))


def _found(record: Any, says: str) -> Any:
    if record is None:
        raise WrongCellError(says)
    return record


def _value(column: Any, text: str) -> Any:
    if isinstance(column, models.BooleanField):
        return _yes_or_no(text)
    if column.choices:
        return _choice(column, text)
    for kind, reads in READERS.items():
        if isinstance(column, kind):
            return reads(text)
    return text


def _yes_or_no(text: str) -> bool:
    if same(text) in YES:
        return True
    if same(text) in NO:
        return False
    raise WrongCellError(_("write yes or no."))


def _choice(column: Any, text: str) -> Any:
    if not text:
        return None if column.null else ""
    for value, label in column.flatchoices:
        if same(text) in {same(value), *(same(_in(language, label)) for language in ("sv", "en"))}:
            return value
    labels = ", ".join(str(label) for _value, label in column.flatchoices)
    raise WrongCellError(_("choose one of: %(labels)s.") % {"labels": labels})


def _whole(text: str) -> int | None:
    digits = "".join(text.split())
    if digits and not digits.isdecimal():
        raise WrongCellError(_("write a whole number."))
    return int(digits) if digits else None


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal("".join(text.split()).replace(",", ".")) if text else None
    except InvalidOperation:
        raise WrongCellError(_("write a number.")) from None


def _day(text: str) -> Any:
    try:
        return day(text)
    except ValueError:
        raise WrongCellError(_("write the day like 2027-01-01.")) from None


READERS: dict[type[models.Field], Callable[[str], Any]] = {
    models.PositiveSmallIntegerField: _whole,
    models.DecimalField: _amount,
    models.DateField: _day,
}
