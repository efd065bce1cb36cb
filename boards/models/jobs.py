from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

ATTEMPTS = 3
# Waiting before the second and the third attempt gives a file share or a mail server time to come back.
PAUSES = (timedelta(seconds=10), timedelta(minutes=2))


class JobQuerySet(models.QuerySet["Job"]):
    def waiting(self) -> JobQuerySet:
        return self.filter(state=Job.State.WAITING)

    def unfinished(self) -> JobQuerySet:
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])

    def due(self, now: datetime | None = None) -> JobQuerySet:
        """Waiting and due, or taken by a worker that has not been heard of within its lease."""
        now = now or timezone.now()
        fresh = Q(state=Job.State.WAITING, due_at__lte=now)
        lost = Q(state=Job.State.RUNNING, leased_until__lt=now)
        return self.filter(fresh | lost).order_by("due_at", "pk")

    def to_hand_out(self, now: datetime | None = None) -> JobQuerySet:
        """Due and not handed to a worker within the last lease; a message may be lost on its way."""
        now = now or timezone.now()
        lately = Q(handed_out_at__gt=now - Job.lease())
        return self.due(now).exclude(lately & Q(handed_out_at__isnull=False))

    def ended_before(self, moment: datetime) -> JobQuerySet:
        return self.filter(state__in=[Job.State.DONE, Job.State.FAILED], finished_at__lt=moment)

    def ask(self, kind: str, *, key: str, due_at: datetime | None = None) -> Job:
        """Writes down work to be done, once for each key; the request never touches the broker."""
        job, _made = self.get_or_create(key=key, defaults={"kind": kind, "due_at": due_at or timezone.now()})
        return job


class Job(models.Model):
    """A piece of work. This row is the truth about it; Celery only carries its number to a worker."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    handed_out_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"]), models.Index(fields=["kind", "state"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @staticmethod
    def lease() -> timedelta:
        return settings.JOB_LEASE

    def hand_out(self) -> bool:
        """Of two schedulers that see the job, one sends its number to a worker."""
        now = timezone.now()
        return Job.objects.to_hand_out(now).filter(pk=self.pk).update(handed_out_at=now) == 1

    def take_back(self) -> None:
        """The broker did not take the message: the next round tries again."""
        Job.objects.unfinished().filter(pk=self.pk).update(handed_out_at=None)

    def claim(self) -> bool:
        """Takes the job for one lease; of two workers that try, one gets it."""
        now = timezone.now()
        due = Job.objects.due(now).filter(pk=self.pk)
        if self.attempt >= ATTEMPTS:
            due.update(state=self.State.FAILED, finished_at=now, reason="LeaseRanOut")
            return False
        claimed = due.filter(attempt=self.attempt).update(
            state=self.State.RUNNING, attempt=F("attempt") + 1, leased_until=now + self.lease()
        )
        self.refresh_from_db()
        return claimed == 1

    def _mine(self) -> models.QuerySet[Job]:
        """The row, as long as this attempt is the one that holds it: a worker thought dead changes nothing."""
        return Job.objects.filter(pk=self.pk, state=self.State.RUNNING, attempt=self.attempt)

    def renew(self) -> bool:
        return self._mine().update(leased_until=timezone.now() + self.lease()) == 1

    def finish(self) -> bool:
        """Only the attempt that still holds the job may end it."""
        return self._mine().update(state=self.State.DONE, finished_at=timezone.now(), reason="") == 1

    def give_back(self, reason: str) -> None:
        """After a failure: again after a pause, and after the last attempt a visible end."""
        now = timezone.now()
        if self.attempt >= ATTEMPTS:
            self._mine().update(state=self.State.FAILED, reason=reason[:200], finished_at=now)
        else:
            again = now + PAUSES[self.attempt - 1]
            self._mine().update(
                state=self.State.WAITING, reason=reason[:200], due_at=again, handed_out_at=None
            )


class Heartbeat(models.Model):
    """When a process was last heard of."""

    process = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.process

    @staticmethod
    def beat(process: str) -> None:
        Heartbeat.objects.update_or_create(process=process, defaults={"at": timezone.now()})
