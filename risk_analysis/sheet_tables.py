"""The rows of one analysis as tables, in the columns that a file is read back by (sheets)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from boards.tables import Column, Sort, Table

from . import sheets
from .models import Commitment, Dependency, Item, Measure, Risk


def _columns(model: type[Item]) -> list[Column]:
    fields = sheets.fields_of(model)
    return [
        *(
            Column(
                name,
                each.verbose_name,
                lambda row, name=name: sheets.cell(row, name),
                swedish=True,
                reads=name,
            )
            for name, each in fields.items()
        ),
        Column("analys", _("Analysis"), lambda row: sheets.address(row.rsa), reads=""),
        Column("nummer", _("Number"), lambda row: row.pk, reads=""),
    ]


class SheetTable(Table):
    level = "K2"
    quiet_caption = True
    model: type[Item]

    @classmethod
    def rows_of(cls, rsa: Any) -> Any:
        model = cls.model
        rows = model.objects.filter(rsa=rsa).standing().select_related("rsa__cycle", *model.NAMED)
        return rows.prefetch_related(*model.SEVERAL)


class CommitmentTable(SheetTable):
    model = Commitment
    caption = _("Commitments")
    noun = ngettext_lazy("commitment", "commitments")
    empty = _("There are no commitments yet. Begin with what people would miss first.")
    columns: ClassVar = _columns(Commitment)
    sorts: ClassVar = [Sort("titel", ("title",))]


class RiskTable(SheetTable):
    model = Risk
    caption = _("Risks")
    noun = ngettext_lazy("risk", "risks")
    empty = _("There are no risks yet.")
    columns: ClassVar = [
        *_columns(Risk),
        Column("niva", _("Level"), lambda row: row.level_name, reads="level"),
    ]
    sorts: ClassVar = [Sort("vikt", ("-level", "title"))]


class DependencyTable(SheetTable):
    model = Dependency
    caption = _("Dependencies")
    noun = ngettext_lazy("dependency", "dependencies")
    empty = _("There are no dependencies yet. Begin with staff, electricity and telephone.")
    columns: ClassVar = _columns(Dependency)
    sorts: ClassVar = [Sort("namn", ("name",))]


class MeasureTable(SheetTable):
    model = Measure
    caption = _("Action plan")
    noun = ngettext_lazy("measure", "measures")
    empty = _("No measures are planned yet.")
    columns: ClassVar = _columns(Measure)
    sorts: ClassVar = [Sort("atgard", ("text",))]


class ControlTable(MeasureTable):
    """What goes into the plan for internal control, to be carried over to it."""

    caption = _("For the internal control plan")
    empty = _("No measure is marked for the internal control plan.")
    columns: ClassVar = [
        Column(
            "risker",
            _("Risks"),
            lambda row: sheets.cell(row, "risks"),
            swedish=True,
            reads="risks__title",
        ),
        Column("atgard", _("Measure"), lambda row: row.text, swedish=True, reads="text"),
        Column(
            "ansvarig",
            _("Responsible"),
            lambda row: row.responsible and row.responsible.name,
            reads="responsible__name",
        ),
        Column("klart", _("Done by"), lambda row: row.due_on, reads="due_on"),
        Column("status", _("Status"), lambda row: row.word, reads="status"),
    ]

    @classmethod
    def rows_of(cls, rsa: Any) -> Any:
        return super().rows_of(rsa).for_internal_control()


TABLES: dict[str, type[SheetTable]] = {
    "ataganden": CommitmentTable,
    "risker": RiskTable,
    "beroenden": DependencyTable,
    "atgarder": MeasureTable,
    "internkontroll": ControlTable,
}
# Those that a file is read back into, by the kind of import.
READ_BACK = {name: f"rsa-{name}" for name in TABLES if name != "internkontroll"}
