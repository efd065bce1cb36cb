from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.models import Board
from boards.verbs import verb

from .board_goals import BoardGoal
from .follow_ups import FollowUp
from .planned import changed_by, readable
from .rounds import Round


def plain(number: Decimal) -> str:
    """Without decimals that say nothing."""
    return number_format(f"{Decimal(number).normalize():f}")


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def visible_to(self, user: Any) -> IndicatorQuerySet:
        return self.filter(readable(user, "goal__board"))

    def of(self, board: Board, year: int) -> IndicatorQuerySet:
        return self.filter(goal__board=board, goal__year=year)

    def standing(self) -> IndicatorQuerySet:
        return self.filter(taken_away="", goal__taken_away="", goal__same_as__isnull=True)

    def in_order(self) -> IndicatorQuerySet:
        return self.order_by(F("goal__focus_area__order"), "goal", "pk")


class IndicatorManager(models.Manager.from_queryset(IndicatorQuerySet)):  # type: ignore[misc]
    @verb("indicator.added", _("%(who)s added an indicator for %(year)s at %(board)s"))
    def add(self, goal: BoardGoal, *, by: Any, **facts: Any) -> Indicator:
        if not goal.is_standing:
            raise ValidationError(_("The goal is taken away, or is the same as another."))
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
    taken_away = models.CharField(_("Why it is taken away"), max_length=200, blank=True)

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
        return plain(self.target)

    @property
    def noted(self) -> list[tuple[Any, str]]:
        """The value of each round that has one, in the order of the year."""
        said = {value.kind: value.value for value in self.values.all()}
        return [(kind.label, plain(said[kind])) for kind in Round.Kind if kind in said]

    @verb("indicator.corrected", _("%(who)s changed %(fields)s of an indicator at %(board)s"))
    def correct(self, *, by: Any, **changes: Any) -> None:
        self._check_stands()
        if changed := changed_by(self, changes):
            self.save(update_fields=list(changed))
            audit.record("indicator.corrected", self, by=by, year=self.goal.year, changed=changed)

    @verb("indicator.taken_away", _("%(who)s took away an indicator for %(year)s at %(board)s"))
    def take_away(self, *, by: Any, reason: str) -> None:
        """It stays to be read, with the values it had."""
        self._check_stands()
        if not reason.strip():
            raise ValidationError({"reason": _("Write why the indicator is taken away.")})
        self.taken_away = reason.strip()
        self.save(update_fields=["taken_away"])
        audit.record("indicator.taken_away", self, by=by, year=self.goal.year)

    def _check_stands(self) -> None:
        if self.taken_away:
            raise ValidationError(_("The indicator is taken away."))

    def check_open(self, kind: str) -> None:
        if FollowUp.objects.closed(self.board, self.goal.year).filter(round__kind=kind).exists():
            raise ValidationError(_("The follow-up is handed in and is not changed."))

    @verb("indicator.noted", _("%(who)s noted a value of an indicator for %(year)s at %(board)s"))
    def note(self, kind: str, value: Decimal, *, by: Any) -> IndicatorValue:
        """The value of one round; noted again it is corrected, until the follow-up is handed in."""
        self._check_stands()
        self.check_open(kind)
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

    @property
    def board(self) -> Board:
        return self.indicator.board

    def check_open(self) -> None:
        self.indicator.check_open(self.kind)
