"""A question that is asked at every request, put into words once.

Django builds a query's SQL anew each time, which costs more than the database's answer. The words of these
questions are always the same; only the values differ.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import RawQuerySet

Value = int | date
# Stand in for the values while the words are found: no row has such a number, and no day is so long ago.
UNLIKELY = -(10**12)


class Question:
    """Fills the values in where the query had them: `ask` gives rows as tuples, `find` as records."""

    def __init__(self, query: Callable[..., QuerySet]) -> None:
        self.query = query
        self._words: dict[tuple[str, int], tuple[str, list[Any]]] = {}

    def ask(self, *values: Value) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(*self._filled_in(values))
            return cursor.fetchall()

    def find(self, model: type[Model], *values: Value) -> RawQuerySet:
        return model._default_manager.raw(*self._filled_in(values))

    def _filled_in(self, values: tuple[Value, ...]) -> tuple[str, list[Any]]:
        sql, places = self._in_words(values)
        given = [_stored(value) for value in values]
        return sql, [given[place.number] if isinstance(place, _Place) else place for place in places]

    def _in_words(self, values: tuple[Value, ...]) -> tuple[str, list[Any]]:
        key = (connection.vendor, len(values))
        if key not in self._words:
            stand_ins = [_stand_in(value, number) for number, value in enumerate(values)]
            known = {_stored(stand_in): _Place(number) for number, stand_in in enumerate(stand_ins)}
            sql, parameters = self.query(*stand_ins).query.get_compiler(connection=connection).as_sql()
            self._words[key] = sql, [known.get(parameter, parameter) for parameter in parameters]
        return self._words[key]


class _Place:
    """Where the value with this number belongs."""

    def __init__(self, number: int) -> None:
        self.number = number


def _stand_in(value: Value, number: int) -> Value:
    return date(1, 1, 1 + number) if isinstance(value, date) else UNLIKELY - number


def _stored(value: Value) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
