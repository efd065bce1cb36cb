from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import access


class ReadLogQuerySet(models.QuerySet["ReadLog"]):
    def visible_to(self, user: Any) -> ReadLogQuerySet:
        """Those who read the activity log see who has opened what concerns the same boards."""
        rights = access.rights_of(user)
        seen = Q(board__in=access.subquery(user, "view_events"))
        return self.all() if "view_events" in rights.city else self.filter(seen)

    def protected(self) -> ReadLogQuerySet:
        return self.filter(level__in=["K2", "K3"])

    def latest_first(self) -> ReadLogQuerySet:
        return self.order_by("-pk")


class ReadLog(models.Model):
    """Somebody opened something protected, or was given a file. Written before it is shown."""

    class Way(models.TextChoices):
        OPENED = "opened", _("Opened")
        LISTED = "listed", _("Shown in a list")
        GIVEN_OUT = "given_out", _("Given out as a file")

    at = models.DateTimeField(default=timezone.now)
    reader = models.ForeignKey("boards.User", models.PROTECT, related_name="readings")
    board = models.ForeignKey("boards.Board", models.PROTECT, null=True, related_name="readings")
    way = models.CharField(max_length=10, choices=Way)
    level = models.CharField(max_length=2)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40, blank=True)
    # Which part of the object, the question behind the list, or the name of the file.
    what = models.CharField(max_length=400, blank=True)
    count = models.PositiveIntegerField(default=1)
    ids = models.CharField(max_length=64, blank=True)

    objects = ReadLogQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["board", "-id"]),
            models.Index(fields=["reader", "-at"]),
            models.Index(fields=["object_type", "object_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.pk}"
