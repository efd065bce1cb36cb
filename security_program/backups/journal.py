"""What is known of the last backup and the last drill, as it lies in BACKUP_DIR."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from . import sets

# A night may fail and be seen; two in a row are a fault.
LATE_BACKUP = timedelta(hours=26)
LATE_LOG = timedelta(minutes=15)
LATE_DRILL = timedelta(days=366)


@dataclass(frozen=True)
class Known:
    """When each thing was last done; None where it never was."""

    backup: datetime | None
    log: datetime | None
    drill: datetime | None
    drill_facts: dict[str, Any] = field(default_factory=dict)
    keeps_log: bool = False

    @property
    def drill_minutes(self) -> int:
        """From the loss until somebody had signed in again, in the slowest of the drill's cases."""
        return ceil(max(self.drill_facts.get("rto_seconds", {}).values(), default=0) / 60)

    @property
    def drill_lost_seconds(self) -> int:
        return ceil(self.drill_facts.get("rpo_seconds") or 0)

    def age(self, what: str) -> int | None:
        at = getattr(self, what)
        return int((timezone.now() - at).total_seconds()) if at else None

    def is_late(self, what: str) -> bool:
        bound = {"backup": LATE_BACKUP, "log": LATE_LOG, "drill": LATE_DRILL}[what]
        age = self.age(what)
        return age is None or age > bound.total_seconds()


NOTHING = Known(None, None, None)


def read() -> Known:
    """A folder that is missing or closed to us is the same as one in which nothing lies."""
    try:
        made = sets.all_sets()
        drill = _last_drill()
    except OSError:
        made, drill = [], {}
    at = datetime.fromisoformat(drill["at"]) if drill else None
    is_postgresql = connection.vendor == "postgresql"
    log = _last_archived() if is_postgresql else None
    return Known(made[-1].made_at if made else None, log, at, drill, is_postgresql)


def _drills() -> Path:
    return Path(settings.BACKUP_DIR) / "drills"


def _last_drill() -> dict[str, Any]:
    files = sorted(_drills().glob("*.json"))
    return json.loads(files[-1].read_text()) if files else {}


def keep_drill(facts: dict[str, Any]) -> Path:
    now = timezone.now().astimezone(UTC)
    _drills().mkdir(parents=True, exist_ok=True)
    file = _drills() / f"{now.strftime(sets.NAME)}.json"
    file.write_text(json.dumps({"at": now.isoformat(timespec="seconds"), **facts}, indent=2) + "\n")
    return file


def _last_archived() -> datetime | None:
    """PostgreSQL's own word on the write-ahead log; None where it is not archived."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_archived_time FROM pg_stat_archiver")
        return cursor.fetchone()[0]
