from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from boards import audit

from ..reference import read


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: Any) -> ProgrammeQuerySet:
        """The programme is public; drafts of a coming one are shown when they have been sent out."""
        return self.exclude(state=Programme.State.DRAFT) if user.is_authenticated else self.none()

    def in_force(self) -> Programme | None:
        return self.filter(state=Programme.State.IN_FORCE).first()

    def newest_first(self) -> ProgrammeQuerySet:
        return self.order_by("-first_year", "-pk")

    def load(self) -> None:
        """Adds the versions that are missing; a decision somebody has noted stays as it is."""
        for row in read("programmes"):
            areas = row.pop("focus_areas")
            row["adopted_on"] = _first_day(row.pop("adopted"))
            programme, made = self.get_or_create(slug=row["slug"], defaults=row)
            if made:
                rows = [FocusArea(programme=programme, order=n, name=name) for n, name in enumerate(areas, 1)]
                FocusArea.objects.bulk_create(rows)


def _first_day(text: str | None) -> date | None:
    """2013, 2013-04 or 2013-04-11; how exact it is stands beside."""
    return date(*(int(part) for part in (text + "-01-01").split("-")[:3])) if text else None


class Programme(models.Model):
    """A version of the security programme. That it ends is a decision and never a matter of dates alone."""

    class State(models.TextChoices):
        DRAFT = "utkast", _("Draft")
        CONSULTED = "pa_remiss", _("Out for consultation")
        PREPARED = "bereds", _("Being prepared")
        PROPOSED = "foreslagen", _("Proposed by the executive board")
        ADOPTED = "antagen", _("Adopted by the council")
        IN_FORCE = "gallande", _("In force")
        ENDED = "upphord", _("Ended")

    class Precision(models.TextChoices):
        YEAR = "year"
        MONTH = "month"
        DAY = "day"

    # Where a version may go from where it is.
    CHART: dict[str, tuple[str, ...]] = {
        "utkast": ("pa_remiss",),
        "pa_remiss": ("bereds",),
        "bereds": ("foreslagen",),
        "foreslagen": ("antagen",),
        "antagen": ("gallande",),
        "gallande": ("upphord",),
        "upphord": (),
    }

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=160)
    first_year = models.PositiveSmallIntegerField(_("First year"))
    last_year = models.PositiveSmallIntegerField(_("Last year"), null=True, blank=True)
    diary_number = models.CharField(_("Diary number"), max_length=40, blank=True)
    adopted_on = models.DateField(_("Adopted by the council on"), null=True, blank=True)
    adopted_precision = models.CharField(max_length=5, choices=Precision, null=True, blank=True)
    decision = models.CharField(_("Paragraph in the minutes"), max_length=40, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.DRAFT)
    confirmed_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="gallande"), name="one_programme_in_force"
            ),
            models.CheckConstraint(
                name="in_force_by_a_decision",
                condition=~Q(state="gallande")
                | (Q(confirmed_at__isnull=False) & Q(adopted_on__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> str:
        return f"{self.first_year}–{self.last_year}" if self.last_year else f"{self.first_year}–"

    @property
    def adopted_text(self) -> str:
        """As exactly as it is known: a year, a month or a day."""
        if not self.adopted_on:
            return ""
        shapes = {"year": "Y", "month": "F Y", "day": "j F Y"}
        return date_format(self.adopted_on, shapes[self.adopted_precision or "day"])

    @property
    def can_be_confirmed(self) -> bool:
        return self.leads_to(self.State.IN_FORCE)

    def leads_to(self, state: str) -> bool:
        """Can this version still get there along the chart?"""
        ahead = self.CHART[self.state]
        return state in ahead or any(Programme(state=step).leads_to(state) for step in ahead)

    @transaction.atomic
    def confirm_in_force(self, *, by: Any, decided_on: date, diary_number: str, paragraph: str) -> None:
        """Notes the council's decision. The version before ends with it, even if its period has not."""
        if not self.can_be_confirmed:
            raise ValidationError(_("This version has ended or is in force already."))
        if not (decided_on and diary_number.strip() and paragraph.strip()):
            raise ValidationError(_("The council's decision has a date, a diary number and a paragraph."))
        before = Programme.objects.in_force()
        if before:
            before._end(by=by, on=decided_on)
        decision = {
            "adopted_on": decided_on,
            "adopted_precision": self.Precision.DAY,
            "diary_number": diary_number.strip(),
            "decision": paragraph.strip(),
        }
        here = Programme.objects.filter(pk=self.pk, state=self.state)
        facts = {"state": self.State.IN_FORCE, "confirmed_by": by, "confirmed_at": timezone.now(), **decision}
        if here.update(**facts) != 1:
            raise ValidationError(_("Somebody has already decided on this."))
        self.refresh_from_db()
        audit.record("programme.in_force", self, by=by, programme=self.slug, **decision)

    def _end(self, *, by: Any, on: date) -> None:
        here = Programme.objects.filter(pk=self.pk, state=self.State.IN_FORCE)
        if here.update(state=self.State.ENDED, ended_on=on) != 1:
            raise ValidationError(_("Somebody has already decided on this."))
        audit.record("programme.ended", self, by=by, programme=self.slug, on=on)


class FocusArea(models.Model):
    """What a version of the programme concentrates on; the next version may name it otherwise."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="focus_areas")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(_("Name"), max_length=160)

    class Meta:
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "order"], name="one_focus_area_per_place")
        ]

    def __str__(self) -> str:
        return self.name
