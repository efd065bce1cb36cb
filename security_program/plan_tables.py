"""The table of who has handed in."""

from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from boards.tables import Choice, Column, Sort, Table

from .models import FollowUp


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
        for row in rows:
            row.is_read = row.pk in read
        return rows
