from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .boards import Board


class CouncilMeetingQuerySet(models.QuerySet["CouncilMeeting"]):
    def visible_to(self, user: Any) -> CouncilMeetingQuerySet:
        """Meeting notes are internal to the board that holds the council."""
        return self.filter(board__in=Board.objects.where(user, "view_internal"))

    def latest_first(self) -> CouncilMeetingQuerySet:
        return self.order_by("-held_on", "-pk")


class CouncilMeeting(models.Model):
    """A meeting of the security council, a board's local risk council or the coordinators' network."""

    class Kind(models.TextChoices):
        SECURITY_COUNCIL = "sakerhetsrad", _("Security council")
        LOCAL_COUNCIL = "lokalt_riskhanteringsrad", _("Local risk management council")
        NETWORK = "natverksmote", _("Network meeting")

    board = models.ForeignKey(Board, models.PROTECT, related_name="council_meetings")
    kind = models.CharField(_("Kind"), max_length=30, choices=Kind)
    held_on = models.DateField(_("Date"))
    agenda = models.TextField(_("Agenda"), blank=True)

    objects = CouncilMeetingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["board", "-held_on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on}"


class MeetingDecision(models.Model):
    meeting = models.ForeignKey(CouncilMeeting, models.CASCADE, related_name="decisions")
    text = models.CharField(_("Decision"), max_length=500)
    responsible = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("Done by"), null=True, blank=True)
    done_on = models.DateField(_("Done"), null=True, blank=True)

    def __str__(self) -> str:
        return self.text
