from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from boards import audit, workdays
from boards.bilingual import in_readers_language
from boards.dates import EARLIEST, LATEST
from boards.days import today
from boards.verbs import verb

from ..reference import read


def between(lowest: int, highest: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(lowest), MaxValueValidator(highest)]


class CalendarRuleQuerySet(models.QuerySet["CalendarRule"]):
    def for_year(self, year: int) -> list[tuple[date, CalendarRule]]:
        """The dates of one year, in order."""
        dated = [(day, rule) for rule in self if (day := rule.on(year))]
        return sorted(dated, key=lambda pair: (pair[0], pair[1].code))

    def coming(self, day: date | None = None) -> list[tuple[date, CalendarRule]]:
        """Each rule with the next day it falls on, the nearest first."""
        dated = [(rule.next_date(day), rule) for rule in self]
        return sorted(dated, key=lambda pair: (pair[0], pair[1].code))

    def load(self) -> None:
        """Adds the dates that are missing; what the city has moved stays as it is."""
        for row in read("calendar"):
            self.get_or_create(code=row["code"], defaults=row)


class CalendarRule(models.Model):
    """A date the year turns on. A weekend or a holiday moves it to the working day before."""

    class Audience(models.TextChoices):
        EVERYONE = "alla", _("Everyone")
        BOARDS = "namnder", _("Boards and companies")
        COORDINATORS = "samordnare", _("Security coordinators")
        CITY_OFFICE = "stadsledningskontoret", _("The city executive office")
        COUNCIL = "fullmaktige", _("The city council and its executive board")

    code = models.SlugField(max_length=60, unique=True)
    what = models.CharField(_("What"), max_length=200)
    what_en = models.CharField(_("What, in English"), max_length=200)
    month = models.PositiveSmallIntegerField(_("Month"), validators=between(1, 12))
    day = models.PositiveSmallIntegerField(_("Day"), validators=between(1, 31))
    offset_days = models.SmallIntegerField(
        _("Days before or after"),
        default=0,
        help_text=_("For example -14 for two weeks earlier."),
        validators=between(-366, 366),
    )
    every_years = models.PositiveSmallIntegerField(
        _("Every how many years"), default=1, validators=between(1, 20)
    )
    first_year = models.PositiveSmallIntegerField(
        _("First year"), null=True, blank=True, validators=between(EARLIEST.year, LATEST.year)
    )
    audience = models.CharField(_("For whom"), max_length=30, choices=Audience, default=Audience.EVERYONE)
    source = models.CharField(_("Where it comes from"), max_length=200, blank=True)
    # Law and instructions change; a date nobody has checked says so wherever it is shown.
    is_checked = models.BooleanField(_("Checked against what applies now"), default=False)

    objects = CalendarRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("date in the year")
        ordering = ["month", "day", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return in_readers_language(self, "what")

    def clean(self) -> None:
        if self.every_years > 1 and not self.first_year:
            raise ValidationError(
                {"first_year": _("Write the first year, so that the others can be counted.")}
            )
        try:
            date(2024, self.month, self.day)
        except (TypeError, ValueError, OverflowError):
            raise ValidationError({"day": _("The month does not have that day.")}) from None

    def on(self, year: int) -> date | None:
        """The working day it falls on that year; None for a year it does not come."""
        first = self.first_year or year
        if year < first or (year - first) % self.every_years:
            return None
        # 29 February is the 28th in other years.
        last = self.day if (self.month, self.day) != (2, 29) or _is_leap(year) else 28
        return workdays.or_earlier(date(year, self.month, last) + timedelta(days=self.offset_days))

    def next_date(self, day: date | None = None) -> date:
        day = day or today()
        start = max(day.year - 1, self.first_year or 0)
        coming = (self.on(year) for year in range(start, start + 2 * self.every_years + 3))
        return next(found for found in coming if found and found >= day)

    @verb("calendar.moved", _("%(who)s changed the date %(about)s"))
    def move(self, *, by: Any, **changes: Any) -> None:
        before = {field: getattr(self, field) for field in changes}
        for field, value in changes.items():
            setattr(self, field, value)
        self.full_clean()
        changed = {name: [before[name], value] for name, value in changes.items() if before[name] != value}
        if changed:
            self.save(update_fields=list(changed))
            audit.record("calendar.moved", self, by=by, rule=self.code, changed=changed)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
