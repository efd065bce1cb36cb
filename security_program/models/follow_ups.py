from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import access, audit
from boards.days import today
from boards.verbs import verb

from .activities import Activity
from .answers import FILED_STATES, Answer, FollowUpStep, Remark, Situation, Supplement
from .rounds import Round


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: Any) -> FollowUpQuerySet:
        """The board's own until the chief has approved it; the elected read it when the city office has."""
        if not user.is_authenticated:
            return self.none()
        own = Q(board__in=access.subquery(user, "view_internal"))
        filed = Q(board__in=access.subquery(user, "view_submitted"), state__in=FILED_STATES)
        settled = Q(board__in=access.subquery(user, "view_adopted"), state__in=FollowUp.SETTLED)
        return self.filter(own | filed | settled)

    def with_names(self) -> FollowUpQuerySet:
        return self.select_related("board", "round")

    def to_answer(self) -> FollowUpQuerySet:
        return self.filter(state__in=FollowUp.ANSWERED_IN)

    def opened(self) -> FollowUpQuerySet:
        return self.filter(round__opens_on__lte=today())

    def left_to_file(self) -> FollowUpQuerySet:
        """Those that wait for somebody at the board, its head included."""
        return self.filter(state__in=(*FollowUp.ANSWERED_IN, FollowUp.State.WITH_CHIEF))

    def closed(self, board: Any, year: int) -> FollowUpQuerySet:
        """A board's of one year that are handed in, so that nothing in them is changed."""
        return self.filter(board=board, round__year=year).exclude(state__in=FollowUp.ANSWERED_IN)


class FollowUp(models.Model):
    """One organisation's part of a round, from open to locked."""

    class State(models.TextChoices):
        OPEN = "oppen", _("Not handed in")
        WITH_CHIEF = "hos_chef", _("With the head")
        FILED = "inlamnad", _("Handed in")
        REVIEWED = "granskas", _("Being reviewed")
        RETURNED = "aterlamnad", _("Returned")
        APPROVED = "godkand", _("Approved")
        LOCKED = "last", _("Locked")

    CHART: dict[str, tuple[str, ...]] = {
        "oppen": ("hos_chef",),
        "hos_chef": ("inlamnad", "oppen"),
        "inlamnad": ("granskas",),
        "granskas": ("aterlamnad", "godkand"),
        "aterlamnad": ("hos_chef",),
        "godkand": ("last", "oppen"),
        "last": ("oppen",),
    }
    ANSWERED_IN = ("oppen", "aterlamnad")
    SETTLED = ("godkand", "last")

    round = models.ForeignKey(Round, models.PROTECT, related_name="follow_ups")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="follow_ups")
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.OPEN)
    filed_on = models.DateField(_("Handed in on"), null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        constraints = [
            models.UniqueConstraint(fields=["round", "board"], name="one_follow_up_a_round"),
            models.CheckConstraint(
                name="filed_on_a_day", condition=~Q(state__in=FILED_STATES) | Q(filed_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.round)

    def get_absolute_url(self) -> str:
        return reverse("follow_up_page", args=[self.board.slug, self.round.year, self.round.kind])

    @property
    def is_late(self) -> bool:
        return (self.filed_on or today()) > self.round.due_on

    @property
    def edition(self) -> int:
        """How many times it has been handed in to the city office."""
        return self.steps.filter(after=self.State.FILED).count()

    @property
    def can_be_answered(self) -> bool:
        return self.state in self.ANSWERED_IN

    @property
    def activities(self) -> models.QuerySet[Activity]:
        planned = Activity.objects.of(self.board, self.round.year)
        return planned.standing().select_related("goal__focus_area", "responsible").in_order()

    def unanswered(self) -> list[Activity]:
        said = self.answers.values("activity")
        return list(self.activities.exclude(pk__in=said))

    @property
    def lacks_situation(self) -> bool:
        return self.round.asks_for_situation and not Situation.objects.filter(follow_up=self).exists()

    def missing(self) -> list[str]:
        """What is left before it can be handed in, in words for a person."""
        left = [str(activity) for activity in self.unanswered()]
        return [*left, *([str(_("The situation form"))] if self.lacks_situation else [])]

    @property
    def last_return(self) -> FollowUpStep | None:
        return self.steps.filter(after=self.State.RETURNED).last()

    @property
    def remarks(self) -> models.QuerySet[Remark]:
        """Those of the last time it was returned."""
        last = self.last_return
        return Remark.objects.filter(step=last) if last else Remark.objects.none()

    @verb("follow_up.answered", _("%(who)s answered about an activity in %(round)s at %(board)s"))
    def answer(
        self, activity: Activity, *, by: Any, status: str, text: str, version: int | None = None
    ) -> Answer:
        self.check_open()
        if (activity.board.pk, activity.goal.year) != (self.board_id, self.round.year):
            raise ValidationError(_("The activity belongs to another board or year."))
        said = Answer.objects.filter(follow_up=self, activity=activity).first()
        row = said or Answer(follow_up=self, activity=activity)
        row.expect(version)
        facts: dict[str, Any] = {"status": status, "text": text.strip(), "asked": activity.what}
        facts |= {"answered_by": by, "answered_at": timezone.now()}
        _save(row, facts, version)
        audit.record("follow_up.answered", self, by=by, round=str(self.round), activity=activity.pk)
        return row

    @verb("follow_up.situation", _("%(who)s answered the situation form of %(round)s at %(board)s"))
    def describe(self, *, by: Any, version: int | None = None, **facts: Any) -> Situation:
        self.check_open()
        if not self.round.asks_for_situation:
            raise ValidationError(_("This round does not ask for the situation."))
        row = Situation.objects.filter(follow_up=self).first() or Situation(follow_up=self)
        row.expect(version)
        _save(row, {**facts, "answered_by": by, "answered_at": timezone.now()}, version)
        audit.record("follow_up.situation", self, by=by, round=str(self.round))
        return row

    @verb("follow_up.to_chief", _("%(who)s handed %(round)s to the head at %(board)s"))
    def hand_to_chief(self, *, by: Any) -> None:
        if left := self.missing():
            raise ValidationError(_("This is left: %(left)s."), params={"left": "; ".join(left)})
        self._step(self.State.WITH_CHIEF, by=by)
        audit.record("follow_up.to_chief", self, by=by, round=str(self.round))

    @verb("follow_up.from_chief", _("%(who)s gave %(round)s back to be changed at %(board)s"))
    def give_back(self, *, by: Any, comment: str) -> None:
        """The head wants something changed before it leaves the board."""
        if self.state != self.State.WITH_CHIEF:
            raise ValidationError(_("That cannot be done as the follow-up stands now."))
        self._step(self.State.OPEN, by=by, comment=_said(comment))
        audit.record("follow_up.from_chief", self, by=by, round=str(self.round))

    @verb("follow_up.filed", _("%(who)s approved and handed in %(round)s for %(board)s"))
    def file(self, *, by: Any) -> None:
        """The head's approval. Whoever prepared it does not approve it too; late is late and is handed in."""
        last = self.steps.last()
        if last and last.by_id == by.pk and last.after == self.State.WITH_CHIEF:
            raise ValidationError(_("Somebody else than the one who prepared it approves it."))
        self._step(self.State.FILED, by=by, filed_on=self.filed_on or today())
        audit.record("follow_up.filed", self, by=by, round=str(self.round), late=self.is_late)

    @verb("follow_up.taken_up", _("%(who)s began to review %(round)s from %(board)s"))
    def take_up(self, *, by: Any) -> None:
        self._step(self.State.REVIEWED, by=by)
        audit.record("follow_up.taken_up", self, by=by, round=str(self.round))

    @verb("follow_up.returned", _("%(who)s returned %(round)s to %(board)s with %(remarks)s remarks"))
    def send_back(
        self, *, by: Any, comment: str, remarks: Sequence[tuple[Answer | None, str, str]] = ()
    ) -> None:
        step = self._step(self.State.RETURNED, by=by, comment=_said(comment))
        made = [Remark(step=step, answer=answer, field=field, text=text) for answer, field, text in remarks]
        Remark.objects.bulk_create(made)
        audit.record("follow_up.returned", self, by=by, round=str(self.round), remarks=len(made))

    @verb("follow_up.approved", _("%(who)s approved %(round)s from %(board)s"))
    def approve(self, *, by: Any) -> None:
        self._step(self.State.APPROVED, by=by)
        audit.record("follow_up.approved", self, by=by, round=str(self.round))

    @verb("follow_up.reopened", _("%(who)s opened %(round)s again for %(board)s"))
    def reopen(self, *, by: Any, reason: str) -> None:
        """Only the city office opens what is closed, and says why."""
        if self.state not in self.SETTLED:
            raise ValidationError(_("That cannot be done as the follow-up stands now."))
        self._step(self.State.OPEN, by=by, comment=_said(reason))
        audit.record("follow_up.reopened", self, by=by, round=str(self.round))

    @verb("follow_up.supplemented", _("%(who)s added a supplement to %(round)s at %(board)s"))
    def supplement(self, *, by: Any, text: str, answer: Answer | None = None) -> Supplement:
        """What turned out to be wrong is said beside what stands, with its day."""
        if self.state not in self.SETTLED:
            raise ValidationError(_("A supplement is added when the follow-up is approved."))
        added = Supplement(follow_up=self, answer=answer, text=text.strip(), by=by)
        added.full_clean()
        if answer and answer.follow_up_id != self.pk:
            raise ValidationError(_("The activity belongs to another board or year."))
        added.save()
        audit.record("follow_up.supplemented", self, by=by, round=str(self.round))
        return added

    def last_answers(self) -> dict[int, Answer]:
        """What was last said about each activity, this year before or the year it was copied from."""
        rows = Answer.objects.filter(follow_up__round__due_on__lt=self.round.due_on).filter(
            Q(activity__in=self.activities) | Q(activity__copies__in=self.activities)
        )
        own = {activity.came_from_id: activity.pk for activity in self.activities if activity.came_from_id}
        ordered = rows.select_related("follow_up__round").order_by("follow_up__round__due_on")
        return {own.get(row.activity_id, row.activity_id): row for row in ordered}

    def check_open(self) -> None:
        if not self.can_be_answered:
            raise ValidationError(_("The follow-up is handed in and is not changed."))

    def _step(self, to: str, *, by: Any, comment: str = "", filed_on: date | None = None) -> FollowUpStep:
        before = self.state
        if to not in self.CHART[before]:
            raise ValidationError(_("That cannot be done as the follow-up stands now."))
        facts: dict[str, Any] = {"state": to, **({"filed_on": filed_on} if filed_on else {})}
        if FollowUp.objects.filter(pk=self.pk, state=before).update(**facts) != 1:
            raise ValidationError(_("Somebody has already done this."))
        for name, value in facts.items():
            setattr(self, name, value)
        return FollowUpStep.objects.create(follow_up=self, before=before, after=to, by=by, comment=comment)


def _save(row: Answer | Situation, facts: dict[str, Any], version: int | None) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    row.full_clean()
    if row.pk:
        row.save_over(version, list(facts))
    else:
        row.save()


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError(_("Write why, so that the board knows what to do."))
    return reason.strip()
