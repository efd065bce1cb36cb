"""A real scheduler and a real Celery worker, as processes of their own, and one of them killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, connections

from boards.models import Heartbeat, Job

pytestmark = pytest.mark.worker

LEASE_SECONDS = 2
WORKER = (
    "celery -A security_program worker -P solo -I tests.boards.slow_work --without-gossip --without-mingle"
)


class Installation:
    """A database and a queue of its own, seen by the test and by the processes it starts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen] = []
        self.in_memory: Any = None
        self.url = self._file() if connection.vendor == "sqlite" else self._test_database()

    def _file(self) -> str:
        """SQLite in memory is seen by this process alone; a file takes its place during the test."""
        file = self.folder / "city.sqlite3"
        self.run_to_end("migrate", "--verbosity=0", url=f"sqlite:///{file}")
        self.in_memory = connections["default"]
        connections["default"] = connections.create_connection("default")
        connections["default"].settings_dict = {**self.in_memory.settings_dict, "NAME": str(file)}
        return f"sqlite:///{file}"

    def _test_database(self) -> str:
        facts = connection.settings_dict
        login = quote(facts["USER"]) + (f":{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else "")
        return f"postgres://{login}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"

    def environment(self, url: str) -> dict[str, str]:
        own = {
            "DEMO": "1",
            "DATABASE_URL": url,
            "VAR_DIR": str(self.folder),
            "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
            "C_FORCE_ROOT": "1",
            "DJANGO_SETTINGS_MODULE": "security_program.settings",
        }
        if redis := os.environ.get("REDIS_URL"):
            # A queue of its own in the same server, so that a parallel test run takes none of its messages.
            own["REDIS_URL"] = redis.rstrip("/").removesuffix("/0") + f"/{os.getpid() % 14 + 1}"
        return {**os.environ, **own}

    def run_to_end(self, *command: str, url: str) -> None:
        manage = [sys.executable, "manage.py", *command]
        subprocess.run(manage, env=self.environment(url), cwd=settings.BASE_DIR, check=True, timeout=120)

    def start(self, *command: str) -> subprocess.Popen:
        with (self.folder / "processes.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                env=self.environment(self.url),
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def start_worker(self) -> subprocess.Popen:
        return self.start("-m", *WORKER.split())

    def start_scheduler(self) -> subprocess.Popen:
        return self.start("manage.py", "scheduler")

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
        if self.in_memory:
            connections["default"].close()
            connections["default"] = self.in_memory


@pytest.fixture
def installation(transactional_db: None, tmp_path: Path) -> Iterator[Installation]:
    here = Installation(tmp_path)
    yield here
    here.stop()


def until(what: Callable[[], Any], seconds: float = 40) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := what():
            return answer
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


def test_a_job_goes_from_a_row_through_the_scheduler_to_a_worker(installation: Installation) -> None:
    scheduler, _worker = installation.start_scheduler(), installation.start_worker()
    until(lambda: Heartbeat.objects.filter(process="worker").exists())
    assert Job.objects.filter(kind="heartbeat", state=Job.State.DONE).exists()
    scheduler.terminate()
    assert scheduler.wait(timeout=10) == 0


def test_a_killed_workers_job_is_done_by_the_next(installation: Installation) -> None:
    job = Job.objects.ask("slow-at-first", key="once")
    installation.start_scheduler()
    first = installation.start_worker()
    until(lambda: Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).exists())
    time.sleep(LEASE_SECONDS + 1)
    assert Job.objects.get(pk=job.pk).attempt == 1, "a living worker keeps its lease"
    first.kill()
    installation.start_worker()
    done = until(lambda: Job.objects.filter(pk=job.pk, state=Job.State.DONE).first())
    assert done.attempt == 2
