"""Does the work of jobs, and writes down what has come round.

What comes round is a row with a key that says which round it is, so that two schedulers write one row.
"""

import errno
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from celery.exceptions import SoftTimeLimitExceeded
from django.db import close_old_connections, connection
from django.utils import timezone

from . import logs
from .kinds import KINDS, CannotBeDoneError, Kind, kind
from .models import Job
from .models.jobs import NOT_ALLOWED, NotAllowedError, SupersededError

__all__ = ["KINDS", "CannotBeDoneError", "Kind", "ask_for_rounds", "do", "kind"]

log = logging.getLogger(__name__)
DISK_FULL, TOOK_TOO_LONG = "DiskFull", "TookTooLong"


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
    with logs.within(logs.Origin(request=job.request_id, job=job.pk)):
        return _do_claimed(job)


def _do_claimed(job: Job) -> bool:
    try:
        with kept_lease(job):
            job.check_right()
            KINDS[job.kind].run(job)
        return job.state == Job.State.DONE or job.finish()
    except SupersededError:
        log.warning("job %s (%s) is another worker's by now", job.pk, job.kind)
    except NotAllowedError:
        job.give_up(NOT_ALLOWED)
    except CannotBeDoneError as problem:
        job.give_up(problem.code)
    except Exception as error:
        log.exception("job %s (%s) failed in attempt %s", job.pk, job.kind, job.attempt)
        job.give_back(_reason(error))
    return False


def _reason(error: BaseException) -> str:
    if isinstance(error, SoftTimeLimitExceeded):
        return TOOK_TOO_LONG
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return DISK_FULL
    return type(error).__name__


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
