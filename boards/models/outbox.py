from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
# What has not come through by then is old news.
GIVEN_UP_AFTER = timedelta(days=2)
KEPT = timedelta(days=90)


def new_reference() -> str:
    """Not to be guessed: whoever knows it may tell us that the mail came back."""
    return secrets.token_hex(16)


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def waiting(self) -> DispatchQuerySet:
        return self.filter(state=Dispatch.State.WAITING)

    def due(self) -> DispatchQuerySet:
        return self.waiting().filter(due_at__lte=Now()).order_by("due_at", "pk")

    def undelivered(self) -> DispatchQuerySet:
        """What did not arrive, until something later does."""
        later = Dispatch.objects.filter(
            person=OuterRef("person"), pk__gt=OuterRef("pk"), state=Dispatch.State.SENT
        )
        lost = self.filter(state__in=[Dispatch.State.FAILED, Dispatch.State.RETURNED], person__isnull=False)
        return lost.exclude(Exists(later)).order_by("-pk")

    def latest_first(self) -> DispatchQuerySet:
        return self.order_by("-pk")

    def old(self) -> DispatchQuerySet:
        return self.exclude(state=Dispatch.State.WAITING).filter(asked_at__lt=Now() - KEPT)


class Dispatch(models.Model):
    """One message to one person, by the first of its channels that takes it.

    The content is sealed until then, since it may carry a link that opens an account, and gone afterwards.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("On its way")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Not delivered")
        RETURNED = "returned", _("Came back")

    person = models.ForeignKey("boards.User", models.CASCADE, null=True, related_name="dispatches")
    kind = models.CharField(max_length=40)
    # Says that the same thing has been written already, as the digest of one day.
    key = models.CharField(max_length=120, unique=True, null=True)
    # In the order in which they are tried, with a space between.
    channels = models.CharField(max_length=40, default="mail")
    channel = models.CharField(max_length=10, blank=True)
    reference = models.CharField(max_length=32, unique=True, default=new_reference)
    sealed = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(db_default=Now())
    attempt = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=40, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "due_at"]), models.Index(fields=["person", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def sent_by(self) -> str:
        return self.channel or self.channels.partition(" ")[0]

    def claim(self) -> bool:
        """Of two workers one sends it; if that one dies it is due again after the wait."""
        wait = WAITS[min(self.attempt, len(WAITS) - 1)]
        mine = Dispatch.objects.due().filter(pk=self.pk, attempt=self.attempt)
        claimed = mine.update(attempt=F("attempt") + 1, due_at=Now() + wait) == 1
        self.attempt += claimed
        return claimed

    def sent(self, channel: str) -> None:
        self._end(self.State.SENT, "", channel)

    def refused(self, reason: str, channel: str) -> None:
        """Trying again would not help: the address is wrong."""
        self._end(self.State.FAILED, reason, channel)

    def postponed(self, reason: str) -> None:
        """Due again after the wait that the claim has set, unless it is too old by now."""
        mine = Dispatch.objects.waiting().filter(pk=self.pk)
        mine.update(reason=reason)
        mine.filter(asked_at__lt=Now() - GIVEN_UP_AFTER).update(
            state=self.State.FAILED, sealed="", ended_at=Now()
        )

    def came_back(self, reason: str) -> bool:
        sent = Dispatch.objects.filter(pk=self.pk, state=self.State.SENT)
        return sent.update(state=self.State.RETURNED, reason=reason) == 1

    def _end(self, state: str, reason: str, channel: str) -> None:
        Dispatch.objects.waiting().filter(pk=self.pk).update(
            state=state, reason=reason, channel=channel, sealed="", ended_at=Now()
        )
