from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.models import Board
from boards.models.versioned import Versioned
from boards.verbs import verb

from .goals import FocusArea, Goal
from .planned import Mark, changed_by, readable


class BoardGoalQuerySet(models.QuerySet["BoardGoal"]):
    def visible_to(self, user: Any) -> BoardGoalQuerySet:
        return self.filter(readable(user))

    def of(self, board: Board, year: int) -> BoardGoalQuerySet:
        return self.filter(board=board, year=year)

    def standing(self) -> BoardGoalQuerySet:
        """Without those taken away and those that turned out to be the same as another."""
        return self.filter(same_as__isnull=True, taken_away="")

    def to_sort(self) -> BoardGoalQuerySet:
        """Inherited from several boards: somebody says which are the same."""
        return self.standing().filter(is_sorted=False)

    def in_order(self) -> BoardGoalQuerySet:
        return self.order_by(F("focus_area__order"), "pk")


class BoardGoalManager(models.Manager.from_queryset(BoardGoalQuerySet)):  # type: ignore[misc]
    @verb("goal.set", _("%(who)s wrote a goal for %(year)s at %(board)s"))
    def plan(self, board: Board, year: int, *, by: Any, **facts: Any) -> BoardGoal:
        goal = self.model(board=board, year=year, **facts)
        goal.full_clean()
        goal.save()
        audit.record("goal.set", goal, by=by, year=year, area=goal.focus_area.slug)
        return goal


class BoardGoal(Versioned):
    """A goal that an organisation has set itself for a year, under a focus area of the programme."""

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="board_goals")
    year = models.PositiveSmallIntegerField(_("Year"))
    focus_area = models.ForeignKey(FocusArea, models.PROTECT, verbose_name=_("Focus area"), related_name="+")
    programme_goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, verbose_name=_("Goal of the programme"), related_name="+"
    )
    text = models.CharField(_("Goal"), max_length=300)
    came_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    mark = models.CharField(max_length=12, choices=Mark, default=Mark.NEW)
    is_sorted = models.BooleanField(default=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    taken_away = models.CharField(_("Why it is taken away"), max_length=200, blank=True)
    # Its number in the city's ordinary steering system, where it has one.
    steering_id = models.CharField(_("Number in the steering system"), max_length=60, blank=True)

    objects = BoardGoalManager()

    class Meta:
        verbose_name = _("goal of a board")
        indexes = [models.Index(fields=["board", "year"])]
        constraints = [
            models.CheckConstraint(name="goal_not_same_as_itself", condition=~Q(same_as=F("pk"))),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("board_plan", args=[self.board.slug, self.year])

    @property
    def is_standing(self) -> bool:
        return self.same_as_id is None and not self.taken_away

    def clean(self) -> None:
        goal = self.programme_goal
        if goal and goal.focus_area_id not in (None, self.focus_area_id):
            raise ValidationError({"programme_goal": _("That goal belongs to another focus area.")})

    @verb("goal.corrected", _("%(who)s changed %(fields)s of a goal at %(board)s"))
    def correct(self, *, by: Any, version: int | None = None, **changes: Any) -> None:
        self.expect(version)
        self._check_stands()
        if changed := changed_by(self, changes):
            self.mark = Mark.CHANGED if self.came_from_id else self.mark
            self.save_over(version, [*changed, "mark"])
            audit.record("goal.corrected", self, by=by, year=self.year, changed=changed)

    @verb("goal.taken_away", _("%(who)s took away a goal for %(year)s at %(board)s"))
    def take_away(self, *, by: Any, reason: str) -> None:
        """It stays to be read; what was said about it in a follow-up stands."""
        self._check_stands()
        if not reason.strip():
            raise ValidationError({"reason": _("Write why the goal is taken away.")})
        self.taken_away = reason.strip()
        self.save_over(None, ["taken_away"])
        audit.record("goal.taken_away", self, by=by, year=self.year)

    @verb("goal.merged", _("%(who)s noted that two inherited goals for %(year)s are the same at %(board)s"))
    def merge_into(self, other: BoardGoal, *, by: Any) -> None:
        """Its activities and indicators go on under the other goal."""
        self._check_stands()
        if (other.board_id, other.year) != (self.board_id, self.year) or other.pk == self.pk:
            raise ValidationError(_("Choose another goal of the same board and year."))
        other._check_stands()
        self.activities.update(goal=other)
        self.indicators.update(goal=other)
        self.same_as, self.is_sorted = other, True
        self.save_over(None, ["same_as", "is_sorted"])
        audit.record("goal.merged", self, by=by, year=self.year, into=other.pk)

    @verb("goal.kept", _("%(who)s kept an inherited goal for %(year)s at %(board)s"))
    def keep(self, *, by: Any) -> None:
        """It is no duplicate of any other."""
        if BoardGoal.objects.to_sort().filter(pk=self.pk).update(is_sorted=True) != 1:
            raise ValidationError(_("Somebody has already done this."))
        self.refresh_from_db()
        audit.record("goal.kept", self, by=by, year=self.year)

    def _check_stands(self) -> None:
        if not self.is_standing:
            raise ValidationError(_("The goal is taken away, or is the same as another."))


class NotRelevantQuerySet(models.QuerySet["NotRelevant"]):
    def visible_to(self, user: Any) -> NotRelevantQuerySet:
        return self.filter(readable(user))


class NotRelevantManager(models.Manager.from_queryset(NotRelevantQuerySet)):  # type: ignore[misc]
    @verb("area.not_relevant", _("%(who)s wrote why a focus area is not relevant %(year)s at %(board)s"))
    def state(self, board: Board, year: int, *, by: Any, focus_area: FocusArea, reason: str) -> NotRelevant:
        if BoardGoal.objects.of(board, year).standing().filter(focus_area=focus_area).exists():
            raise ValidationError(_("There is a goal for that focus area already."))
        said = self.model(board=board, year=year, focus_area=focus_area, reason=reason.strip(), stated_by=by)
        said.full_clean()
        said.save()
        audit.record("area.not_relevant", said, by=by, year=year, area=focus_area.slug)
        return said


class NotRelevant(models.Model):
    """Why a focus area has no goal with an organisation that year, in its own words."""

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    focus_area = models.ForeignKey(FocusArea, models.PROTECT, related_name="+")
    reason = models.CharField(_("Why it is not relevant"), max_length=500)
    stated_by = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NotRelevantManager()

    class Meta:
        verbose_name = _("not relevant")
        constraints = [
            models.UniqueConstraint(
                fields=["board", "year", "focus_area"],
                name="not_relevant_once",
                violation_error_message=_("It is written already why the focus area is not relevant."),
            )
        ]

    def __str__(self) -> str:
        return self.reason

    def get_absolute_url(self) -> str:
        return reverse("board_plan", args=[self.board.slug, self.year])

    @verb(
        "area.reason_corrected",
        _("%(who)s changed the reason why a focus area is not relevant %(year)s at %(board)s"),
    )
    def correct(self, *, by: Any, reason: str) -> None:
        """Whoever writes it last stands for it."""
        if changed := changed_by(self, {"reason": reason.strip()}):
            self.stated_by, self.stated_at = by, timezone.now()
            self.save(update_fields=["reason", "stated_by", "stated_at"])
            audit.record(
                "area.reason_corrected",
                self,
                by=by,
                year=self.year,
                area=self.focus_area.slug,
                changed=changed,
            )
