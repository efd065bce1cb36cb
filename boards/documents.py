"""Papers of a board as stored files: filed, given out, and never lost or changed.

A file is looked at in a room of its own, scanned where a scanner is set up, and kept under a random name. Giving it
out is written down first. K3 is sealed with a key of its own, which is itself sealed in the row.
"""

import base64
import hashlib
import re
import secrets
import unicodedata
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import audit, markings, read_log, sealed_room, sealing, virus_scan
from .file_kinds import KINDS, LARGEST
from .models import Board, Document, DocumentVersion, User
from .models.documents import Level, levels_filed_by
from .refusals import in_words
from .sealed_room import RefusedFileError
from .verbs import verb

LONGEST_NAME = 120
NONCE = 12
# Older than any upload can be: a file without a row by then belongs to nothing.
ORPHANED_AFTER = timedelta(days=1)
# What no file name may hold: control characters, and those that turn the direction of writing.
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class LostFileError(Exception):
    """The stored file is gone, or is not the one that was filed."""


def inspected(content: bytes) -> tuple[str, bytes, str]:
    """The kind, what we keep of the file and who scanned it; refuses in the page's language."""
    try:
        if len(content) > LARGEST:
            raise RefusedFileError("too_large", most=LARGEST // 1_000_000)
        scanner = virus_scan.scan(content)
        head, kept = sealed_room.ask("boards.file_inspection", content)
    except RefusedFileError as refused:
        raise in_words(refused) from refused
    return head["kind"], kept, scanner


@verb("document.filed", gettext_lazy("%(who)s filed a document at %(board)s"))
def file(board: Board, content: bytes, name: str, *, by: User | None, **facts: Any) -> Document:
    """A new document with its first version."""
    if by is not None and facts["level"] not in levels_filed_by(by, board):
        raise PermissionDenied
    document = Document(board=board, **facts)
    document.full_clean()
    kind, kept, scanner = inspected(content)
    document.save()
    version = _store(document, 1, kept, name, kind=kind, scanned_by=scanner, by=by)
    audit.record("document.filed", document, by=by, **_facts(version))
    return document


@verb("document.filed")
def publish(board: Board, pdf: bytes, name: str, *, by: User | None, **facts: Any) -> DocumentVersion:
    """A document that we have printed ourselves, and whose right to be printed was asked when it was ordered."""
    document = Document(board=board, **facts)
    document.full_clean()
    document.save()
    version = _store(document, 1, pdf, name, kind="pdf", scanned_by="", by=by)
    audit.record("document.filed", document, by=by, **_facts(version))
    return version


@verb("document.version_filed", gettext_lazy("%(who)s filed version %(version)s of a document at %(board)s"))
def file_version(document: Document, content: bytes, name: str, *, by: User) -> DocumentVersion:
    """The document as it reads from now on; earlier versions stay as they were."""
    if not document.may_be_changed_by(by):
        raise PermissionDenied
    # One at a time per document, or two would both be the next version.
    Document.objects.select_for_update().get(pk=document.pk)
    kind, kept, scanner = inspected(content)
    latest = document.latest
    if hashlib.sha256(kept).hexdigest() == latest.sha256:
        raise ValidationError(
            _("This is the same file as version %(number)s."), params={"number": latest.number}
        )
    version = _store(document, latest.number + 1, kept, name, kind=kind, scanned_by=scanner, by=by)
    audit.record("document.version_filed", document, by=by, **_facts(version))
    return version


def _facts(version: DocumentVersion) -> dict[str, Any]:
    return {
        "document": version.document_id,
        "version": version.number,
        "level": version.document.level,
        "sha256": version.sha256,
    }


def _store(document: Document, number: int, content: bytes, name: str, **facts: Any) -> DocumentVersion:
    markings.refuse(name)
    random = uuid.uuid4().hex
    by = facts.pop("by")
    version = DocumentVersion(
        document=document,
        number=number,
        name=clean_name(name, facts["kind"]),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_as=f"{random[:2]}/{random}",
        filed_by=by,
        **facts,
    )
    if document.level == Level.SECRET:
        content = _sealed(version, content)
    place = storage().save(version.stored_as, ContentFile(content))
    try:
        if place != version.stored_as:
            raise LostFileError("the storage chose another name")
        version.save()
    except BaseException:
        storage().delete(place)
        raise
    return version


def storage() -> Any:
    return storages["documents"]


def clean_name(name: str, kind: str) -> str:
    """The last part of the name as somebody wrote it, without what would deceive, ending as the kind does."""
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", name)[-1])
    name = "".join(letter for letter in name if unicodedata.category(letter) not in UNPRINTABLE)
    name = re.sub(r'[<>:"|?*]', "_", name).strip(" .")
    stem, _dot, ending = name.rpartition(".")
    wanted = KINDS[kind].ending
    known = ending.lower() == wanted or (kind == "jpeg" and ending.lower() == "jpeg")
    return f"{(stem if known else name)[:LONGEST_NAME] or 'dokument'}.{wanted}"


def _purpose(version: DocumentVersion) -> str:
    return f"document:{version.stored_as}"


def _sealed(version: DocumentVersion, content: bytes) -> bytes:
    """With a key of its own, so that destroying the key is enough to make every copy unreadable."""
    key, nonce = AESGCM.generate_key(256), secrets.token_bytes(NONCE)
    version.sealed_key = sealing.seal(base64.b64encode(key).decode(), _purpose(version))
    return nonce + AESGCM(key).encrypt(nonce, content, _purpose(version).encode())


def content_of(version: DocumentVersion) -> bytes:
    """The very bytes that were filed, or LostFileError."""
    try:
        with storage().open(version.stored_as) as stored:
            content = stored.read()
        if version.sealed_key:
            key = base64.b64decode(sealing.unseal(version.sealed_key, _purpose(version)))
            content = AESGCM(key).decrypt(content[:NONCE], content[NONCE:], _purpose(version).encode())
    except (OSError, InvalidTag, sealing.BrokenSealError) as error:
        raise LostFileError(version.stored_as) from error
    if hashlib.sha256(content).hexdigest() != version.sha256:
        raise LostFileError(version.stored_as)
    return content


def give_out(version: DocumentVersion, *, to: User) -> HttpResponse:
    """The file to somebody who may see it, written down before the first byte leaves. Never shown in the page."""
    content = content_of(version)
    read_log.given_out(to, [version], level=version.document.level, name=version.name)
    answer = HttpResponse(content, content_type=KINDS[version.kind].media_type)
    answer["Content-Disposition"] = content_disposition_header(True, version.name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    return answer


def orphans() -> Iterator[str]:
    """Stored files that belong to no row, since what filed them never came to its end."""
    before = timezone.now() - ORPHANED_AFTER
    # The first file makes the folder; until then a city has none.
    folders = storage().listdir("")[0] if storage().exists("") else []
    for folder in folders:
        _folders, names = storage().listdir(folder)
        places = {f"{folder}/{name}" for name in names}
        kept = set(DocumentVersion.objects.filter(stored_as__in=places).values_list("stored_as", flat=True))
        yield from (place for place in sorted(places - kept) if storage().get_modified_time(place) < before)


def forget_orphans() -> int:
    found = list(orphans())
    for place in found:
        storage().delete(place)
    return len(found)
