"""One backup: the database as it was at one moment, the files, and the facts that a restore must show again."""

import json
import os
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils import timezone

from boards.frame import version

from . import facts, vault
from .vault import BackupError

DATABASE, FILES, FACTS, MANIFEST = "database.age", "files.age", "facts.age", "manifest.json"
NAME = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class BackupSet:
    folder: Path

    @property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.folder / MANIFEST).read_text())

    @property
    def made_at(self) -> datetime:
        return datetime.strptime(self.folder.name, NAME).replace(tzinfo=UTC)

    def check_parts(self) -> None:
        """A part that is missing or damaged is said before anything is touched."""
        for part, said in self.manifest["parts"].items():
            file = self.folder / part
            if not file.is_file() or vault.digest(file) != said["sha256"]:
                raise BackupError(f"{file} is not what was backed up")

    def facts(self, identity: Path) -> facts.Facts:
        with vault.opened(self.folder / FACTS, identity) as stream:
            return facts.Facts(**json.load(stream))


def all_sets() -> list[BackupSet]:
    """Finished ones, the oldest first."""
    return [BackupSet(file.parent) for file in sorted(folder().glob(f"*/{MANIFEST}"))]


def folder() -> Path:
    return Path(settings.BACKUP_DIR) / "sets"


def make() -> BackupSet:
    """A set appears under its name when it is whole, or not at all."""
    began, now = time.monotonic(), timezone.now()
    vault.recipients()
    finished = folder() / now.astimezone(UTC).strftime(NAME)
    finished.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=finished.parent, prefix=".unfinished-") as unfinished:
        part = Path(unfinished) / finished.name
        part.mkdir(mode=0o750)
        _fill(part)
        _describe(part, now, time.monotonic() - began)
        part.rename(finished)
    _flush(finished.parent)
    return BackupSet(finished)


def _fill(part: Path) -> None:
    with transaction.atomic(), _one_moment() as snapshot:
        known = facts.gather()
        dump_database(part / DATABASE, snapshot)
    # After the database: a file without its row is harmless, a row without its file is not.
    _tar(part / FILES)
    with vault.sealed(part / FACTS) as stream:
        stream.write(json.dumps(known.as_dict()).encode())


@contextmanager
def _one_moment() -> Iterator[str]:
    """What others write meanwhile is not seen; on PostgreSQL pg_dump joins the same snapshot."""
    if connection.vendor != "postgresql":
        # transaction_mode IMMEDIATE: others read on and wait with their writes.
        yield ""
        return
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def dump_database(target: Path, snapshot: str) -> None:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        dump_sqlite(str(database["NAME"]), target)
    else:
        command = ["pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}"]
        vault.pour(command, target, environment=pg_environment(database))


def dump_sqlite(source: str, target: Path) -> None:
    """By SQLite's own backup, which is whole also while others write; the copy is in clear for that moment."""
    with tempfile.TemporaryDirectory(dir=target.parent) as passing:
        copy = Path(passing) / "copy.sqlite3"
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as kept:
            live.backup(kept)
        with vault.sealed(target) as stream:
            stream.write(copy.read_bytes())


def pg_environment(database: dict[str, Any]) -> dict[str, str]:
    """For PostgreSQL's programs: the password stands in no command line."""
    keys = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    return {name: str(database[key]) for name, key in keys.items() if database.get(key)}


def files_folder() -> Path:
    return Path(default_storage.location)


def _tar(target: Path) -> None:
    files = files_folder()
    files.mkdir(parents=True, exist_ok=True)
    # 1: a file came or went while it was read; its row is not in the database's snapshot either.
    vault.pour(
        ["tar", "--create", "--gzip", "--directory", str(files), "."], target, environment={}, fine=(0, 1)
    )


def _describe(part: Path, now: datetime, seconds: float) -> None:
    about = {
        "made_at": now.isoformat(timespec="seconds"),
        "version": version(),
        "database": connection.vendor,
        "seconds": round(seconds, 1),
        "parts": {
            file.name: {"bytes": file.stat().st_size, "sha256": vault.digest(file)}
            for file in sorted(part.iterdir())
        },
    }
    with (part / MANIFEST).open("w") as file:
        file.write(json.dumps(about, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    _flush(part)


def _flush(directory: Path) -> None:
    subprocess.run(["sync", str(directory)], check=True)
