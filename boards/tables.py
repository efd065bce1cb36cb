"""Every table of the house: columns, and filters and sorts as a closed list that the address carries.

The address is the view. What it does not know is left out with a note, never an error. Pages follow each
other by keyset, so that the last page costs as much as the first.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import groupby
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from . import classes, exports, keyset, read_log
from .columns import Cell, Choice, Column, Flag, Row, Sort

__all__ = ["Choice", "Column", "Flag", "Sort", "Table"]

PAGE_SIZE = 50
COUNTED_TO = 1000
EXPORTED = 20_000
MASKED = gettext_lazy("Shown on its own page")
SORT, AFTER, BEFORE, FORMAT = "ordning", "efter", "fore", "format"
LEVELS = {
    "K0": gettext_lazy("K0, open to everyone who is signed in"),
    "K1": gettext_lazy("K1, internal to the organisation"),
    "K2": gettext_lazy("K2, protected: handle the file as you handle the page"),
}


class Table:
    """Declared per list of things; made with a request and the rows the person may see."""

    caption: Any = ""
    noun: Any = ngettext_lazy("row", "rows")
    empty: Any = gettext_lazy("No rows.")
    level = "K1"
    file_name = ""
    columns: ClassVar[list[Column]] = []
    filters: ClassVar[list[Any]] = []
    sorts: ClassVar[list[Sort]] = []
    dense = False
    # Where a heading of the page already says what the table is, the caption is for screen readers.
    quiet_caption = False

    def __init__(self, request: HttpRequest, rows: QuerySet, **texts: Any) -> None:
        for name, text in texts.items():
            setattr(self, name, text)
        self.user, self.path, self.asked = request.user, request.path, request.GET
        self._notes: list[str] = []
        self.chosen = {each.key: self._chosen(each) for each in self.filters}
        self.sort, self.descending = self._sort()
        for each in self.filters:
            rows = rows.filter(each.narrow(self.chosen[each.key]))
        self.rows = rows

    def prepare(self, rows: list[Row]) -> list[Row]:
        """Gives the rows of one page what they need from elsewhere, in a fixed number of queries."""
        return rows

    # What the address asks for

    def _chosen(self, each: Any) -> str:
        value = self.asked.get(each.key, "")
        if not value or each.knows(value):
            return value
        self._notes.append(
            _("The filter “%(filter)s” has no such choice. You see all.") % {"filter": each.label}
        )
        return ""

    def _sort(self) -> tuple[Sort, bool]:
        asked = self.asked.get(SORT, "")
        for sort in self.sorts:
            if asked.removeprefix("-") == sort.key:
                return sort, asked.startswith("-")
        if asked:
            self._notes.append(_("The list cannot be sorted that way. It stands in its usual order."))
        return self.sorts[0], False

    @property
    def is_filtered(self) -> bool:
        return any(self.chosen.values())

    def url(self, **changes: str) -> str:
        """The address of this view with something changed; only what the table knows is carried along."""
        sort = "-" * self.descending + self.sort.key if self.asked.get(SORT) else ""
        wanted = {**self.chosen, SORT: sort, **changes}
        query = urlencode({key: value for key, value in wanted.items() if value})
        return f"{self.path}?{query}" if query else self.path

    # What the page shows

    @cached_property
    def page(self) -> keyset.Page:
        order = self.sort.order(self.rows, descending=self.descending)
        after, before = self.asked.get(AFTER, ""), self.asked.get(BEFORE, "")
        try:
            page = keyset.page(self.rows, order, PAGE_SIZE, after=after, before=before)
        except keyset.BadCursorError:
            self._notes.append(_("The link to that page no longer works. You see the beginning of the list."))
            page = keyset.page(self.rows, order, PAGE_SIZE)
        read_log.listed(self.user, page.rows, level=self._class_of(self.listed_columns), query=self.url())
        return keyset.Page(self.prepare(page.rows), page.next, page.previous)

    @property
    def notes(self) -> list[str]:
        return self._notes if self.page else []

    @property
    def next_url(self) -> str:
        return self.url(**{AFTER: self.page.next}) if self.page.next else ""

    @property
    def previous_url(self) -> str:
        return self.url(**{BEFORE: self.page.previous}) if self.page.previous else ""

    @property
    def is_past_the_end(self) -> bool:
        return not self.page.rows and bool(self.counted)

    @cached_property
    def counted(self) -> int:
        """Exact up to a thousand; one more stands for all above, so that counting stays cheap."""
        return self.rows.order_by().values("pk")[: COUNTED_TO + 1].count()

    @property
    def count(self) -> str:
        many = self.counted > COUNTED_TO
        number = number_format(min(self.counted, COUNTED_TO), force_grouping=True)
        words = _("more than %(number)s") % {"number": number} if many else number
        return f"{words} {self.noun % self.counted}"

    @property
    def chips(self) -> list[dict[str, str]]:
        return [
            {"text": each.chip(self.chosen[each.key]), "url": self.url(**{each.key: ""})}
            for each in self.filters
            if self.chosen[each.key]
        ]

    @property
    def fields(self) -> list[dict[str, Any]]:
        return [{"filter": each, "value": self.chosen[each.key]} for each in self.filters]

    @property
    def sort_kept(self) -> str:
        return self.asked.get(SORT, "") and "-" * self.descending + self.sort.key

    @property
    def headings(self) -> list[dict[str, Any]]:
        return [self._heading(column) for column in self.shown_columns]

    @property
    def shown_columns(self) -> list[Column]:
        """What the rows are grouped by stands in the headings of the groups."""
        grouped = self.sort.key if self.sort.group else None
        return [column for column in self.columns if not grouped or column.sort != grouped]

    def _heading(self, column: Column) -> dict[str, Any]:
        if not column.sort:
            return {"column": column}
        sorted_by = column.sort == self.sort.key
        turned = sorted_by and not self.descending
        return {
            "column": column,
            "url": self.url(**{SORT: "-" * turned + column.sort}),
            "aria": self._direction() if sorted_by else "",
        }

    def _direction(self) -> str:
        """As the reader sees it: a list of dates may have the newest first as its usual order."""
        newest_first = self.sort.fields[0].startswith("-")
        return "descending" if self.descending is not newest_first else "ascending"

    @property
    def groups(self) -> list[dict[str, Any]]:
        group = self.sort.group or (lambda row: "")
        return [
            {"heading": heading, "rows": [self._cells(row) for row in rows]}
            for heading, rows in groupby(self.page.rows, key=group)
        ]

    def _cells(self, row: Row) -> list[Cell]:
        return [self._cell(column, row) for column in self.shown_columns]

    def _cell(self, column: Column, row: Row) -> Cell:
        """What may not stand in a list is masked, which opens nothing."""
        link = column.link(row) if column.link else ""
        if column not in self.listed_columns:
            return Cell(MASKED, link, replace(column, template=""), row)
        return Cell(column.value(row), link, column, row)

    @cached_property
    def listed_columns(self) -> list[Column]:
        return self._may_stand(classes.Place.LIST)

    # What the file holds

    def download(self) -> Any:
        """The same rows as a file, when the address asks for one."""
        kind = self.asked.get(FORMAT, "")
        if kind not in exports.WRITERS:
            return None
        sheet = self.sheet()
        file = exports.download(sheet, kind)
        level = self._class_of(self.exported_columns)
        read_log.given_out(self.user, self._exported, level=level, name=sheet.file_name(kind))
        return file

    @property
    def downloads(self) -> list[dict[str, str]]:
        return [
            {"text": _("Download as Excel"), "url": self.url(**{FORMAT: exports.EXCEL})},
            {"text": _("Download as CSV"), "url": self.url(**{FORMAT: exports.CSV})},
        ]

    def sheet(self) -> exports.Sheet:
        rows = min(self.rows.order_by().values("pk")[: EXPORTED + 1].count(), EXPORTED + 1)
        return exports.Sheet(
            title=str(self.caption),
            name=self.file_name,
            headings=[str(column.heading) for column in self.exported_columns],
            rows=self._all_values(),
            about=[
                (_("Filters"), "; ".join(chip["text"] for chip in self.chips) or _("None")),
                (_("Rows"), self._row_count(rows)),
                (_("Class"), str(LEVELS[self._class_of(self.exported_columns)])),
                (_("By"), str(self.user)),
            ],
        )

    def _row_count(self, rows: int) -> str:
        if rows <= EXPORTED:
            return str(rows)
        return _("The first %(number)s. There are more: narrow the list by a filter.") % {"number": EXPORTED}

    def _all_values(self) -> Iterator[list[Any]]:
        ordered = self.sort.order(self.rows, descending=self.descending).first(self.rows)[:EXPORTED]
        self._exported: list[Row] = []
        for chunk in exports.in_chunks(ordered.iterator(chunk_size=500)):
            self._exported += chunk
            for row in self.prepare(chunk):
                yield [column.value(row) for column in self.exported_columns]

    def class_of(self, column: Column) -> classes.Protection:
        """By the fields it shows, or the table's own when the value is worked out."""
        read = [classes.of_path(self.rows.model, path) for path in (column.reads or "").split()]
        return max(read, default=classes.Protection[self.level])

    @property
    def exported_columns(self) -> list[Column]:
        """A file leaves the house: what may only be seen on its page stays there."""
        return self._may_stand(classes.Place.EXPORT)

    def _may_stand(self, place: classes.Place) -> list[Column]:
        return [each for each in self.columns if classes.may_stand(self.class_of(each), place)]

    def _class_of(self, columns: list[Column]) -> str:
        highest = max((self.class_of(each) for each in columns), default=classes.K0)
        return max(highest, classes.Protection[self.level]).name
