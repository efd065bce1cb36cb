"""What is new, changed, removed and the same since an earlier analysis, row by row and field by field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from .contents import Contents, Row, gather
from .models import Rsa, Snapshot
from .parts import PARTS


class Mark(StrEnum):
    NEW = "ny"
    CHANGED = "andrad"
    SAME = "samma"
    REMOVED = "borttagen"


WORDS = {
    Mark.NEW: _("New"),
    Mark.CHANGED: _("Changed"),
    Mark.SAME: _("Unchanged"),
    Mark.REMOVED: _("Removed"),
}


@dataclass(frozen=True)
class Difference:
    """One row as it was and as it is; one of them is missing for a new or a removed one."""

    mark: Mark
    before: Row | None
    after: Row | None
    fields: tuple[str, ...] = ()

    @property
    def row(self) -> Row:
        return self.after or self.before or {}

    @property
    def thread(self) -> str:
        return self.row["thread"]

    @property
    def word(self) -> Any:
        return WORDS[self.mark]


@dataclass
class Differences:
    """Those of one part."""

    rows: list[Difference] = field(default_factory=list)

    def with_mark(self, mark: Mark) -> list[Difference]:
        return [row for row in self.rows if row.mark is mark]

    def count(self, mark: Mark) -> int:
        return len(self.with_mark(mark))

    @property
    def raised(self) -> int:
        return sum(row.mark is Mark.CHANGED and _level(row.after) > _level(row.before) for row in self.rows)

    @property
    def lowered(self) -> int:
        return sum(row.mark is Mark.CHANGED and _level(row.after) < _level(row.before) for row in self.rows)


def _level(row: Row | None) -> int:
    return (row or {}).get("level") or 0


def differences(before: Iterable[Row], after: Iterable[Row]) -> Differences:
    """Two lists of rows, joined by their threads."""
    old, new = ({row["thread"]: row for row in rows} for rows in (before, after))
    there = [_compared(old.get(thread), row) for thread, row in new.items()]
    gone = [Difference(Mark.REMOVED, row, None) for thread, row in old.items() if thread not in new]
    return Differences([*there, *gone])


def _compared(before: Row | None, after: Row) -> Difference:
    if before is None:
        return Difference(Mark.NEW, None, after)
    changed = tuple(name for name in after if before.get(name) != after[name])
    return Difference(Mark.CHANGED if changed else Mark.SAME, before, after, changed)


def compare(before: Mapping[str, list[Row]], after: Mapping[str, list[Row]]) -> dict[str, Differences]:
    return {part.rows: differences(before.get(part.rows, ()), after.get(part.rows, ())) for part in PARTS}


def as_handed_in(rsa: Rsa) -> Contents:
    """The frozen text of what is submitted; a draft as it stands now."""
    snapshot = Snapshot.objects.filter(rsa=rsa).first()
    return snapshot.contents if snapshot else gather(rsa)


def before(rsa: Rsa) -> Contents:
    """What it is compared with: last year's as handed in, of one board or of those that went on as this one."""
    found: Contents = {part.rows: [] for part in PARTS}
    for snapshot in Snapshot.objects.filter(rsa__in=rsa.earlier.all()).order_by("pk"):
        for name, rows in snapshot.contents.items():
            found.setdefault(name, []).extend(rows)
    return found


def since_last_year(rsa: Rsa) -> dict[str, Differences]:
    return compare(before(rsa), as_handed_in(rsa))
