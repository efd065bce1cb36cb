"""Commitments, risks, dependencies and measures from a file: shown as a difference, written by bulk verbs, undone whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import imports
from boards.access import may, rights_of
from boards.board_file import problem, row_problems
from boards.imports import CHANGED, NEW, SAME, ImportKind, Plan, Touched
from boards.imports import Item as Planned
from boards.models import User
from boards.spreadsheets import Row

from . import bulk, sheets
from .models import Commitment, Dependency, Item, Measure, Risk, Rsa
from .sheets import Known, WrongCellError

# A board writes some hundred risks; the whole city's fit in one file.
MOST_ROWS = 5000


def writes_somewhere(user: Any) -> bool:
    return bool(rights_of(user).at.get("edit_protected"))


@dataclass
class Reading:
    """One file against what stands here."""

    model: type[Item]
    known: Known
    by: Any
    problems: list[str] = field(default_factory=list)
    named: set[Any] = field(default_factory=set)
    # Whether the person writes in each analysis, asked once.
    writes: dict[int, bool] = field(default_factory=dict)

    def wrong(self, row: Row, name: str, text: str) -> None:
        self.problems.append(problem(row, name, text))

    def item(self, row: Row) -> Planned | None:
        wrong = row_problems(row, sheets.headings(self.model))
        self.problems += wrong
        rsa = self._analysis(row)
        if wrong or rsa is None:
            return None
        try:
            record = self.known.find(rsa, row)
        except WrongCellError as error:
            self.wrong(row, "number", str(error))
            return None
        changes = self._changes(rsa, row)
        if changes is None or not self._once(row, rsa, record):
            return None
        return self._told(row, rsa, record, changes)

    def _analysis(self, row: Row) -> Rsa | None:
        rsa = self.known.analyses.get(sheets.same(row.cells.get("rsa", "")))
        if rsa is None and row.cells.get("rsa"):
            self.wrong(row, "rsa", _("there is no draft of an analysis by that name for you to write in."))
        if rsa and not self._writes_in(rsa):
            self.wrong(row, "rsa", _("you do not write in that analysis."))
            return None
        return rsa

    def _writes_in(self, rsa: Rsa) -> bool:
        if rsa.pk not in self.writes:
            self.writes[rsa.pk] = may(self.by, "edit_protected", rsa.board)
        return self.writes[rsa.pk]

    def _changes(self, rsa: Rsa, row: Row) -> dict[str, Any] | None:
        """A column that the file lacks changes nothing."""
        found, before = {}, len(self.problems)
        for name in sheets.fields_of(self.model):
            if name in row.cells:
                try:
                    found[name] = self.known.read(rsa, name, row.cells[name])
                except WrongCellError as error:
                    self.wrong(row, name, str(error))
        return found if len(self.problems) == before else None

    def _once(self, row: Row, rsa: Rsa, record: Any) -> bool:
        words = tuple(sheets.same(row.cells[name]) for name in sheets.WORDS_IN[self.model])
        key = (rsa.pk, record.pk if record else words)
        if key in self.named:
            self.wrong(row, sheets.WORDS_IN[self.model][0], _("the same stands twice in the file."))
            return False
        self.named.add(key)
        return True

    def _told(self, row: Row, rsa: Rsa, record: Any, changes: dict[str, Any]) -> Planned | None:
        title = f"{rsa}: {row.cells[sheets.WORDS_IN[self.model][0]]}"
        changes = {
            name: value for name, value in changes.items() if record is None or _differs(record, name, value)
        }
        if record is not None and not changes:
            return Planned(SAME, title)
        lines = tuple(
            (_label(self.model, name), _shown(record, name), _words(value)) for name, value in changes.items()
        )
        if not self._holds(row, rsa, record, changes):
            return None
        facts = {"rsa": rsa.pk, "row": record.pk if record else None}
        facts["said"] = {name: _kept(value) for name, value in changes.items()}
        return Planned(CHANGED if record else NEW, title, lines if record else (), facts)

    def _holds(self, row: Row, rsa: Rsa, record: Any, changes: dict[str, Any]) -> bool:
        """The rules of a row, with the cell of what breaks them; nothing is asked of the database for it."""
        written = {name: getattr(record, name) for name in _single(self.model)} if record else {}
        tried = self.model(
            rsa=rsa, **written | {n: v for n, v in changes.items() if n not in self.model.SEVERAL}
        )
        tried.work_out()
        leading = [each.name for each in self.model._meta.fields if each.is_relation]
        try:
            tried.clean_fields(exclude=leading)
            tried.clean()
        except ValidationError as error:
            for name, texts in getattr(error, "message_dict", {"rsa": error.messages}).items():
                self.wrong(row, name if name in row.columns else "rsa", " ".join(texts))
            return False
        return True


def _single(model: type[Item]) -> list[str]:
    return [name for name in model.WRITTEN if name not in model.SEVERAL]


def _differs(record: Any, name: str, value: Any) -> bool:
    if name in record.SEVERAL:
        return {row.pk for row in getattr(record, name).all()} != {row.pk for row in value}
    return getattr(record, name) != value


def _label(model: type[Item], name: str) -> str:
    return str(sheets.fields_of(model)[name].verbose_name)


def _shown(record: Any, name: str) -> str:
    return "" if record is None else _words(sheets.cell(record, name))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return f" {sheets.BETWEEN} ".join(str(each) for each in value)
    return "" if value is None else str(value)


def _kept(value: Any) -> Any:
    if isinstance(value, list):
        return [row.pk for row in value]
    return value.pk if isinstance(value, models.Model) else value


def plan_of(model: type[Item]) -> Any:
    def plan(rows: list[Row], by: Any, is_whole: bool) -> Plan:
        reading = Reading(model, Known.of(model, rows, by), by)
        items = [item for row in rows if (item := reading.item(row))]
        return Plan(items, reading.problems)

    return plan


def write_of(model: type[Item]) -> Any:
    def write(items: list[Planned], by: User) -> list[Touched]:
        analyses = Rsa.objects.with_names().in_bulk({item.facts["rsa"] for item in items})
        return [*_write_new(model, items, analyses, by), *_write_changed(model, items, analyses, by)]

    return write


def _write_new(model: type[Item], items: list[Planned], analyses: Any, by: User) -> list[Touched]:
    new = [item for item in items if item.act == NEW]
    rows = [model(rsa=analyses[item.facts["rsa"]], **_facts(model, item)) for item in new]
    if rows:
        bulk.add_all(rows, several=[_several(model, item) for item in new], by=by)
    return [Touched(item, row) for item, row in zip(new, rows, strict=True)]


def _write_changed(model: type[Item], items: list[Planned], analyses: Any, by: User) -> list[Touched]:
    changed = [item for item in items if item.act == CHANGED]
    if not changed:
        return []
    numbers = [item.facts["row"] for item in changed]
    rows = model.objects.select_for_update().prefetch_related(*model.SEVERAL).in_bulk(numbers)
    for row in rows.values():
        row.rsa = analyses[row.rsa_id]
    before = {pk: imports.snapshot(KINDS[model], row) for pk, row in rows.items()}
    bulk.correct_all(
        {rows[item.facts["row"]]: {**_facts(model, item), **_several(model, item)} for item in changed}, by=by
    )
    return [Touched(item, rows[item.facts["row"]], before[item.facts["row"]]) for item in changed]


def _facts(model: type[Item], item: Planned) -> dict[str, Any]:
    fields = sheets.fields_of(model)
    said = {name: value for name, value in item.facts["said"].items() if name not in model.SEVERAL}
    return {fields[name].attname: value for name, value in said.items()}


def _several(model: type[Item], item: Planned) -> dict[str, Any]:
    return {name: value for name, value in item.facts["said"].items() if name in model.SEVERAL}


def built_on(records: list[Any]) -> str:
    """Whatever leads to what is new and was not made by the same import."""
    new = {(type(record), record.pk) for record in records}
    for model in {type(record) for record in records}:
        for relation in model._meta.related_objects:
            rows = relation.related_model._base_manager.filter(
                **{f"{relation.field.name}__in": [pk for kind, pk in new if kind is model]}
            )
            found = next((row for row in rows if (type(row), row.pk) not in new), None)
            if found is not None and not relation.many_to_many:
                return _("%(what)s has been built on since.") % {"what": found}
    return ""


def _remembered(model: type[Item]) -> tuple[str, ...]:
    fields = sheets.fields_of(model)
    single = [fields[name].attname for name in _single(model)]
    more = ["risk_numbers"] if model is Measure else []
    return (*single, *model.WORKED_OUT, *more, "is_confirmed", "removed_at")


def _kind(code: str, model: type[Item], label: Any) -> ImportKind:
    return ImportKind(
        code,
        label,
        gettext_lazy(
            "Adds rows to the draft of an analysis and changes those that the file names by number."
        ),
        lambda: sheets.headings(model),
        writes_somewhere,
        plan_of(model),
        write_of(model),
        {model._meta.label: _remembered(model)},
        bulk.take_back_all,
        bulk.put_back_all,
        built_on,
        may_be_whole=False,
        along=("rsa__board", "rsa__cycle", "rsa__unit"),
        most_rows=MOST_ROWS,
    )


KINDS: dict[type[Item], ImportKind] = {
    Commitment: _kind("rsa-ataganden", Commitment, gettext_lazy("Commitments of an analysis")),
    Risk: _kind("rsa-risker", Risk, gettext_lazy("Risks of an analysis")),
    Dependency: _kind("rsa-beroenden", Dependency, gettext_lazy("Dependencies of an analysis")),
    Measure: _kind("rsa-atgarder", Measure, gettext_lazy("Measures of an analysis")),
}
imports.KINDS.update({kind.code: kind for kind in KINDS.values()})
