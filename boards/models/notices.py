from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..verbs import verb

# Stands for everything that comes in the daily digest.
DIGEST = "digest"
# Older than this is no news in a mail; it still stands on the person's page.
NEWS = timedelta(days=7)
KEPT = timedelta(days=180)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> NoticeQuerySet:
        return self.filter(person=user) if user.is_authenticated else self.none()

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)

    def for_the_digest(self) -> NoticeQuerySet:
        return self.filter(waits_for_mail=True, at__gt=timezone.now() - NEWS, person__is_active=True)

    def latest_first(self) -> NoticeQuerySet:
        return self.order_by("-at", "-pk")

    def old(self) -> NoticeQuerySet:
        return self.filter(at__lt=timezone.now() - KEPT)

    def mark_read(self) -> int:
        return self.unread().update(read_at=timezone.now())


class Notice(models.Model):
    """Something a person should know. Only what kind and about what; the sentence is made for its reader."""

    person = models.ForeignKey("boards.User", models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    board = models.ForeignKey("boards.Board", models.CASCADE, null=True, related_name="+")
    about_type = models.CharField(max_length=80)
    about_id = models.PositiveBigIntegerField()
    link = models.CharField(max_length=200)
    # The day that the sentence names, for those kinds that name one.
    day = models.DateField(null=True)
    # What is told once, however often its round is worked: to whom, of what and when.
    key = models.CharField(max_length=120, null=True, unique=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    waits_for_mail = models.BooleanField(default=False)
    dispatch = models.ForeignKey("boards.Dispatch", models.SET_NULL, null=True, related_name="notices")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"]),
            models.Index(
                fields=["person"], condition=models.Q(waits_for_mail=True), name="notices_for_the_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class NoticeStop(models.Model):
    """A person does not want mail of this kind; the notice itself still stands on their page."""

    person = models.ForeignKey("boards.User", models.CASCADE, related_name="notice_stops")
    kind = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_stop_per_kind")]

    def __str__(self) -> str:
        return self.kind

    @staticmethod
    @verb("notices.stopped", _("%(who)s stopped mail of the kind %(kind)s to %(about)s"))
    def stop(person: Any, kind: str, *, by: Any) -> None:
        _stop, made = NoticeStop.objects.get_or_create(person=person, kind=kind)
        if made:
            audit.record("notices.stopped", person, by=by, kind=kind)

    @staticmethod
    @verb("notices.resumed", _("%(who)s let mail of the kind %(kind)s come to %(about)s again"))
    def resume(person: Any, kind: str, *, by: Any) -> None:
        gone, _rows = NoticeStop.objects.filter(person=person, kind=kind).delete()
        if gone:
            audit.record("notices.resumed", person, by=by, kind=kind)
