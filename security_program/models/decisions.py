from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    YEAR = "year"
    MONTH = "month"
    DAY = "day"


def first_day(text: str | None) -> date | None:
    """2013, 2013-04 or 2013-04-11; how exact it is stands beside."""
    return date(*(int(part) for part in (text + "-01-01").split("-")[:3])) if text else None


def as_known(day: date | None, precision: str | None) -> str:
    """As exactly as it is known: a year, a month or a day."""
    shapes = {"year": "Y", "month": "F Y", "day": "j F Y"}
    return date_format(day, shapes[precision or "day"]) if day else ""


class CouncilDecisionQuerySet(models.QuerySet["CouncilDecision"]):
    def ending(self) -> CouncilDecisionQuerySet:
        return self.filter(kind=CouncilDecision.Kind.ENDS)


class CouncilDecision(models.Model):
    """What the city council decided about a version. A decision is never changed; a later one stands beside."""

    class Kind(models.TextChoices):
        ADOPTS = "antar", _("Adopts the version")
        KEEPS = "behaller", _("Keeps it in force until the next version")
        ENDS = "upphaver", _("Ends the version")

    programme = models.ForeignKey("security_program.Programme", models.PROTECT, related_name="decisions")
    kind = models.CharField(_("What was decided"), max_length=8, choices=Kind)
    decided_on = models.DateField(_("Decided on"))
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    takes_effect_on = models.DateField(_("Takes effect on"), null=True, blank=True)
    diary_number = models.CharField(_("Diary number"), max_length=40, blank=True)
    paragraph = models.CharField(_("Paragraph in the minutes"), max_length=40, blank=True)
    replaced_by = models.ForeignKey(
        "security_program.Programme", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The demo rests on a decision that no council has made, and says so wherever it is shown.
    is_invented = models.BooleanField(_("Made up for the demo"), default=False)
    # Nobody has noted what came with the product; who reads it sees the source instead.
    noted_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CouncilDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("council decision")
        ordering = ["decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="noted_decisions_are_whole",
                condition=Q(noted_by__isnull=True) | (~Q(diary_number="") & ~Q(paragraph="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.decided_on}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk:
            raise ValidationError(_("A decision of the council is not changed here."))
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def day_text(self) -> str:
        return as_known(self.decided_on, self.precision)
