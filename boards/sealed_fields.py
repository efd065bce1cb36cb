"""K3 fields: a model says `class Person(SealedRecord)` and `name = SealedTextField()`, and the rest follows.

The text is sealed with a key of the record's own (boards.key_store) and bound to table, row and field: moved
anywhere else it does not open. It is opened when it is read from an object, never by a query; `values()` gives
the sealed text, and nobody can search it. What is being written for a mail or a file cannot open it at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldError
from django.db import models, transaction
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from . import classes, key_store, sealing

GONE = _("Removed: its time was over")
_place: ContextVar[classes.Place] = ContextVar("place", default=classes.Place.PAGE)
_as_it_lies: ContextVar[bool] = ContextVar("as_it_lies", default=False)
_seen_by_nobody: ContextVar[bool] = ContextVar("seen_by_nobody", default=False)


class Sealed(str):
    """A text as it stands in the database."""

    __slots__ = ()


class OutOfPlaceError(RuntimeError):
    """A strongly limited text was asked for where none may stand."""


@contextmanager
def writing_for(place: classes.Place) -> Iterator[None]:
    """While something is written that leaves the house, no sealed text opens."""
    token = _place.set(place)
    try:
        yield
    finally:
        _place.reset(token)


@contextmanager
def seen_by_nobody() -> Iterator[None]:
    """While a machine looks through sealed texts and shows none of them."""
    token = _seen_by_nobody.set(True)
    try:
        yield
    finally:
        _seen_by_nobody.reset(token)


_on_opening: list[Callable[[Any, Any], None]] = []


def before_opening(note: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Is told the record and the field before a text opens; if it fails, the text stays closed."""
    _on_opening.append(note)
    return note


class Opened(DeferredAttribute):
    """Keeps the sealed text on the object and opens it each time it is read."""

    def __get__(self, record: Any, owner: Any = None) -> Any:
        value = super().__get__(record, owner)
        if record is None or not value or _as_it_lies.get():
            return value
        if not classes.may_stand(classes.K3, _place.get()):
            raise OutOfPlaceError(f"{self.field} may not stand in a {_place.get()}")
        return _open(record, self.field, value) if isinstance(value, Sealed) else value

    def __set__(self, record: Any, value: Any) -> None:
        record.__dict__[self.field.attname] = value


class SealedTextField(models.TextField):
    is_sealed = True
    descriptor_class = Opened

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return Sealed(value) if value else value

    def pre_save(self, record: Any, add: bool) -> Any:
        value = record.__dict__.get(self.attname, "")
        if not value or isinstance(value, Sealed):
            return value
        if record.waits_for_number:
            return ""
        sealed = record.__dict__[self.attname] = _seal(record, self, value)
        return sealed

    def get_prep_value(self, value: Any) -> Any:
        if value and not isinstance(value, Sealed):
            raise TypeError(f"{self} is sealed by saving its record, one at a time")
        return value

    def get_lookup(self, name: str) -> Any:
        if name != "isnull":
            raise FieldError(f"{self} is sealed: nothing can be searched in it")
        return super().get_lookup(name)

    def get_transform(self, name: str) -> Any:
        return None

    def value_to_string(self, record: Any) -> str:
        return str(record.__dict__.get(self.attname) or "")


class SealedRecord(models.Model):
    """A record with a key of its own, which is written before the row and goes with it."""

    record_key = models.CharField(max_length=32, null=True, unique=True, editable=False)

    # True while a row is being inserted to get the number its texts are bound to.
    waits_for_number = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if self._state.adding and not self.record_key:
            self.record_key = key_store.make()
        if self.pk is not None:
            super().save(*args, **options)
            return
        with transaction.atomic():
            self.waits_for_number = True
            super().save(*args, **options)
            self.waits_for_number = False
            super().save(update_fields=[field.name for field in sealed_fields(type(self))])

    def refresh_from_db(self, *args: Any, **options: Any) -> None:
        token = _as_it_lies.set(True)
        try:
            super().refresh_from_db(*args, **options)
        finally:
            _as_it_lies.reset(token)

    def delete(self, *args: Any, **options: Any) -> Any:
        key = self.record_key
        with transaction.atomic():
            deleted = super().delete(*args, **options)
            _destroy_after_commit(key)
        return deleted

    def forget(self) -> None:
        """Gallring, within the verb that records it: the row stays, its texts can never be opened again."""
        key = self.record_key
        with transaction.atomic():
            self.record_key = None
            super().save(update_fields=["record_key"])
            _destroy_after_commit(key)

    def seal_anew(self) -> None:
        """With another key: what older dumps hold of the texts cannot be opened any more."""
        old = self.record_key
        with seen_by_nobody():
            texts = {field.name: getattr(self, field.name) for field in sealed_fields(type(self))}
        self.record_key = key_store.make()
        for name, text in texts.items():
            setattr(self, name, text)
        with transaction.atomic():
            super().save(update_fields=["record_key", *texts])
            _destroy_after_commit(old)

    @property
    def is_forgotten(self) -> bool:
        return self.record_key is None and not self._state.adding


def _destroy_after_commit(key: str | None) -> None:
    """If this process dies in between, the key is one without a row, and is swept."""
    if key:
        transaction.on_commit(lambda: key_store.destroy([key]))


def sealed_fields(model: Any) -> list[SealedTextField]:
    return [field for field in model._meta.local_fields if getattr(field, "is_sealed", False)]


def sealed_models() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, SealedRecord)]


def keys_in_use() -> set[str]:
    used: set[str] = set()
    for model in sealed_models():
        rows = model._base_manager.filter(record_key__isnull=False)
        used.update(rows.values_list("record_key", flat=True).iterator())
    return used


def fetch_keys(records: Iterable[Any]) -> list[Any]:
    """The keys of many records in one question, before they are shown."""
    there = list(records)
    keys = key_store.find_all({record.record_key for record in there if record.record_key})
    for record in there:
        record.__dict__["_own_key"] = (record.record_key, keys.get(record.record_key))
    return there


def _key(record: Any) -> bytes | None:
    known_for, key = record.__dict__.get("_own_key", (None, None))
    if record.record_key is None:
        return None
    if known_for == record.record_key:
        return key
    try:
        return key_store.find(record.record_key)
    except key_store.KeyGoneError:
        return None


def _open(record: Any, field: Any, sealed: str) -> Any:
    key = _key(record)
    if key is None:
        return GONE
    for note in () if _seen_by_nobody.get() else _on_opening:
        note(record, field)
    return sealing.unseal_with(key, sealed, _bound_to(record, field))


def _seal(record: Any, field: Any, text: str) -> Sealed:
    key = _key(record)
    if record.pk is None or key is None:
        raise TypeError(f"{field} is sealed by saving its record, one at a time, while its key is there")
    return Sealed(sealing.seal_with(key, str(text), _bound_to(record, field)))


def _bound_to(record: Any, field: Any) -> str:
    return f"{record._meta.db_table}:{record.pk}:{field.attname}"
