from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import access, audit, kinds, logs, notices
from ..verbs import verb
from .people import User

ATTEMPTS = 3
# Waiting before the second and the third attempt gives a file share or a mail server time to come back.
PAUSES = (timedelta(seconds=10), timedelta(minutes=2))
LONG = timedelta(minutes=1)
LEASE_RAN_OUT, NOT_ALLOWED = "LeaseRanOut", "NotAllowed"

Moment = datetime | Combinable


class SupersededError(Exception):
    """Another worker has the job by now: what this one has made must not be seen."""


class NotAllowedError(Exception):
    """The one who asked for the work has lost the right to it since."""


class JobQuerySet(models.QuerySet["Job"]):
    """All clocks are the database's: a worker whose own is wrong neither keeps nor steals a job."""

    def visible_to(self, user: Any) -> JobQuerySet:
        """The one who asked, those with the same right at the same board, and whoever runs the system."""
        if not user.is_authenticated:
            return self.none()
        if access.may(user, "manage_city"):
            return self.all()
        allowed = Q(asked_by=user)
        for permission, names in kinds.with_permission().items():
            allowed |= Q(kind__in=names, board__in=access.subquery(user, permission))
        return self.filter(allowed)

    def waiting(self) -> JobQuerySet:
        return self.filter(state=Job.State.WAITING)

    def unfinished(self) -> JobQuerySet:
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])

    def failed(self) -> JobQuerySet:
        return self.filter(state=Job.State.FAILED)

    def asked_for_by(self, user: Any) -> JobQuerySet:
        """What somebody has asked for that goes on or has failed, the latest first."""
        going_on = [Job.State.WAITING, Job.State.RUNNING, Job.State.FAILED]
        return self.filter(asked_by=user, state__in=going_on).order_by("-pk")

    def due(self, now: Moment | None = None) -> JobQuerySet:
        """Waiting and due, or taken by a worker that has not been heard of within its lease."""
        now = now or Now()
        fresh = Q(state=Job.State.WAITING, due_at__lte=now)
        lost = Q(state=Job.State.RUNNING, leased_until__lt=now)
        return self.filter(fresh | lost).order_by("due_at", "pk")

    def to_hand_out(self) -> JobQuerySet:
        """Due and not handed to a worker within the last lease; a message may be lost on its way."""
        lately = Q(handed_out_at__gt=Now() - Job.lease())
        return self.due().exclude(lately & Q(handed_out_at__isnull=False))

    def fail_lost(self) -> int:
        """After the last attempt's lease nobody waits any longer: the end is there to be seen."""
        lost = self.filter(state=Job.State.RUNNING, leased_until__lt=Now(), attempt__gte=ATTEMPTS)
        return sum(job.give_up(LEASE_RAN_OUT) for job in lost)

    def ended_before(self, moment: datetime) -> JobQuerySet:
        return self.filter(state__in=[Job.State.DONE, Job.State.FAILED], finished_at__lt=moment)

    def ask(
        self,
        kind: str,
        *,
        key: str,
        due_at: datetime | None = None,
        by: Any = None,
        about: models.Model | None = None,
    ) -> Job:
        """Writes down work to be done, once for each key; the request never touches the broker."""
        facts: dict[str, Any] = {"kind": kind, "asked_by": by}
        if due_at:
            facts["due_at"] = due_at
        if about:
            facts |= {"subject_type": about._meta.label, "subject_id": about.pk, "board": _board_of(about)}
        job, _made = self.get_or_create(key=key, defaults=facts)
        return job


def _board_of(about: models.Model) -> Any:
    return about if about._meta.label == "boards.Board" else getattr(about, "board", None)


class Job(models.Model):
    """A piece of work. This row is the truth about it; Celery only carries its number to a worker."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    asked_by = models.ForeignKey("boards.User", models.SET_NULL, null=True, related_name="jobs")
    asked_at = models.DateTimeField(db_default=Now())
    board = models.ForeignKey("boards.Board", models.CASCADE, null=True, related_name="jobs")
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(db_default=Now())
    attempt = models.PositiveSmallIntegerField(default=0)
    # Raised by each claim and never lowered; who holds a lower one is a worker thought dead.
    token = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    handed_out_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    step = models.CharField(max_length=40, blank=True)
    step_done = models.PositiveIntegerField(default=0)
    step_of = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    # Of the web request that asked for it, so that its log lines can be followed here.
    request_id = models.CharField(max_length=64, blank=True, default=logs.request_id)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"]),
            models.Index(fields=["kind", "state"]),
            models.Index(fields=["subject_type", "subject_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("job", args=[self.pk])

    @staticmethod
    def lease() -> timedelta:
        return settings.JOB_LEASE

    def hand_out(self) -> bool:
        """Of two schedulers that see the job, one sends its number to a worker."""
        return Job.objects.to_hand_out().filter(pk=self.pk).update(handed_out_at=Now()) == 1

    def take_back(self) -> None:
        """The broker did not take the message: the next round tries again."""
        Job.objects.unfinished().filter(pk=self.pk).update(handed_out_at=None)

    def claim(self) -> bool:
        """Takes the job for one lease; of two workers that try, one gets it."""
        mine = Job.objects.filter(pk=self.pk)
        mine.fail_lost()
        claimed = (
            mine.due()
            .filter(token=self.token)
            .update(
                state=self.State.RUNNING,
                attempt=F("attempt") + 1,
                token=F("token") + 1,
                leased_until=Now() + self.lease(),
                started_at=Now(),
                step="",
                step_done=0,
                step_of=0,
            )
        )
        self.refresh_from_db()
        return claimed == 1

    def _mine(self) -> models.QuerySet[Job]:
        """The row, as long as this attempt is the one that holds it: a worker thought dead changes nothing."""
        return Job.objects.filter(pk=self.pk, state=self.State.RUNNING, token=self.token)

    def renew(self) -> bool:
        return self._mine().update(leased_until=Now() + self.lease()) == 1

    def begin_step(self, step: str, *, of: int = 0) -> None:
        """Says on the job's page what is being done now, and in how many parts."""
        self._go_on(step=step, step_done=0, step_of=of)

    def advance(self, parts: int = 1) -> None:
        self._go_on(step_done=F("step_done") + parts)

    def _go_on(self, **progress: Any) -> None:
        if self._mine().update(leased_until=Now() + self.lease(), **progress) != 1:
            raise SupersededError(self.pk)

    def check_right(self) -> None:
        """Asked when the work begins and again when its result is to be seen."""
        permission = kinds.KINDS[self.kind].permission
        asker = User.objects.filter(pk=self.asked_by_id).first()
        if asker and not (asker.is_active and (not permission or access.may(asker, permission, self.board))):
            raise NotAllowedError(self.pk)

    @contextmanager
    def publication(self) -> Iterator[None]:
        """What is written inside is seen together with the job's end, or not at all.

        The row is locked first, so that whoever waits to claim it finds it done.
        """
        with transaction.atomic():
            if not self.finish():
                raise SupersededError(self.pk)
            self.check_right()
            yield
        self.state = self.State.DONE

    def finish(self) -> bool:
        """Only the attempt that still holds the job may end it."""
        return self._end("job_done", state=self.State.DONE, reason="")

    def give_up(self, reason: str) -> bool:
        return self._end("job_failed", state=self.State.FAILED, reason=reason[:200])

    @transaction.atomic
    def _end(self, notice: str, **facts: Any) -> bool:
        ended = self._mine().update(finished_at=Now(), **facts) == 1
        if ended and self.asked_by and (notice == "job_failed" or self._took_long()):
            notices.give(notice, [self.asked_by], about=self, board=self.board, link=self.get_absolute_url())
        return ended

    def _took_long(self) -> bool:
        """So long that whoever asked has gone on to something else."""
        return Job.objects.filter(pk=self.pk, asked_at__lt=Now() - LONG).exists()

    def give_back(self, reason: str) -> None:
        """After a failure: again after a pause, and after the last attempt a visible end."""
        if self.attempt >= ATTEMPTS:
            self.give_up(reason)
        else:
            again = Now() + PAUSES[self.attempt - 1]
            self._mine().update(
                state=self.State.WAITING, reason=reason[:200], due_at=again, handed_out_at=None
            )

    @verb("job.retried", _("%(who)s asked for the work %(kind)s once more"))
    def retry(self, *, by: Any) -> bool:
        """Somebody asks for a failed job once more; of two presses one counts."""
        failed = Job.objects.failed().filter(pk=self.pk)
        again = failed.update(
            state=self.State.WAITING, attempt=0, due_at=Now(), handed_out_at=None, finished_at=None, reason=""
        )
        if again:
            audit.record("job.retried", self, by=by, kind=self.kind)
        return again == 1


class Heartbeat(models.Model):
    """When a process was last heard of."""

    process = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.process

    @staticmethod
    def beat(process: str) -> None:
        Heartbeat.objects.update_or_create(process=process, defaults={"at": timezone.now()})
