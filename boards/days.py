"""From one day up to and including another: how offices, memberships and boards are dated."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from typing import Self


def today() -> date:
    """The day in the city, which is what rights and validity are judged by."""
    return timezone.localdate()


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def holds_on(day: date | None = None, prefix: str = "") -> Q:
    """Valid on that day; with a prefix the same question across a relation."""
    day = day or today()
    started = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    not_over = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    return started & not_over


class DatedQuerySet(models.QuerySet):
    def on(self, day: date | None = None) -> "Self":
        return self.filter(holds_on(day))

    def not_over(self, day: date | None = None) -> "Self":
        """Those that hold and those that are to come."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day or today()))

    def over(self, day: date | None = None) -> "Self":
        return self.filter(valid_to__lt=day or today())

    def overlapping(self, first: date | None, last: date | None) -> "Self":
        """Those with a day in common with the period; no day given means without end."""
        lasts = Q(valid_to__isnull=True) | Q(valid_to__gte=first or date.min)
        begins = Q(valid_from__isnull=True) | Q(valid_from__lte=last or date.max)
        return self.filter(lasts, begins)

    def begun_and_lasting_after(self, day: date) -> "Self":
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def coming(self, day: date | None = None) -> "Self":
        return self.filter(valid_from__gt=day or today())


class Dated(models.Model):
    valid_from = models.DateField(_("From"), null=True, blank=True)
    valid_to = models.DateField(_("Up to and including"), null=True, blank=True)

    class Meta:
        abstract = True

    def holds(self, day: date | None = None) -> bool:
        day = day or today()
        return (self.valid_from is None or self.valid_from <= day) and not self.is_over(day)

    def is_over(self, day: date | None = None) -> bool:
        return self.valid_to is not None and self.valid_to < (day or today())

    def overlaps(self, other: "Dated") -> bool:
        starts, ends = other.valid_from or date.min, other.valid_to or date.max
        return (self.valid_from or date.min) <= ends and starts <= (self.valid_to or date.max)


ENDS_BEFORE = _("The last day comes before the first.")


def refuse_last_day(rows: "Iterable[Dated]", last_day: date) -> None:
    """In words, before the constraint says it; for one row and for many."""
    if any(row.valid_from and row.valid_from > last_day for row in rows):
        raise ValidationError(ENDS_BEFORE)


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        violation_error_message=ENDS_BEFORE,
    )
