"""Kinds of work in the background, and when the ones that come round are due.

A kind is a function that takes its job. Each floor names its own in its `tasks` module. What comes round is
written down as a row with a key that says which round it is, so that two schedulers write one row.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import close_old_connections, connection
from django.utils import timezone

from .models import Job

log = logging.getLogger(__name__)

Work = Callable[[Job], None]


@dataclass(frozen=True)
class Kind:
    name: str
    run: Work
    every: timedelta | None = None
    daily_at: time | None = None

    def latest_round(self, now: datetime) -> datetime | None:
        """When this kind last came round; None for work that is only done when somebody asks."""
        if self.every:
            length = self.every.total_seconds()
            return datetime.fromtimestamp(now.timestamp() // length * length, tz=now.tzinfo)
        if self.daily_at:
            here = timezone.localtime(now)
            today = here.replace(
                hour=self.daily_at.hour, minute=self.daily_at.minute, second=0, microsecond=0
            )
            return today if today <= here else None
        return None

    def key(self, round_at: datetime) -> str:
        moment = timezone.localtime(round_at)
        return f"{self.name}:{moment.date()}" if self.daily_at else f"{self.name}:{round_at.timestamp():.0f}"


KINDS: dict[str, Kind] = {}


def kind(
    name: str, *, every: timedelta | None = None, daily_at: time | None = None
) -> Callable[[Work], Work]:
    """Names a kind of work. With `every` or `daily_at` (city time) the scheduler asks for it by itself."""

    def register(run: Work) -> Work:
        KINDS[name] = Kind(name, run, every, daily_at)
        return run

    return register


def ask_for_rounds(now: datetime | None = None) -> int:
    """Writes down what has come round. Nothing piles up: one round waits until the one before has ended."""
    now = now or timezone.now()
    rounds = {name: round_at for name, each in KINDS.items() if (round_at := each.latest_round(now))}
    keys = {KINDS[name].key(round_at): name for name, round_at in rounds.items()}
    known = set(Job.objects.filter(key__in=keys).values_list("key", flat=True))
    still_open = set(Job.objects.unfinished().filter(kind__in=rounds).values_list("kind", flat=True))
    new = [(key, name) for key, name in keys.items() if key not in known and name not in still_open]
    for key, name in new:
        Job.objects.ask(name, key=key, due_at=rounds[name])
    return len(new)


def do(job_id: int) -> bool:
    """Claims the job, does the work and ends it. What goes wrong is given back, at most three times."""
    job = Job.objects.filter(pk=job_id).first()
    if job is None or not job.claim():
        return False
    try:
        with kept_lease(job):
            KINDS[job.kind].run(job)
    except Exception as error:
        log.exception("job %s (%s) failed in attempt %s", job.pk, job.kind, job.attempt)
        job.give_back(type(error).__name__)
        return False
    return job.finish()


@contextmanager
def kept_lease(job: Job) -> Iterator[None]:
    """Renews the lease while the work goes on, so that only a worker that died loses its job."""
    over = threading.Event()
    keeper = threading.Thread(target=_keep, args=(job, over), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


def _keep(job: Job, over: threading.Event) -> None:
    while not over.wait(Job.lease().total_seconds() / 3):
        try:
            close_old_connections()
            if not job.renew():
                break
        except Exception:
            # The work may still end well; if not, its lease runs out and it is done again.
            log.warning("the lease of job %s could not be renewed", job.pk)
    connection.close()
