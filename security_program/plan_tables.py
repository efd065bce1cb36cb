"""The table of who has handed in."""

from typing import Any, ClassVar

from django.db.models import Max, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from boards.tables import Choice, Column, Sort, Table

from .models import FollowUp, HandOver, IndicatorValue, Round


class FollowUpTable(Table):
    caption = _("Who has handed in")
    noun = ngettext_lazy("board or company", "boards and companies")
    empty = _("Nobody has been asked.")
    level = "K0"
    columns: ClassVar = [
        Column(
            "namnd",
            _("Board or company"),
            lambda row: row.board.name,
            link=lambda row: row.get_absolute_url() if row.is_read else row.board.get_absolute_url(),
            sort="namnd",
            swedish=True,
            reads="board__name",
        ),
        Column("lage", _("State"), lambda row: row.get_state_display(), reads="state"),
        Column(
            "inlamnad", _("Handed in on"), lambda row: row.filed_on or "", sort="inlamnad", reads="filed_on"
        ),
        Column("styrsystem", _("To the steering system"), lambda row: row.handed_on or "", reads=""),
        Column("sen", _("Late"), lambda row: _("Late") if row.is_late else "", reads="filed_on"),
    ]
    filters: ClassVar = [
        Choice("lage", _("State"), lambda: list(FollowUp.State.choices), lambda value: Q(state=value)),
    ]
    sorts: ClassVar = [Sort("namnd", ("board__name",)), Sort("inlamnad", ("filed_on",))]

    def prepare(self, rows: list[Any]) -> list[Any]:
        """What a board has not handed in is not read yet; its row leads to the board."""
        seen = FollowUp.objects.visible_to(self.user).filter(pk__in=[row.pk for row in rows])
        read = set(seen.values_list("pk", flat=True))
        handed = HandOver.objects.filter(follow_up__in=rows).values_list("follow_up").annotate(Max("at"))
        days = {number: localdate(at) for number, at in handed}
        for row in rows:
            row.is_read, row.handed_on = row.pk in read, days.get(row.pk)
        return rows


# Years and numbers of rows are names, and are written without spaces.
NAMED = "components/_table_plain.html"


class GoalTable(Table):
    """A board's goals of one year as rows: the columns are those that an import reads back."""

    caption = _("Goals")
    noun = ngettext_lazy("goal", "goals")
    empty = _("No goal is written.")
    columns: ClassVar = [
        Column("mal", _("Goal"), lambda row: row.text, swedish=True, reads="text"),
        Column("omrade", _("Focus area"), lambda row: row.focus_area.label, reads="focus_area__name"),
        Column(
            "programmal",
            _("Goal of the programme"),
            lambda row: row.programme_goal.label if row.programme_goal else "",
            reads="programme_goal__text",
        ),
        Column("namnd", _("Board or company"), lambda row: row.board.name, swedish=True, reads="board__name"),
        Column("ar", _("Year"), lambda row: row.year, reads="year", template=NAMED),
        Column("nummer", _("Number"), lambda row: row.pk, reads="", template=NAMED),
    ]
    sorts: ClassVar = [Sort("plan", ("focus_area__order",))]


class OfGoalTable(Table):
    """What hangs on goals; the columns that follow the thing itself."""

    place: ClassVar = [
        Column("mal", _("Goal"), lambda row: row.goal.text, swedish=True, reads="goal__text"),
        Column(
            "namnd",
            _("Board or company"),
            lambda row: row.board.name,
            swedish=True,
            reads="goal__board__name",
        ),
        Column("ar", _("Year"), lambda row: row.goal.year, reads="goal__year", template=NAMED),
        Column("nummer", _("Number"), lambda row: row.pk, reads="", template=NAMED),
    ]
    sorts: ClassVar = [Sort("plan", ("goal__focus_area__order", "goal__pk"))]


class ActivityTable(OfGoalTable):
    caption = _("Activities")
    noun = ngettext_lazy("activity", "activities")
    empty = _("No activity is planned.")
    columns: ClassVar = [
        Column("aktivitet", _("Activity"), lambda row: row.what, swedish=True, reads="what"),
        Column("status", _("Status"), lambda row: row.status_word, reads=""),
        Column(
            "ansvarig",
            _("Responsible"),
            lambda row: row.responsible.email if row.responsible else "",
            reads="responsible__email",
        ),
        Column("klart", _("Done by"), lambda row: row.due_on, reads="due_on"),
        *OfGoalTable.place,
    ]


class IndicatorTable(OfGoalTable):
    caption = _("Indicators")
    noun = ngettext_lazy("indicator", "indicators")
    empty = _("No indicator is written.")
    columns: ClassVar = [
        Column("indikator", _("Indicator"), lambda row: row.name, swedish=True, reads="name"),
        Column("malvarde", _("Target"), lambda row: row.target.normalize(), numeric=True, reads="target"),
        *(
            Column(kind.value, kind.label, lambda row, kind=kind: row.said.get(kind), numeric=True, reads="")
            for kind in Round.Kind
        ),
        Column("enhet", _("Unit"), lambda row: row.unit, swedish=True, reads="unit"),
        Column("kalla", _("Source"), lambda row: row.source, swedish=True, reads="source"),
        *OfGoalTable.place,
    ]

    def prepare(self, rows: list[Any]) -> list[Any]:
        values: dict[int, dict[str, Any]] = {}
        for value in IndicatorValue.objects.filter(indicator__in=rows):
            values.setdefault(value.indicator_id, {})[value.kind] = value.value.normalize()
        for row in rows:
            row.said = values.get(row.pk, {})
        return rows
