from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.days import today
from boards.models import Board
from boards.verbs import bulk_verb

from .calendar import CalendarRule

if TYPE_CHECKING:
    from .follow_ups import FollowUp


class RoundManager(models.Manager["Round"]):
    def visible_to(self, user: Any) -> models.QuerySet[Round]:
        """When the city follows up is open to whoever is signed in."""
        return self.all() if user.is_authenticated else self.none()

    @bulk_verb("round.opened", _("The follow-up %(kind)s %(year)s was opened for %(about)s"))
    def open(self, year: int, kind: str, *, by: Any, opens_on: date | None = None) -> Round:
        """Asks every organisation that exists on the day it is due. The dates stand from now on."""
        if self.filter(year=year, kind=kind).exists():
            raise ValidationError(_("The round is open already."))
        due_on = due_day(year, kind)
        new = self.create(year=year, kind=kind, opens_on=min(opens_on or today(), due_on), due_on=due_on)
        follow_up = apps.get_model("security_program", "FollowUp")
        asked = [
            follow_up(round=new, board=board) for board in Board.objects.on(due_on).bound().order_by("pk")
        ]
        made = follow_up.objects.bulk_create(asked, batch_size=200)
        audit.record_many("round.opened", made, by=by, year=year, kind=kind, due_on=due_on)
        return new

    def newest(self) -> Round | None:
        return self.order_by("-due_on", "-pk").first()


class Round(models.Model):
    """One of the year's three follow-ups. Its dates come from the city's calendar the day it opens."""

    class Kind(models.TextChoices):
        T1 = "t1", _("T1")
        T2 = "t2", _("T2")
        ANNUAL = "vb", _("Annual account")

    # The rule in the calendar that says when it is due, and how many years after its own.
    RULES = {"t1": ("tertial-1", 0), "t2": ("tertial-2", 0), "vb": ("verksamhetsberattelse", 1)}

    year = models.PositiveSmallIntegerField(_("Year"))
    kind = models.CharField(_("Round"), max_length=2, choices=Kind)
    opens_on = models.DateField(_("Opens on"))
    due_on = models.DateField(_("Due on"))

    objects = RoundManager()

    class Meta:
        verbose_name = _("round of follow-up")
        constraints = [
            models.UniqueConstraint(fields=["year", "kind"], name="one_round_of_each_kind_a_year"),
            models.CheckConstraint(
                name="a_round_opens_before_due", condition=Q(opens_on__lte=models.F("due_on"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"

    @property
    def heading(self) -> str:
        """What the follow-up in it is called, as a page's heading."""
        if self.kind == self.Kind.ANNUAL:
            return gettext("Follow-up in the annual account %(year)s") % {"year": self.year}
        return gettext("Follow-up %(round)s") % {"round": self}

    def get_absolute_url(self) -> str:
        return reverse("round_page", args=[self.year, self.kind])

    @property
    def asks_for_situation(self) -> bool:
        return self.kind == self.Kind.T2

    @bulk_verb("round.locked", _("The approved follow-ups %(kind)s %(year)s were locked"))
    def lock(self, *, by: Any) -> int:
        """Closes the period for all that are approved."""
        states = apps.get_model("security_program", "FollowUp").State
        approved: list[FollowUp] = list(
            self.follow_ups.filter(state=states.APPROVED).select_for_update().select_related("board")
        )
        if not approved:
            raise ValidationError(_("No follow-up is approved and waits to be locked."))
        self.follow_ups.filter(pk__in=[each.pk for each in approved]).update(state=states.LOCKED)
        steps = apps.get_model("security_program", "FollowUpStep")
        steps.objects.bulk_create(
            steps(follow_up=each, before=states.APPROVED, after=states.LOCKED, by=by) for each in approved
        )
        audit.record_many("round.locked", approved, by=by, year=self.year, kind=self.kind)
        return len(approved)


def due_day(year: int, kind: str) -> date:
    """By the calendar as it stands today; on a day that is not worked it is the working day before."""
    code, later = Round.RULES[kind]
    rule = CalendarRule.objects.filter(code=code).first()
    day = rule.on(year + later) if rule else None
    if day is None:
        raise ValidationError(_("The calendar has no date for the round."))
    return day
