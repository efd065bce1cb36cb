from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.days import today

from .analyses import Rsa
from .dependencies import Dependency
from .items import Item, ItemManager, ItemQuerySet, once_an_analysis

# A plan that nobody has decided, tried or looked through for this long needs to be reviewed.
GOOD_FOR = timedelta(days=365)


class PlanQuerySet(ItemQuerySet):
    def decided(self) -> PlanQuerySet:
        return self.filter(decided_on__isnull=False)

    def to_review(self, day: date | None = None) -> PlanQuerySet:
        """Judged by the day it is asked, so that no job has to say so."""
        day = day or today()
        old = Q(decided_on__lt=day - GOOD_FOR) & (Q(tested_on__isnull=True) | Q(tested_on__lt=day - GOOD_FOR))
        return self.decided().filter(Q(review_by__lt=day) | (Q(review_by__isnull=True) & old))


class PlanManager(ItemManager.from_queryset(PlanQuerySet)):  # type: ignore[misc]
    pass


class ContinuityPlan(Item):
    """How a commitment goes on without what it depends on (kontinuitetsplan)."""

    WRITTEN = (
        *("dependency", "title", "trigger", "routine", "resources", "endurance_hours", "responsible"),
        *("decided_on", "tested_on", "review_by"),
    )
    ORDER = ("title",)
    NAMED = ("dependency__commitment", "responsible")
    LINE = ("dependency", "endurance_hours", "decided_on", "tested_on")

    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="plans")
    dependency = models.ForeignKey(
        Dependency, models.PROTECT, related_name="plans", verbose_name=_("Dependency")
    )
    title = models.CharField(_("Continuity plan"), max_length=160)
    trigger = models.CharField(_("When it is put to use"), max_length=300, blank=True)
    routine = models.TextField(_("Reserve routine"), max_length=2000, blank=True)
    resources = models.CharField(_("What it takes"), max_length=300, blank=True)
    endurance_hours = models.PositiveSmallIntegerField(
        _("How long it lasts, hours"), null=True, blank=True, validators=[MaxValueValidator(8784)]
    )
    responsible = models.ForeignKey(
        "boards.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Responsible")
    )
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    tested_on = models.DateField(_("Last tested on"), null=True, blank=True)
    review_by = models.DateField(_("To be reviewed by"), null=True, blank=True)

    objects = PlanManager()

    class Meta:
        verbose_name = _("continuity plan")
        constraints = [once_an_analysis("plan_once_an_rsa")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rsa_item", args=[self.rsa.cycle.slug, self.rsa.slug, "kontinuitet", self.pk])

    def clean(self) -> None:
        self.must_belong(dependency=self.dependency)

    @property
    def is_decided(self) -> bool:
        return self.decided_on is not None

    @property
    def needs_review(self) -> bool:
        day, limit = today(), today() - GOOD_FOR
        if self.decided_on is None:
            return False
        if self.review_by:
            return self.review_by < day
        return self.decided_on < limit and (self.tested_on is None or self.tested_on < limit)

    @property
    def tag(self) -> str:
        if self.decided_on is None:
            return "todo"
        return "action" if self.needs_review else "done"

    @property
    def word(self) -> Any:
        if self.decided_on is None:
            return _("Draft")
        if self.needs_review:
            return _("Needs to be reviewed")
        return _("Tested") if self.tested_on else _("Decided")
