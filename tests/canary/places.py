"""Every place where a value could come to stand, read as bytes."""

import base64
import io
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf
import redis
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils.html import escape

from boards.classes import Place
from boards.models import Event

ATTACHED = "attachment"


class Places:
    def __init__(self) -> None:
        self.seen: dict[Place, list[bytes]] = defaultdict(list)

    def visit(self, client: Client, method: str, url: str, data: Any = None, **extra: Any) -> Any:
        """A request, and what it shows of itself: the address, what it answers, where it leads."""
        answer = getattr(client, method)(url, data, **extra)
        self.seen[Place.ADDRESS] += [
            answer.request["PATH_INFO"].encode(),
            answer.request["QUERY_STRING"].encode(),
        ]
        self.seen[Place.ADDRESS].append(answer.get("Location", "").encode())
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        kind = answer.get("Content-Type", "")
        if kind.startswith("application/pdf"):
            self.seen[Place.DOCUMENT] += parts_of_pdf(body)
        elif answer.get("Content-Disposition", "").startswith(ATTACHED) or kind.startswith(
            "application/json"
        ):
            self.seen[Place.EXPORT] += parts_of_file(body)
        elif answer.status_code >= 400:
            self.seen[Place.ERROR_PAGE].append(without_what_was_sent(body, data))
        else:
            self.seen[Place.PAGE].append(body)
        return answer

    def look_around(self, temporary: Path) -> None:
        self.seen[Place.DATABASE] += [*rows_of_every_table(), *key_store()]
        self.seen[Place.EVENT] += [body.encode() for body in Event.objects.values_list("body", flat=True)]
        self.seen[Place.MAIL] += [message.message().as_bytes() for message in mail.outbox]
        self.seen[Place.MAIL] += [message.body.encode() for message in mail.outbox]
        self.seen[Place.CACHE] += [bytes(value) for cache in caches.all() for value in cache._cache.values()]
        self.seen[Place.BROKER] += messages_under_way()
        self.seen[Place.TEMPORARY] += files_under(temporary)
        self.seen[Place.DOCUMENT] += files_under(Path(settings.STORAGES["default"]["OPTIONS"]["location"]))

    def hold(self, place: Place, word: str) -> bool:
        return any(form in content for form in forms_of(word) for content in self.seen[place])


def forms_of(word: str) -> list[bytes]:
    """In clear, and as it looks inside base64 wherever it begins."""
    plain = word.encode()
    inside = [base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
    return [plain, *inside]


def rows_of_every_table() -> Iterable[bytes]:
    """What a dump would hold; sessions also unpacked, since they are signed and not sealed."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield repr(row).encode()


def key_store() -> list[bytes]:
    if not settings.KEY_STORE["ENGINE"].endswith("sqlite3"):
        return []
    file = Path(settings.KEY_STORE["NAME"])
    return [each.read_bytes() for each in file.parent.glob(f"{file.name}*")]


def messages_under_way() -> list[bytes]:
    if settings.REDIS_URL:
        broker = redis.from_url(settings.REDIS_URL)
        kinds = {b"list": lambda key: broker.lrange(key, 0, -1), b"hash": broker.hvals}
        return [
            each for key in broker.scan_iter() for each in kinds.get(broker.type(key), lambda key: [key])(key)
        ]
    return files_under(settings.QUEUE_DIR)


def files_under(folder: Path) -> list[bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    return [part for path in files for part in parts_of_file(path.read_bytes())]


def parts_of_file(body: bytes) -> list[bytes]:
    if body[:5] == b"%PDF-":
        return parts_of_pdf(body)
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return [archive.read(name) for name in archive.namelist()]
    return [body]


def parts_of_pdf(body: bytes) -> list[bytes]:
    with pikepdf.open(io.BytesIO(body)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        return [body, str(pdf.docinfo).encode(), *(each.read_bytes() for each in streams)]


def temporary_folder(folder: Path, monkeypatch: Any) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def without_what_was_sent(body: bytes, data: Any) -> bytes:
    """What could not be kept goes back to the one who has just sent it: that is no leak, anything else is."""
    for value in (data or {}).values():
        body = body.replace(escape(str(value)).encode(), b"")
    return body
