from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.models import Board
from boards.verbs import verb

from .board_goals import BoardGoal
from .planned import readable
from .rounds import Round


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: Any) -> IndicatorQuerySet:
        return self.filter(readable(user, "goal__board"))


class IndicatorManager(models.Manager.from_queryset(IndicatorQuerySet)):  # type: ignore[misc]
    @verb("indicator.added", _("%(who)s added an indicator for %(year)s at %(board)s"))
    def add(self, goal: BoardGoal, *, by: Any, **facts: Any) -> Indicator:
        indicator = self.model(goal=goal, **facts)
        indicator.full_clean()
        indicator.save()
        audit.record("indicator.added", indicator, by=by, year=goal.year)
        return indicator


class Indicator(models.Model):
    """A number that shows whether a goal is being reached."""

    goal = models.ForeignKey(BoardGoal, models.PROTECT, related_name="indicators")
    name = models.CharField(_("Indicator"), max_length=160)
    unit = models.CharField(_("Unit"), max_length=40, blank=True)
    target = models.DecimalField(_("Target"), max_digits=12, decimal_places=2)
    source = models.CharField(_("Source"), max_length=200, help_text=_("Where the figure is taken from."))
    came_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")

    objects = IndicatorManager()

    class Meta:
        verbose_name = _("indicator")

    def __str__(self) -> str:
        return self.name

    @property
    def board(self) -> Board:
        return self.goal.board

    @property
    def target_text(self) -> str:
        """Without decimals that say nothing."""
        return number_format(Decimal(self.target).normalize())

    @verb("indicator.noted", _("%(who)s noted a value of an indicator for %(year)s at %(board)s"))
    def note(self, kind: str, value: Decimal, *, by: Any) -> IndicatorValue:
        """The value of one round; noted again it is corrected."""
        noted, _made = IndicatorValue.objects.update_or_create(
            indicator=self, kind=kind, defaults={"value": value, "noted_by": by, "noted_at": timezone.now()}
        )
        audit.record("indicator.noted", self, by=by, year=self.goal.year, round=kind)
        return noted


class IndicatorValue(models.Model):
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    kind = models.CharField(max_length=2, choices=Round.Kind)
    value = models.DecimalField(_("Value"), max_digits=12, decimal_places=2)
    noted_by = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("value of an indicator")
        constraints = [models.UniqueConstraint(fields=["indicator", "kind"], name="one_value_a_round")]

    def __str__(self) -> str:
        return f"{self.indicator} {self.kind}"
