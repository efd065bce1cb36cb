"""Is the system well? For machines as JSON, for people as a page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from boards.frame import version
from boards.models import Heartbeat, Job, Seal
from security_program.backups import journal

SILENT = timedelta(seconds=60)
PROCESSES = ("worker", "scheduler")


@dataclass(frozen=True)
class Health:
    """What is known about the processes; `None` where nothing has been heard yet."""

    database: bool
    heard: dict[str, datetime | None]
    oldest_due: datetime | None = None
    failed_jobs: int = 0
    kept: journal.Known = journal.NOTHING
    sealed_at: datetime | None = None
    seal_is_late: bool = False

    def age(self, process: str) -> int | None:
        at = self.heard.get(process)
        return int((timezone.now() - at).total_seconds()) if at else None

    def is_silent(self, process: str) -> bool:
        age = self.age(process)
        return age is None or age > SILENT.total_seconds()

    @property
    def is_well(self) -> bool:
        return self.database and not any(self.is_silent(process) for process in PROCESSES)

    @property
    def late_backup(self) -> bool:
        return self.kept.is_late("backup")

    @property
    def late_log(self) -> bool:
        return self.kept.is_late("log")

    @property
    def late_drill(self) -> bool:
        return self.kept.is_late("drill")

    @property
    def waiting_seconds(self) -> int:
        return int((timezone.now() - self.oldest_due).total_seconds()) if self.oldest_due else 0

    @property
    def rows(self) -> list[tuple[str, int | None, bool]]:
        return [(process, self.age(process), self.is_silent(process)) for process in PROCESSES]


def measure() -> Health:
    try:
        heard = dict(Heartbeat.objects.filter(process__in=PROCESSES).values_list("process", "at"))
        oldest = Job.objects.due().values_list("due_at", flat=True).first()
        seal = Seal.objects.latest_one()
        seal_is_late = Seal.objects.is_late(seal)
        failed = Job.objects.filter(state=Job.State.FAILED).count()
        kept = journal.read()
    except DatabaseError:
        return Health(database=False, heard={})
    heard_of = {process: heard.get(process) for process in PROCESSES}
    return Health(True, heard_of, oldest, failed, kept, seal.at if seal else None, seal_is_late)


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    now = measure()
    facts = {
        "status": "ok" if now.is_well else "fail",
        "database": "ok" if now.database else "fail",
        "worker_heartbeat_seconds": now.age("worker"),
        "scheduler_heartbeat_seconds": now.age("scheduler"),
        "oldest_due_job_seconds": now.waiting_seconds,
        "backup_seconds": now.kept.age("backup"),
        "archived_log_seconds": now.kept.age("log"),
        "drill_seconds": now.kept.age("drill"),
        "last_seal": now.sealed_at.isoformat() if now.sealed_at else None,
        "seal": "late" if now.seal_is_late else "ok",
    }
    return JsonResponse(facts, status=200 if now.is_well else 503)


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    return render(request, "security_program/status.html", {"health": measure(), "version": version()})
