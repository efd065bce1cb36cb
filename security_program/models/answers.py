from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards.models.versioned import Versioned

if TYPE_CHECKING:
    from boards.models import Board

# What the chief has approved and the city office may read; kept in one place for chart and questions.
FILED_STATES = ("inlamnad", "granskas", "aterlamnad", "godkand", "last")


class AnswerQuerySet(models.QuerySet["Answer"]):
    def filed(self) -> AnswerQuerySet:
        return self.filter(follow_up__state__in=FILED_STATES)


class Answer(Versioned):
    """What an organisation says about one activity in one round: a status and a text."""

    class Status(models.TextChoices):
        ON_TRACK = "enligt-plan", _("Goes to plan")
        DELAYED = "forsenad", _("Delayed")
        DONE = "genomford", _("Done")
        STOPPED = "avbruten", _("Stopped")

    FIELDS = ("status", "text")
    # How each status looks (components/_tag).
    TAGS = {"enligt-plan": "ongoing", "forsenad": "late", "genomford": "done", "avbruten": "action"}

    follow_up = models.ForeignKey("security_program.FollowUp", models.PROTECT, related_name="answers")
    activity = models.ForeignKey("security_program.Activity", models.PROTECT, related_name="answers")
    # As the activity was worded when it was answered, so that a report reads the same afterwards.
    asked = models.CharField(max_length=300)
    status = models.CharField(_("Status"), max_length=12, choices=Status)
    text = models.CharField(_("What has happened"), max_length=1000)
    answered_by = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer about an activity")
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "activity"], name="one_answer_per_activity")
        ]

    def __str__(self) -> str:
        return self.asked

    @property
    def tag(self) -> str:
        return self.TAGS[self.status]

    def check_open(self) -> None:
        self.follow_up.check_open()

    @property
    def board(self) -> Board:
        return self.follow_up.board


class Picture(models.TextChoices):
    """The city's pictures that the organisations' T2 goes into."""

    RISKS = "risker", _("The picture of risks in the long term")
    ACCIDENTS = "olyckor", _("The picture of accidents")
    THREATS = "hot-och-vald", _("The picture of threats, violence and harassment")


class Situation(Versioned):
    """What each organisation says about risks, accidents, threats and violence in T2, answered once."""

    # Which picture each answer goes into, so that whoever writes sees where the text is read.
    FEEDS = {
        "risks": Picture.RISKS,
        "accidents": Picture.ACCIDENTS,
        "accidents_text": Picture.ACCIDENTS,
        "threats": Picture.THREATS,
        "threats_text": Picture.THREATS,
        "ahead": Picture.RISKS,
    }

    follow_up = models.OneToOneField("security_program.FollowUp", models.PROTECT, related_name="situation")
    risks = models.TextField(_("The largest risks just now"), max_length=1500)
    accidents = models.PositiveIntegerField(_("Accidents and near misses so far this year"))
    accidents_text = models.TextField(_("What the accidents were about"), max_length=1500, blank=True)
    threats = models.PositiveIntegerField(_("Cases of threats and violence so far this year"))
    threats_text = models.TextField(
        _("What the threats and the violence were about"), max_length=1500, blank=True
    )
    ahead = models.TextField(_("What you expect in the coming year"), max_length=1500, blank=True)
    answered_by = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("situation of a board")

    def __str__(self) -> str:
        return str(self.follow_up)

    @property
    def board(self) -> Board:
        return self.follow_up.board


class FollowUpStep(models.Model):
    """One step along the chart: who, when and, where it is sent back, why."""

    follow_up = models.ForeignKey("security_program.FollowUp", models.CASCADE, related_name="steps")
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    by = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    comment = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("step of a follow-up")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="sent_back_with_a_reason",
                condition=~Q(after__in=("aterlamnad", "oppen")) | ~Q(comment=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"

    @property
    def word(self) -> Any:
        states: Any = apps.get_model("security_program", "FollowUp").State
        return states(self.after).label


class Remark(models.Model):
    """What the city office asks the board to change, at the field it is about."""

    step = models.ForeignKey(FollowUpStep, models.CASCADE, related_name="remarks")
    answer = models.ForeignKey(Answer, models.CASCADE, null=True, related_name="remarks")
    field = models.CharField(max_length=20)
    text = models.CharField(_("Remark"), max_length=500)

    class Meta:
        verbose_name = _("remark")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class Supplement(models.Model):
    """Added to a follow-up that stands: dated, and nothing before it is changed."""

    follow_up = models.ForeignKey("security_program.FollowUp", models.PROTECT, related_name="supplements")
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, blank=True, verbose_name=_("Activity"), related_name="supplements"
    )
    text = models.CharField(_("Supplement"), max_length=1000)
    by = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("supplement")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
