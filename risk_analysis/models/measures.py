from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.days import today

from .analyses import Rsa
from .commitments import score
from .dependencies import Dependency
from .items import Item, ItemManager, ItemQuerySet, once_an_analysis
from .risks import Risk


class MeasureQuerySet(ItemQuerySet):
    def settled(self) -> MeasureQuerySet:
        """Decided on, whether begun or done: what a red risk asks for."""
        return self.filter(status__in=Measure.SETTLED)

    def open(self) -> MeasureQuerySet:
        return self.filter(status__in=Measure.OPEN)

    def overdue(self, day: date | None = None) -> MeasureQuerySet:
        return self.open().filter(due_on__lt=day or today())

    def for_internal_control(self) -> MeasureQuerySet:
        return self.filter(in_internal_control=True)


class MeasureManager(ItemManager.from_queryset(MeasureQuerySet)):  # type: ignore[misc]
    pass


class Measure(Item):
    """What is done about a risk, or to get a plan that is lacking: by whom, by when (åtgärd)."""

    class Status(models.TextChoices):
        PROPOSED = "foreslagen", _("Proposed")
        DECIDED = "beslutad", _("Agreed")
        ONGOING = "pagar", _("Under way")
        DONE = "klar", _("Done")
        DROPPED = "avford", _("Dropped")

    SETTLED = ("beslutad", "pagar", "klar")
    OPEN = ("foreslagen", "beslutad", "pagar")
    TAGS = {"foreslagen": "todo", "beslutad": "ongoing", "pagar": "ongoing", "klar": "done", "avford": "todo"}
    WRITTEN = (
        *("text", "risks", "dependency", "responsible", "due_on", "cost", "funding", "status", "dropped_why"),
        *("effect_likelihood", "effect_consequence", "in_internal_control", "in_the_plan"),
    )
    SEVERAL = ("risks",)
    ORDER = ("due_on", "text")
    NAMED = ("responsible", "dependency")
    LINE = ("risks", "responsible", "due_on")

    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="measures")
    text = models.CharField(_("Measure"), max_length=300)
    risks = models.ManyToManyField(Risk, related_name="measures", blank=True, verbose_name=_("Risks"))
    # What it makes a plan for, where the measure is to make one.
    dependency = models.ForeignKey(
        Dependency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="measures",
        verbose_name=_("Makes a plan for"),
    )
    responsible = models.ForeignKey(
        "boards.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Responsible")
    )
    due_on = models.DateField(_("Done by"), null=True, blank=True)
    cost = models.DecimalField(_("Cost, kronor"), max_digits=12, decimal_places=0, null=True, blank=True)
    funding = models.CharField(_("How it is paid for"), max_length=200, blank=True)
    status = models.CharField(_("Status"), max_length=10, choices=Status, default=Status.PROPOSED)
    dropped_why = models.CharField(_("Why it was dropped"), max_length=300, blank=True)
    effect_likelihood = score(_("Likelihood afterwards"), 5)
    effect_consequence = score(_("Consequence afterwards"), 5)
    in_internal_control = models.BooleanField(_("In the internal control plan"), default=False)
    in_the_plan = models.BooleanField(_("In the year's plan of activities"), default=False)

    objects = MeasureManager()

    class Meta:
        verbose_name = _("measure")
        constraints = [
            once_an_analysis("measure_once_an_rsa"),
            models.CheckConstraint(
                name="dropped_for_a_reason", condition=~Q(status="avford") | ~Q(dropped_why="")
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("rsa_item", args=[self.rsa.cycle.slug, self.rsa.slug, "handlingsplan", self.pk])

    def clean(self) -> None:
        self.must_belong(dependency=self.dependency)
        if self.status == self.Status.DROPPED and not self.dropped_why:
            raise ValidationError({"dropped_why": _("Write why it was dropped. One sentence is enough.")})

    @property
    def risk_numbers(self) -> list[int]:
        """Which risks it is about, as an import remembers it."""
        return sorted(risk.pk for risk in self.risks.all())

    @property
    def is_overdue(self) -> bool:
        return self.status in self.OPEN and self.due_on is not None and self.due_on < today()

    @property
    def tag(self) -> str:
        return "late" if self.is_overdue else self.TAGS[self.status]

    @property
    def word(self) -> Any:
        return _("Late") if self.is_overdue else self.get_status_display()
