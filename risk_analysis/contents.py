"""All that an analysis holds, as plain values: what is frozen when it is handed in, and what years are compared by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from .models import Item, Rsa
from .parts import PARTS

Row = dict[str, Any]
Contents = dict[str, list[Row]]


def gather(rsa: Rsa) -> Contents:
    """The standing rows of every part. A row that leads to another says its thread, which no copying changes."""
    return gather_all([rsa])[rsa.pk]


def gather_all(analyses: Iterable[Rsa]) -> dict[int, Contents]:
    """Of many analyses in as many statements as of one."""
    found: dict[int, Contents] = {rsa.pk: {part.rows: [] for part in PARTS} for rsa in analyses}
    for part in PARTS:
        for item in rows_of(found, part):
            found[item.rsa_id][part.rows].append(as_row(item))
    return found


def rows_of(analyses: Iterable[int], part: Any) -> list[Any]:
    """In an order that does not depend on what is written in them."""
    model = part.model
    along = [name for name in model.WRITTEN if _leads(model, name) and name not in model.SEVERAL]
    found = (
        model.objects.filter(rsa__in=list(analyses))
        .standing()
        .select_related(*along)
        .prefetch_related(*model.SEVERAL)
    )
    return sorted(found, key=lambda item: item.thread.hex)


def as_row(item: Item) -> Row:
    written = {name: _plain(item, name) for name in (*item.WRITTEN, *item.WORKED_OUT)}
    return {"thread": str(item.thread), **written}


def _plain(item: Item, name: str) -> Any:
    if name in item.SEVERAL:
        return sorted(str(row.thread) for row in getattr(item, name).all())
    value = getattr(item, name)
    if isinstance(value, Item):
        return str(value.thread)
    if isinstance(value, Model):
        return str(value)
    return value if value is None or isinstance(value, bool | int) else str(value)


def _leads(model: type[Item], name: str) -> bool:
    return model._meta.get_field(name).is_relation
