from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.models import Board
from boards.models.versioned import Versioned
from boards.verbs import verb

from .answers import Answer
from .board_goals import BoardGoal
from .planned import Mark, changed_by, readable


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: Any) -> ActivityQuerySet:
        return self.filter(readable(user, "goal__board"))

    def of(self, board: Board, year: int) -> ActivityQuerySet:
        return self.filter(goal__board=board, goal__year=year)

    def standing(self) -> ActivityQuerySet:
        return self.filter(taken_away="", goal__taken_away="", goal__same_as__isnull=True)

    def with_status(self) -> ActivityQuerySet:
        """What was last said about each in a follow-up that the chief has approved; never typed elsewhere."""
        last = Answer.objects.filed().filter(activity=OuterRef("pk")).order_by("-pk")
        return self.annotate(status=Subquery(last.values("status")[:1]))

    def left_to_do(self) -> ActivityQuerySet:
        """Standing, and neither done nor stopped by what was last said of them."""
        over = Q(status__in=(Answer.Status.DONE, Answer.Status.STOPPED))
        return self.standing().with_status().filter(Q(status__isnull=True) | ~over)

    def in_order(self) -> ActivityQuerySet:
        return self.order_by(F("goal__focus_area__order"), "goal", "pk")


class ActivityManager(models.Manager.from_queryset(ActivityQuerySet)):  # type: ignore[misc]
    @verb("activity.planned", _("%(who)s planned an activity for %(year)s at %(board)s"))
    def plan(self, goal: BoardGoal, *, by: Any, **facts: Any) -> Activity:
        if not goal.is_standing:
            raise ValidationError(_("The goal is taken away, or is the same as another."))
        decision = facts.get("from_decision")
        if decision and self.standing().filter(from_decision=decision).exists():
            raise ValidationError(_("The decision is an activity in the plan already."))
        activity = self.model(goal=goal, **facts)
        activity.full_clean()
        activity.save()
        audit.record("activity.planned", activity, by=by, year=goal.year)
        return activity


class Activity(Versioned):
    """What an organisation does in a year to reach one of its goals."""

    goal = models.ForeignKey(BoardGoal, models.PROTECT, related_name="activities")
    what = models.CharField(_("Activity"), max_length=300)
    responsible = models.ForeignKey(
        "boards.User", models.PROTECT, null=True, blank=True, verbose_name=_("Responsible"), related_name="+"
    )
    due_on = models.DateField(_("Done by"), null=True, blank=True)
    came_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    # What a council decided, where it became an activity. The activity stays when the meeting is gone.
    from_decision = models.ForeignKey(
        "boards.MeetingDecision", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    mark = models.CharField(max_length=12, choices=Mark, default=Mark.NEW)
    taken_away = models.CharField(_("Why it is taken away"), max_length=200, blank=True)
    # Its number in the city's ordinary steering system, where it has one.
    steering_id = models.CharField(_("Number in the steering system"), max_length=60, blank=True)

    objects = ActivityManager()

    class Meta:
        verbose_name = _("activity")
        constraints = [
            models.CheckConstraint(
                name="a_new_activity_came_from_none", condition=~Q(mark="ny") | Q(came_from__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("board_plan", args=[self.board.slug, self.goal.year])

    @property
    def board(self) -> Board:
        return self.goal.board

    @property
    def status_word(self) -> Any:
        """Of rows asked for with their status."""
        status = getattr(self, "status", None)
        return Answer.Status(status).label if status else ""

    @verb("activity.corrected", _("%(who)s changed %(fields)s of an activity at %(board)s"))
    def correct(self, *, by: Any, version: int | None = None, **changes: Any) -> None:
        """What has been said about it in a follow-up keeps the words that were asked about."""
        self.expect(version)
        if changed := changed_by(self, changes):
            self.mark = Mark.CHANGED if self.came_from_id else self.mark
            self.save_over(version, [*changed, "mark"])
            audit.record("activity.corrected", self, by=by, year=self.goal.year, changed=changed)

    @verb("activity.taken_away", _("%(who)s took away an activity for %(year)s at %(board)s"))
    def take_away(self, *, by: Any, reason: str) -> None:
        if not reason.strip():
            raise ValidationError({"reason": _("Write why the activity is taken away.")})
        standing = Activity.objects.filter(pk=self.pk, taken_away="")
        if standing.update(taken_away=reason.strip()) != 1:
            raise ValidationError(_("Somebody has already done this."))
        self.refresh_from_db()
        audit.record("activity.taken_away", self, by=by, year=self.goal.year)
