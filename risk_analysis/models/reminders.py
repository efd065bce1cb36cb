from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .cycles import RsaCycle


class ReminderQuerySet(models.QuerySet["RsaReminder"]):
    def of_round(self, cycle: RsaCycle) -> ReminderQuerySet:
        return self.filter(cycle=cycle).select_related("board", "sent_by").order_by("-sent_at", "board__name")


class RsaReminder(models.Model):
    """That an organisation was reminded of an analysis it had not handed in: who was told, and by whom."""

    cycle = models.ForeignKey(RsaCycle, models.PROTECT, related_name="reminders")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="+")
    people = models.ManyToManyField("boards.User", related_name="+")
    sent_by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder of an RSA")

    def __str__(self) -> str:
        return f"{self.board} {self.cycle}"
