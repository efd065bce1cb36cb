"""A row of an analysis as a person reads it: each field with its label, and codes in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from boards.bilingual import word_in_readers_language as in_words

from .contents import Row
from .models import Item, MethodVersion, Risk

SCALE_OF = {
    **dict.fromkeys(
        ("people", "functioning", "fundamentals", "surroundings", "criticality"), "criticalities"
    ),
    **dict.fromkeys(
        (
            *("consequence", "effect_consequence", "harm_people", "harm_functioning", "harm_fundamentals"),
            "harm_surroundings",
        ),
        "consequences",
    ),
    **dict.fromkeys(("likelihood", "effect_likelihood"), "likelihoods"),
}


@dataclass(frozen=True)
class Shown:
    name: str
    label: str
    value: str

    @property
    def key(self) -> str:
        return self.label


def summary(item: Item, row: Row | None = None) -> list[Shown]:
    """The fields that hold something; of the row itself, or of what stood there in an earlier snapshot."""
    return list(_shown(item, row, item.WRITTEN))


def in_a_line(item: Item) -> list[Shown]:
    """What a list says of it."""
    return list(_shown(item, None, item.LINE))


def _shown(item: Item, row: Row | None, names: Iterable[str]) -> Iterator[Shown]:
    for name in names:
        value = row.get(name) if row is not None else _value(item, name)
        kind = (row or {}).get("kind") if row is not None else getattr(item, "kind", "")
        text = in_the_words_of(type(item), name, value, item.rsa.method, kind=kind)
        if text:
            yield Shown(name, label_of(type(item), name), text)


def label_of(model: type[Item], name: str) -> str:
    label = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _value(item: Item, name: str) -> Any:
    if name in item.SEVERAL:
        return ", ".join(str(row) for row in getattr(item, name).all())
    return getattr(item, name)


def in_the_words_of(
    model: type[Item], name: str, value: Any, method: MethodVersion, *, kind: str | None = ""
) -> str:
    """What a value says in the reader's language and the words of the method; a threat by its credibility."""
    if value in (None, "", [], False):
        return ""
    if isinstance(value, bool):
        return _("Yes")
    if name in SCALE_OF:
        threat = name == "likelihood" and kind == Risk.Kind.ANTAGONISTIC
        word = getattr(method, "credibilities" if threat else SCALE_OF[name])[int(value) - 1]
        return f"{value} {in_words(word, 'word')}"
    if isinstance(value, Model):
        return str(value)
    if isinstance(value, date):
        return date_format(value)
    choices = dict(getattr(model._meta.get_field(name), "flatchoices", None) or [])
    return str(choices.get(value, value))
