"""A row of an analysis in words for a reader: its name, its fields and what stood in them, with the method's own scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .comparison import Difference, Mark
from .contents import Contents, Row
from .levels import NAMES
from .matrix import Step, steps
from .models import Item, MethodVersion
from .parts import Part

LIKELIHOODS = ("likelihood", "effect_likelihood")
CONSEQUENCES = (
    *("consequence", "effect_consequence"),
    *("harm_people", "harm_functioning", "harm_fundamentals", "harm_surroundings"),
)
CRITICALITIES = ("people", "functioning", "fundamentals", "surroundings", "criticality")
ANTAGONISTIC = "antagonistisk"


@dataclass(frozen=True)
class FieldLine:
    """One field as it was and as it is."""

    name: str
    label: str
    before: str
    after: str


def name_of(row: Row) -> str:
    """What a row is called: its title, its text or its name."""
    return str(row.get("title") or row.get("text") or row.get("name") or "")


class Words:
    """Knows the scales of the method and the names of the rows that others lead to."""

    def __init__(self, method: MethodVersion, *contents: Contents) -> None:
        self.likelihoods, self.credibilities = steps(method.likelihoods), steps(method.credibilities)
        self.consequences, self.criticalities = steps(method.consequences), steps(method.criticalities)
        self.names = {row["thread"]: name_of(row) for each in contents for row in _all(each)}

    def value(self, model: type[Item], name: str, row: Row | None) -> str:
        value = (row or {}).get(name)
        if value in (None, "", []):
            return ""
        if isinstance(value, list):
            return ", ".join(self.names.get(each, "") for each in value)
        if scale := self._scale(name, row or {}):
            return _on(scale, value)
        if name == "level":
            return str(NAMES.get(value, _("Not assessed")))
        return self._plain(model, name, value)

    def _scale(self, name: str, row: Row) -> list[Step]:
        """An antagonistic threat is judged by how credible it is."""
        if name in LIKELIHOODS:
            return self.credibilities if row.get("kind") == ANTAGONISTIC else self.likelihoods
        if name in CONSEQUENCES:
            return self.consequences
        return self.criticalities if name in CRITICALITIES else []

    def _plain(self, model: type[Item], name: str, value: Any) -> str:
        if isinstance(value, bool):
            return str(_("Yes") if value else _("No"))
        field: Any = model._meta.get_field(name)
        chosen = {str(key): str(label) for key, label in field.flatchoices}
        return chosen.get(str(value)) or self.names.get(value, "") or str(value)

    def lines(self, part: Part, found: Difference) -> list[FieldLine]:
        """What differs of a changed row; of any other all that is written in it."""
        wanted = found.fields if found.mark is Mark.CHANGED else tuple(found.row)
        lines = [self._line(part.model, name, found) for name in wanted if name != "thread"]
        return [line for line in lines if line.before or line.after]

    def _line(self, model: type[Item], name: str, found: Difference) -> FieldLine:
        before, after = self.value(model, name, found.before), self.value(model, name, found.after)
        return FieldLine(name, label_of(model, name), before, after)


def _on(scale: list[Step], value: Any) -> str:
    known = isinstance(value, int) and 0 < value <= len(scale)
    return f"{value} {scale[value - 1].word}" if known else str(value)


def _all(contents: Contents) -> Iterator[Row]:
    rows: Iterable[Row]
    for rows in contents.values():
        yield from rows


def labels(part: Part) -> list[tuple[str, str]]:
    """The fields of a part that a remark may be about."""
    return [(name, label_of(part.model, name)) for name in part.model.WRITTEN]


def label_of(model: type[Item], name: str) -> str:
    field: Any = model._meta.get_field(name)
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]
