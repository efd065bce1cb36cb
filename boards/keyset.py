"""Pages that start where the last one ended, instead of counting past rows (no OFFSET, no page numbers).

The cursor says which row the page starts after (or ends before), signed and bound to its order. Empty values
come last in both directions, and the primary key decides ties, so that each row has exactly one place.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import F, Field, Q, QuerySet

signer = Signer(salt="boards.keyset")


class BadCursorError(ValueError):
    pass


@dataclass(frozen=True)
class Key:
    """One part of an order: a column or annotation, which way, and whether it may be empty."""

    path: str
    descending: bool
    nullable: bool
    field: Field

    def in_order(self, *, backwards: bool) -> Any:
        descending = self.descending is not backwards
        way = F(self.path).desc if descending else F(self.path).asc
        if not self.nullable:
            return way()
        return way(nulls_first=True) if backwards else way(nulls_last=True)

    def value_of(self, row: Any) -> Any:
        for name in self.path.split("__"):
            row = getattr(row, name) if row is not None else None
        return row

    def same_as(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def beyond(self, value: Any, *, backwards: bool) -> Q:
        """Rows on the far side of this value, in the direction one walks; the empty are last of all."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backwards else NOTHING
        lookup = "lt" if self.descending is not backwards else "gt"
        farther = Q(**{f"{self.path}__{lookup}": value})
        return farther | Q(**{f"{self.path}__isnull": True}) if self.nullable and not backwards else farther

    def from_there(self, value: Any, *, backwards: bool) -> Q:
        """A bound that the index on the first column can use."""
        if value is None or self.nullable:
            return Q()
        lookup = "lte" if self.descending is not backwards else "gte"
        return Q(**{f"{self.path}__{lookup}": value})


NOTHING = Q(pk__in=[])


class Order:
    """A total order over the rows of a queryset, given as for order_by."""

    def __init__(self, rows: QuerySet, *fields: str) -> None:
        paths = [field for field in fields if field.lstrip("-") != "pk"]
        last = "-" if paths and paths[-1].startswith("-") else ""
        self.keys = [_key(rows, path) for path in (*paths, f"{last}pk")]
        self.name = ",".join((*paths, f"{last}pk"))

    def first(self, rows: QuerySet) -> QuerySet:
        return rows.order_by(*(key.in_order(backwards=False) for key in self.keys))

    def walk(self, rows: QuerySet, values: list[Any], *, backwards: bool) -> QuerySet:
        beyond, so_far = NOTHING, Q()
        for key, value in zip(self.keys, values, strict=True):
            beyond |= so_far & key.beyond(value, backwards=backwards)
            so_far &= key.same_as(value)
        bound = self.keys[0].from_there(values[0], backwards=backwards)
        ordered = rows.order_by(*(key.in_order(backwards=backwards) for key in self.keys))
        return ordered.filter(bound & beyond)

    def cursor(self, row: Any) -> str:
        return signer.sign_object([self.name, *(_as_json(key.value_of(row)) for key in self.keys)])

    def read(self, cursor: str) -> list[Any]:
        try:
            name, *values = signer.unsign_object(cursor)
            if name != self.name:
                raise BadCursorError
            return [key.field.to_python(value) for key, value in zip(self.keys, values, strict=True)]
        except (BadSignature, ValueError, ValidationError) as error:
            raise BadCursorError from error


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    next: str = ""
    previous: str = ""


def page(rows: QuerySet, order: Order, size: int, *, after: str = "", before: str = "") -> Page:
    """The rows after one cursor, before another, or from the start; one query."""
    cursor, backwards = (before, True) if before else (after, False)
    query = order.walk(rows, order.read(cursor), backwards=backwards) if cursor else order.first(rows)
    found = list(query[: size + 1])
    more, shown = len(found) > size, found[:size]
    if backwards:
        shown.reverse()
    return Page(
        shown,
        next=order.cursor(shown[-1]) if shown and (more or backwards) else "",
        previous=order.cursor(shown[0]) if shown and (more if backwards else bool(after)) else "",
    )


def _key(rows: QuerySet, path: str) -> Key:
    name = path.lstrip("-")
    if name in rows.query.annotations:
        return Key(name, path.startswith("-"), True, rows.query.annotations[name].output_field)
    field, nullable = _field(rows.model, name)
    return Key(name, path.startswith("-"), nullable, field)


def _field(model: Any, path: str) -> tuple[Field, bool]:
    nullable = False
    *relations, last = path.split("__")
    for name in relations:
        relation = model._meta.get_field(name)
        nullable, model = nullable or relation.null, relation.related_model
    field = model._meta.pk if last == "pk" else model._meta.get_field(last)
    if field.is_relation:
        raise FieldDoesNotExist(f"sort by a column of {path}, not by the relation")
    return field, nullable or field.null


def _as_json(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, int | str) else str(value)
