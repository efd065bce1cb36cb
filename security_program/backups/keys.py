"""The store of single records' keys is backed up by itself and only for days: a key that was destroyed is soon destroyed in
its backups too, and then no older copy of the database shows the record again.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from . import sets, vault


def folder() -> Path:
    return Path(settings.BACKUP_DIR) / "keys"


def back_up() -> Path:
    store: dict[str, Any] = settings.KEY_STORE
    folder().mkdir(parents=True, exist_ok=True)
    finished = folder() / f"{timezone.now().astimezone(UTC).strftime(sets.NAME)}.age"
    unfinished = finished.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    if store["ENGINE"].endswith("sqlite3"):
        sets.dump_sqlite(str(store["NAME"]), unfinished)
    else:
        command = ["pg_dump", "--format=custom", "--no-owner"]
        vault.pour(command, unfinished, environment=sets.pg_environment(store))
    unfinished.rename(finished)
    return finished


def prune(now: datetime | None = None) -> list[Path]:
    """By the moment in its name; the newest stays even when nobody makes new ones."""
    oldest = (now or timezone.now()) - timedelta(days=settings.BACKUP_KEEP_KEYS_DAYS)
    every = sorted(folder().glob("*.age"))
    gone = [
        file for file in every[:-1] if datetime.strptime(file.stem, sets.NAME).replace(tzinfo=UTC) < oldest
    ]
    for file in gone:
        file.unlink()
    return gone
