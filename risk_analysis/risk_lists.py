"""The risks of one organisation as a list, the gravest first."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from boards.tables import Choice, Column, Sort, Table

from .levels import NAMES
from .models import Risk, Rsa


class BoardRisksTable(Table):
    caption = _("Risks")
    quiet_caption = True
    noun = ngettext_lazy("risk", "risks")
    empty = _("The analysis names no risks.")
    level = "K2"
    columns: ClassVar[list[Column]] = [
        Column(
            "title",
            _("Risk"),
            lambda row: row.title,
            link=lambda row: reverse("risk_page", args=[row.pk]),
            sort="namn",
            swedish=True,
            reads="title",
        ),
        Column(
            "commitment",
            _("Commitment"),
            lambda row: row.commitment.title,
            swedish=True,
            reads="commitment__title",
        ),
        Column(
            "level",
            _("Level"),
            lambda row: row.level_name,
            sort="tyngd",
            template="risk_analysis/_level.html",
            reads="level",
        ),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), reads="kind"),
        Column("trend", _("Trend"), lambda row: row.get_trend_display(), reads="trend"),
    ]
    filters: ClassVar[list[Any]] = [
        Choice(
            "niva",
            _("Level"),
            lambda: [("0", _("Not assessed")), *((str(level), name) for level, name in NAMES.items())],
            lambda value: Q(level=int(value)),
        ),
        Choice("slag", _("Kind"), lambda: Risk.Kind.choices, lambda value: Q(kind=value)),
    ]
    sorts: ClassVar[list[Sort]] = [
        Sort("tyngd", ("-consequence", "-likelihood", "title")),
        Sort("namn", ("title",)),
    ]

    def __init__(self, request: Any, analyses: Sequence[Rsa], **texts: Any) -> None:
        rows = Risk.objects.standing().filter(rsa__in=[rsa.pk for rsa in analyses])
        super().__init__(request, rows.select_related("commitment", "rsa"), **texts)
        self.carried = request.GET.get("omgang", "")

    def url(self, **changes: str) -> str:
        """The round is carried along; it is chosen elsewhere."""
        url = super().url(**changes)
        if not self.carried:
            return url
        return f"{url}{'&' if '?' in url else '?'}omgang={self.carried}"
