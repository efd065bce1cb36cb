from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def of_year(self, year: int) -> ReminderQuerySet:
        return self.filter(year=year).select_related("board", "sent_by").order_by("-sent_at", "board__name")


class Reminder(models.Model):
    """What was sent: to which organisation, about how much, to whom and by whom."""

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="reminders")
    year = models.PositiveSmallIntegerField()
    unanswered = models.PositiveSmallIntegerField(_("Not answered"))
    people = models.ManyToManyField("boards.User", related_name="+")
    sent_by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        indexes = [models.Index(fields=["year", "-sent_at"])]

    def __str__(self) -> str:
        return f"{self.board} {self.year}"
