from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

LEASE = timedelta(seconds=60)
ATTEMPTS = 3


class JobQuerySet(models.QuerySet["Job"]):
    def waiting(self) -> JobQuerySet:
        return self.filter(state=Job.State.WAITING)

    def due(self, now: datetime | None = None) -> JobQuerySet:
        """Waiting and due, or taken by a worker that has not been heard of within its lease."""
        now = now or timezone.now()
        fresh = Q(state=Job.State.WAITING, due_at__lte=now)
        lost = Q(state=Job.State.RUNNING, leased_until__lt=now)
        return self.filter(fresh | lost).order_by("due_at", "pk")

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
        indexes = [models.Index(fields=["state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def claim(self) -> bool:
        """Takes the job for one lease; of two workers that try, one gets it."""
        now = timezone.now()
        if self.attempt >= ATTEMPTS:
            Job.objects.due(now).filter(pk=self.pk).update(state=self.State.FAILED, finished_at=now)
            return False
        taken = Job.objects.due(now).filter(pk=self.pk)
        claimed = taken.update(state=self.State.RUNNING, attempt=F("attempt") + 1, leased_until=now + LEASE)
        self.refresh_from_db()
        return claimed == 1

    def finish(self) -> bool:
        """Only the attempt that still holds the job may end it."""
        mine = Job.objects.filter(pk=self.pk, state=self.State.RUNNING, attempt=self.attempt)
        return mine.update(state=self.State.DONE, finished_at=timezone.now(), reason="") == 1

    def give_back(self, reason: str) -> None:
        last = self.attempt >= ATTEMPTS
        state = self.State.FAILED if last else self.State.WAITING
        mine = Job.objects.filter(pk=self.pk, state=self.State.RUNNING, attempt=self.attempt)
        mine.update(state=state, reason=reason[:200], finished_at=timezone.now() if last else None)


class Heartbeat(models.Model):
    """When a process was last heard of."""

    process = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.process

    @staticmethod
    def beat(process: str) -> None:
        Heartbeat.objects.update_or_create(process=process, defaults={"at": timezone.now()})
