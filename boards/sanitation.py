"""Sanering: a text that should never have been written is removed wherever it stands.

Whoever removes it gives a few words of it. Each text that holds them gives way to a note; what waits to be mailed,
what is kept for somebody who was signed out, and cached pages go altogether. The event holds a commitment to the
words and not the words. The log cannot be changed and backups cannot be reached: both are told of.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import audit, classes, commitments, key_store, logs, outbox, sealed_fields, sealing
from .days import today
from .models import City, Dispatch, Event, KeptText
from .verbs import verb

FEWEST = 8
# The database itself refuses to change these.
APPEND_ONLY = {"boards.Event", "boards.Stream", "boards.Seal", "boards.ReadLog"}


@dataclass(frozen=True)
class Text:
    """A field of one record that holds the words."""

    model: Any
    pk: Any
    field: Any

    def __str__(self) -> str:
        return f"{self.model._meta.label}.{self.field.name} {self.pk}"

    @property
    def where(self) -> str:
        return f"{self.model._meta.verbose_name} {self.pk}, {self.field.verbose_name}"


@dataclass
class Found:
    texts: list[Text] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    # Where nothing can be removed.
    events: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.texts or self.letters or self.files or self.events)


@sealed_fields.seen_by_nobody()
def find(words: str) -> Found:
    return Found(
        [text for model in apps.get_models() for text in _texts(model, words)],
        [
            dispatch.pk
            for dispatch in Dispatch.objects.exclude(sealed="").iterator()
            if _says(dispatch, words)
        ],
        [name for name in _files() if _holds(name, words)],
        list(Event.objects.filter(body__contains=words).values_list("pk", flat=True)),
    )


@verb("text.sanitized", gettext_lazy("%(who)s removed a text that should never have been written"))
def remove(words: str, *, by: Any, diary_number: str) -> Found:
    found = find(words)
    for text in found.texts:
        _blank(text, words)
    Dispatch.objects.filter(pk__in=found.letters).update(
        state=Dispatch.State.FAILED, reason="sanitized", sealed="", ended_at=Now()
    )
    KeptText.objects.all().delete()
    salt = key_store.make()
    audit.record(
        "text.sanitized",
        City.objects.here(),
        by=by,
        # The key is one without a row, and is swept within days: after that nobody can try which words it was.
        **commitments.to(words, salt),
        texts=[str(text) for text in found.texts],
        letters=len(found.letters),
        files=len(found.files),
        events=found.events,
        diary_number=diary_number,
        in_backups_until=in_backups_until(),
    )
    transaction.on_commit(lambda: _remove_copies(found))
    logs.note("sanitized", count=len(found.texts) + len(found.letters) + len(found.files))
    return found


def in_backups_until() -> date:
    """The last day on which a backup made before today may still be there."""
    return today() + timedelta(days=settings.BACKUPS_KEPT_DAYS)


def _remove_copies(found: Found) -> None:
    for name in found.files:
        default_storage.delete(name)
    for cache in caches.all():
        cache.clear()


def _says(dispatch: Dispatch, words: str) -> bool:
    content = json.loads(sealing.unseal(dispatch.sealed, outbox.PURPOSE))
    return any(words in text for text in content.values())


# Fields


def _texts(model: Any, words: str) -> Iterator[Text]:
    if model._meta.label in APPEND_ONLY or not model._meta.managed:
        return
    for each in model._meta.local_fields:
        if getattr(each, "is_sealed", False):
            held = [
                record.pk for record in model._base_manager.all() if words in str(getattr(record, each.name))
            ]
        elif isinstance(each, models.CharField | models.TextField | models.JSONField) and _is_written(
            model, each
        ):
            held = _rows_with(model, each, words)
        else:
            continue
        yield from (Text(model, pk, each) for pk in held)


def _is_written(model: Any, each: Any) -> bool:
    """By a person: what is sealed or hashed holds no words to look for."""
    return not each.primary_key and classes.of(model, each.name) < classes.K3


def _rows_with(model: Any, each: Any, words: str) -> list[Any]:
    as_json = json.dumps(words)[1:-1]
    rows = model._base_manager.annotate(as_text=Cast(each.name, models.TextField()))
    return list(
        rows.filter(Q(as_text__contains=words) | Q(as_text__contains=as_json)).values_list("pk", flat=True)
    )


def _blank(text: Text, words: str) -> None:
    record = text.model._base_manager.get(pk=text.pk)
    if getattr(text.field, "is_sealed", False):
        setattr(record, text.field.name, _note(text))
        # With a new key, so that what older dumps hold cannot be opened any more.
        record.seal_anew()
        return
    value = getattr(record, text.field.attname)
    after = _without(value, words, _note(text)) if isinstance(value, dict | list) else _note(text)
    text.model._base_manager.filter(pk=text.pk).update(**{text.field.attname: after})


def _note(text: Text) -> str:
    note = _("[removed %(day)s]") % {"day": today().isoformat()}
    longest = getattr(text.field, "max_length", None)
    return (f"{note} {text.pk}" if text.field.unique else note)[:longest]


def _without(value: Any, words: str, note: str) -> Any:
    if isinstance(value, dict):
        return {key: _without(each, words, note) for key, each in value.items()}
    if isinstance(value, list):
        return [_without(each, words, note) for each in value]
    return note if isinstance(value, str) and words in value else value


# Files


def _files(folder: str = "") -> Iterator[str]:
    if not default_storage.exists(folder or "."):
        return
    folders, names = default_storage.listdir(folder)
    yield from (f"{folder}/{name}".lstrip("/") for name in names)
    for each in folders:
        yield from _files(f"{folder}/{each}".lstrip("/"))


def _holds(name: str, words: str) -> bool:
    """Also in the parts of an Excel file. What a PDF shows is not letters in the file: a person judges those."""
    with default_storage.open(name) as file:
        body = file.read()
    parts = [body]
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = [archive.read(part) for part in archive.namelist()]
    return any(words.encode() in part for part in parts)
