from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..days import today
from .office_types import OfficeType


class TrainingQuerySet(models.QuerySet["Training"]):
    def valid(self, day: date | None = None) -> TrainingQuerySet:
        return self.filter(models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=day or today()))

    def latest_first(self) -> TrainingQuerySet:
        return self.order_by("-completed_on", "-pk")


class Training(models.Model):
    """A course somebody has taken, and until when it counts."""

    person = models.ForeignKey("boards.User", models.PROTECT, related_name="trainings")
    office_type = models.ForeignKey(OfficeType, models.PROTECT, related_name="trainings")
    completed_on = models.DateField(_("Completed"))
    expires_on = models.DateField(_("Counts until"), null=True, blank=True)

    objects = TrainingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="training_expires_after_it_is_taken",
                condition=models.Q(expires_on__isnull=True)
                | models.Q(expires_on__gte=models.F("completed_on")),
                violation_error_message=_("The training cannot expire before it was taken."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.office_type}"

    def clean(self) -> None:
        if self.completed_on and self.completed_on > today():
            raise ValidationError({"completed_on": _("The day is in the future. Give the day it was taken.")})

    @property
    def has_expired(self) -> bool:
        return self.expires_on is not None and self.expires_on < today()
