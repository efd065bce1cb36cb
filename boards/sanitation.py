"""Sanering: a text that should never have been written is removed wherever it stands.

Whoever removes it gives a few words of it. Each text that holds them gives way to a note; drafts, stored papers and what
waits to be mailed go altogether, as do kept texts and cached pages. The event holds a commitment to the words and
not the words. The log cannot be changed and backups cannot be reached: both are told of.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from html import unescape
from operator import or_
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Cast, Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import (
    audit,
    classes,
    commitments,
    documents,
    key_store,
    logs,
    outbox,
    sealed_fields,
    sealing,
)
from .days import today
from .models import City, Dispatch, DocumentVersion, Draft, Event, KeptText
from .verbs import verb

FEWEST = 8
TAG = re.compile("<[^>]*>")
NO_LETTER = re.compile(r"[\s\u00ad\u200b-]")
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
    drafts: list[int] = field(default_factory=list)
    sessions: list[str] = field(default_factory=list)
    papers: list[DocumentVersion] = field(default_factory=list)
    # Where nothing can be removed.
    events: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.number > 0 or bool(self.events)

    @property
    def number(self) -> int:
        places = (self.texts, self.letters, self.files, self.drafts, self.sessions, self.papers)
        return sum(len(place) for place in places)


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
        [draft.pk for draft in Draft.with_discarded.iterator() if _is_drafted(draft, words)],
        [each.pk for each in Session.objects.iterator() if _is_in(each.get_decoded(), words)],
        [
            paper
            for paper in DocumentVersion.objects.select_related("document__board")
            if _shows(paper, words)
        ],
        list(Event.objects.filter(_stands_in("body", words)).values_list("pk", flat=True)),
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
    Draft.with_discarded.filter(pk__in=found.drafts).delete()
    Session.objects.filter(pk__in=found.sessions).delete()
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
        drafts=len(found.drafts),
        sessions=len(found.sessions),
        papers=[paper.pk for paper in found.papers],
        events=found.events,
        diary_number=diary_number,
        in_backups_until=in_backups_until(),
    )
    transaction.on_commit(lambda: _remove_copies(found))
    logs.note("sanitized", count=found.number)
    return found


def in_backups_until() -> date:
    """The last day on which a backup made before today may still be there."""
    return today() + timedelta(days=settings.BACKUPS_KEPT_DAYS)


def _remove_copies(found: Found) -> None:
    for name in found.files:
        default_storage.delete(name)
    for paper in found.papers:
        # The row stays, with what it was and when; its file cannot be given out any more.
        documents.storage().delete(paper.stored_as)
    for cache in caches.all():
        cache.clear()


def _is_drafted(draft: Draft, words: str) -> bool:
    try:
        return _is_in([*draft.open()], words)
    except sealing.BrokenSealError:
        return False


def _is_in(value: Any, words: str) -> bool:
    """In any text of a structure."""
    return _without(value, words, "") != value


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
    rows = model._base_manager.annotate(as_text=Cast(each.name, models.TextField()))
    return list(rows.filter(_stands_in("as_text", words)).values_list("pk", flat=True))


def _stands_in(field: str, words: str) -> Q:
    """As it was written, or as JSON writes it with and without other than English letters."""
    forms = {words, json.dumps(words)[1:-1], json.dumps(words, ensure_ascii=False)[1:-1]}
    return reduce(or_, [Q(**{f"{field}__contains": form}) for form in sorted(forms)])


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
    with default_storage.open(name) as file:
        return _says_it(file.read(), words)


def _shows(paper: DocumentVersion, words: str) -> bool:
    try:
        return _says_it(documents.content_of(paper), words)
    except documents.LostFileError:
        return False


def _says_it(content: bytes, words: str) -> bool:
    """In the file itself, in the parts of an office file, or on the pages of a PDF; what is a picture is not read."""
    if words.encode() in content:
        return True
    bare = _bare(words)
    return any(bare in _bare(text) for text in _texts_inside(content))


def _texts_inside(content: bytes) -> Iterator[str]:
    if content[:5] == b"%PDF-":
        # Only a search through files needs to read them.
        from . import pdf_text

        with suppress(pdf_text.UnreadableError):
            yield pdf_text.read(content)
    elif zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield unescape(TAG.sub("", archive.read(part).decode("utf-8", "ignore")))


def _bare(text: str) -> str:
    """Lines are broken, words hyphenated and texts cut into pieces differently in every file."""
    return NO_LETTER.sub("", text)
