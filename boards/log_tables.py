"""The tables of the activity log and of the read log."""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from . import activity
from .columns import Row
from .models import ReadLog
from .tables import Choice, Column, Sort, Table

# What a reader may want to see by itself, and the verbs that belong to it.
KINDS = {
    "roller": (_("Offices and access"), ("office", "offices", "training", "access", "stand_in")),
    "namnder": (_("Boards, members and meetings"), ("board", "area", "unit", "member", "meeting")),
    "konton": (
        _("Accounts and sign-in"),
        [
            "account",
            "invitation",
            "person",
            "profile",
            "email",
            "password",
            "factor",
            "session",
            "sessions",
            "sign_in",
            "break_glass",
            "directory",
        ],
    ),
    "installningar": (
        _("Settings and the programme"),
        ("city", "text", "calendar", "level", "method", "programme", "accessibility", "barrier"),
    ),
    "loggen": (_("The log itself"), ("audit", "reading", "job")),
}
PERIODS = {"1": _("The last day"), "7": _("The last seven days"), "30": _("The last thirty days")}


def of_kind(kind: str) -> Q:
    return reduce(or_, (Q(verb__startswith=f"{prefix}.") for prefix in KINDS[kind][1]))


def since(days: str) -> Q:
    return Q(at__gte=timezone.now() - timedelta(days=int(days)))


def period() -> Choice:
    return Choice("tid", _("When"), lambda: list(PERIODS.items()), since)


class EventTable(Table):
    quiet_caption = True
    caption = _("Activity log")
    noun = ngettext_lazy("line in the log", "lines in the log")
    empty = _("Nothing has happened yet.")
    level = "K1"
    file_name = "logg"
    columns: ClassVar = [
        Column("tid", _("When"), lambda event: event.at, sort="tid", reads="at"),
        Column("vad", _("What happened"), lambda event: event.sentence, reads="body", labelled=False),
        Column(
            "namnd",
            _("Board"),
            lambda event: event.board.name if event.board else "",
            swedish=True,
            reads="board__name",
        ),
    ]
    sorts: ClassVar = [Sort("tid", ("-id",))]

    def __init__(self, request: Any, rows: Any, boards: list[tuple[str, str]], **texts: Any) -> None:
        self.filters = [  # type: ignore[misc]
            Choice("namnd", _("Board"), lambda: boards, lambda slug: Q(board__slug=slug)),
            Choice("slag", _("About"), lambda: [(key, label) for key, (label, _v) in KINDS.items()], of_kind),
            period(),
        ]
        super().__init__(request, rows.select_related("actor", "board"), **texts)

    def prepare(self, rows: list[Row]) -> list[Row]:
        return activity.tell(rows)


class ReadLogTable(Table):
    quiet_caption = True
    caption = _("Who has read what")
    noun = ngettext_lazy("reading", "readings")
    empty = _("Nobody has opened anything protected yet.")
    level = "K2"
    file_name = "lasningar"
    columns: ClassVar = [
        Column("tid", _("When"), lambda row: row.at, sort="tid", reads="at"),
        Column("vem", _("Who"), lambda row: row.reader.name, reads="reader__name"),
        Column("hur", _("How"), lambda row: row.get_way_display(), reads="way"),
        Column("vad", _("What"), lambda row: row.what or row.object_type, reads="what"),
        Column("antal", _("How many"), lambda row: row.count, numeric=True, reads="count"),
        Column("niva", _("Class"), lambda row: row.level, reads="level"),
        Column(
            "namnd",
            _("Board"),
            lambda row: row.board.name if row.board else "",
            swedish=True,
            reads="board__name",
        ),
    ]
    sorts: ClassVar = [Sort("tid", ("-id",))]

    def __init__(self, request: Any, rows: Any, boards: list[tuple[str, str]], **texts: Any) -> None:
        self.filters = [  # type: ignore[misc]
            Choice("namnd", _("Board"), lambda: boards, lambda slug: Q(board__slug=slug)),
            Choice("hur", _("How"), lambda: list(ReadLog.Way.choices), lambda way: Q(way=way)),
            period(),
        ]
        super().__init__(request, rows.select_related("reader", "board"), **texts)
