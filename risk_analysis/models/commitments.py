from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .analyses import Rsa
from .items import Item, ItemManager, once_an_analysis

# From this criticality on it must be said how long one can do without.
CRITICAL_FROM = 3
YEAR_IN_HOURS = 8784


def score(label: Any, highest: int = 4, **more: Any) -> Any:
    return models.PositiveSmallIntegerField(
        label,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(highest)],
        **more,
    )


def hours(label: Any, **more: Any) -> Any:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(YEAR_IN_HOURS)], **more
    )


class Commitment(Item):
    """What the organisation has undertaken and must protect (åtagande)."""

    VALUES = ("people", "functioning", "fundamentals", "surroundings")
    WRITTEN = (
        *("title", "legal_basis", *VALUES, "is_societal", "societal_why", "tolerable_outage", "least_level"),
        *("is_external", "contract", "demanded_security"),
    )
    WORKED_OUT = ("criticality",)
    OWNED = ("risks", "dependencies")
    ORDER = ("-criticality", "title")
    LINE = ("tolerable_outage", "is_societal", "is_external")

    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="commitments")
    title = models.CharField(_("Commitment"), max_length=160)
    legal_basis = models.CharField(_("Ground in law or decision"), max_length=200, blank=True)
    people = score(_("The safety and security of the individual"))
    functioning = score(_("The functioning of the city"))
    fundamentals = score(_("Fundamental values"))
    surroundings = score(_("Environment and property"))
    criticality = models.PositiveSmallIntegerField(_("Criticality"), default=0, editable=False)
    is_societal = models.BooleanField(_("Vital to society"), default=False)
    societal_why = models.CharField(_("Why it is vital to society"), max_length=300, blank=True)
    tolerable_outage = hours(_("Longest time without, hours"))
    least_level = models.CharField(_("The least that has to work"), max_length=300, blank=True)
    is_external = models.BooleanField(_("Run by somebody else"), default=False)
    contract = models.CharField(_("Contract"), max_length=200, blank=True)
    demanded_security = models.CharField(_("Security that the contract demands"), max_length=300, blank=True)

    objects = ItemManager()

    class Meta:
        verbose_name = _("commitment")
        constraints = [once_an_analysis("commitment_once_an_rsa")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rsa_item", args=[self.rsa.cycle.slug, self.rsa.slug, "ataganden", self.pk])

    def work_out(self) -> None:
        """The highest of the four, never a mean."""
        self.criticality = max((getattr(self, name) or 0 for name in self.VALUES), default=0)

    def carry_on(self) -> None:
        """Whether a dependency is critical follows from how critical this is and how long it may stop."""
        for dependency in self.dependencies.standing():
            before, dependency.commitment = dependency.is_critical, self
            dependency.work_out()
            if dependency.is_critical != before:
                dependency.save_over(None, ["is_critical"])

    @property
    def is_critical(self) -> bool:
        return self.criticality >= CRITICAL_FROM

    def clean(self) -> None:
        if self.is_societal and not self.societal_why:
            raise ValidationError(
                {"societal_why": _("Write why it is vital to society. One sentence is enough.")}
            )
