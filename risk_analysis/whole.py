"""An analysis as chapters to be read from top to bottom: what it holds, and what has changed since last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .comparison import Difference, Differences, Mark
from .contents import Contents, Row
from .levels import NAMES
from .models import Item, Rsa
from .parts import PARTS, Part
from .showing import Shown, in_the_words_of, label_of

ORDER = {Mark.NEW: 0, Mark.CHANGED: 1, Mark.REMOVED: 2, Mark.SAME: 3}
# What a row is known by, and so does not stand among its facts as well.
TITLES = ("title", "text", "name")


@dataclass(frozen=True)
class Entry:
    """One row: what it is called, its facts in words, and what stood there last year."""

    title: str
    facts: list[Shown]
    mark: Mark | None
    word: Any
    was: list[Shown]
    level: int = 0

    @property
    def is_marked(self) -> bool:
        return self.mark not in (None, Mark.SAME)

    @property
    def level_name(self) -> str:
        return str(NAMES.get(self.level, ""))


@dataclass(frozen=True)
class Chapter:
    part: Part
    entries: list[Entry]

    @property
    def first(self) -> list[Entry]:
        """What is new, changed or removed; everything where there is nothing to compare with."""
        return [entry for entry in self.entries if entry.mark is not Mark.SAME]

    @property
    def unchanged(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.mark is Mark.SAME]


def chapters(rsa: Rsa, contents: Contents, marks: Mapping[str, Differences]) -> list[Chapter]:
    reader = Reader(rsa, contents, marks)
    return [Chapter(part, reader.entries(part)) for part in PARTS]


class Reader:
    """Puts codes and threads into words; a thread is read as the title of the row that has it."""

    def __init__(self, rsa: Rsa, contents: Contents, marks: Mapping[str, Differences]) -> None:
        self.rsa, self.marks = rsa, marks
        rows = [row for found in contents.values() for row in found]
        gone = [one.before for found in marks.values() for one in found.with_mark(Mark.REMOVED) if one.before]
        self.titles = {row["thread"]: title_of(row) for row in [*rows, *gone]}

    def entries(self, part: Part) -> list[Entry]:
        found = self.marks[part.rows].rows
        compared = any(one.rows and any(row.before for row in one.rows) for one in self.marks.values())
        ordered = sorted(found, key=lambda one: (ORDER[one.mark] if compared else 0, *_weight(one.row)))
        return [self._entry(part, one, compared=compared) for one in ordered]

    def _entry(self, part: Part, one: Difference, *, compared: bool) -> Entry:
        was = self._facts(part.model, one.before or {}, one.fields) if one.mark is Mark.CHANGED else []
        return Entry(
            title=title_of(one.row),
            facts=self._facts(
                part.model, one.row, [name for name in part.model.WRITTEN if name not in TITLES]
            ),
            mark=one.mark if compared else None,
            word=one.word,
            was=was,
            level=one.row.get("level") or 0,
        )

    def _facts(self, model: type[Item], row: Row, names: Any) -> list[Shown]:
        written = [(name, self._in_words(model, name, row)) for name in names if name in model.WRITTEN]
        return [Shown(name, label_of(model, name), text) for name, text in written if text]

    def _in_words(self, model: type[Item], name: str, row: Row) -> str:
        value = row.get(name)
        if isinstance(value, list):
            return ", ".join(self.titles.get(each, "") for each in value)
        field = model._meta.get_field(name)
        if field.is_relation and issubclass(field.related_model, Item):  # type: ignore[arg-type]
            return self.titles.get(value, "") if value else ""
        return in_the_words_of(model, name, value, self.rsa.method, kind=row.get("kind"))


def title_of(row: Row) -> str:
    return str(next((row[name] for name in TITLES if row.get(name)), ""))


def _weight(row: Row) -> tuple[Any, ...]:
    """Heaviest first, then by name."""
    return (
        -(row.get("consequence") or row.get("criticality") or 0),
        -(row.get("likelihood") or 0),
        title_of(row),
    )
