from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..days import today
from ..verbs import verb
from .boards import Board
from .discardable import Discardable, DiscardableQuerySet, KeptRows
from .versioned import Versioned

if TYPE_CHECKING:
    from .people import User


class CouncilMeetingQuerySet(DiscardableQuerySet):
    def visible_to(self, user: Any) -> CouncilMeetingQuerySet:
        """Notes are internal to the board; those of the network are read by everyone who keeps such meetings."""
        internal = Q(board__in=Board.objects.where(user, "view_internal").values("pk"))
        keeping = Board.objects.where(user, "hold_meetings")
        network = Q(kind=CouncilMeeting.Kind.NETWORK) & Exists(keeping)
        return self.filter(internal | Q(board__in=keeping.values("pk")) | network)

    def in_the_bin_of(self, user: Any) -> CouncilMeetingQuerySet:
        keeping = Board.objects.where(user, "hold_meetings")
        rows = self.discarded().filter(board__in=keeping.values("pk"))
        return rows.select_related("board", "discarded_by")

    def with_decisions(self) -> CouncilMeetingQuerySet:
        decided = Count("decisions")
        return self.annotate(decided=decided, left=decided - Count("decisions__done_on"))

    def of_local_council(self, *, since: date, until: date) -> CouncilMeetingQuerySet:
        return self.filter(kind=CouncilMeeting.Kind.LOCAL_COUNCIL, held_on__range=(since, until))

    def latest_first(self) -> CouncilMeetingQuerySet:
        return self.order_by("-held_on", "-pk")


class CouncilMeetingManager(models.Manager.from_queryset(CouncilMeetingQuerySet)):  # type: ignore[misc]
    @verb("meeting.held", _("%(who)s noted the meeting of %(held_on)s at %(board)s"))
    def hold(
        self, board: Board, *, by: User | None, kind: str, held_on: date, agenda: str = ""
    ) -> CouncilMeeting:
        meeting = self.model(board=board, kind=kind, held_on=held_on, agenda=agenda)
        meeting.full_clean()
        meeting.save()
        audit.record("meeting.held", meeting, by=by, kind=kind, held_on=held_on)
        return meeting


class KeptMeetings(KeptRows, CouncilMeetingManager):
    pass


class CouncilMeeting(Discardable, Versioned):
    """A meeting of the security council, a board's local risk council or the coordinators' network."""

    noun = "meeting"

    class Kind(models.TextChoices):
        SECURITY_COUNCIL = "sakerhetsrad", _("Security council")
        LOCAL_COUNCIL = "lokalt_riskhanteringsrad", _("Local risk management council")
        NETWORK = "natverksmote", _("Network meeting")

    board = models.ForeignKey(Board, models.PROTECT, related_name="council_meetings")
    kind = models.CharField(_("Kind"), max_length=30, choices=Kind)
    held_on = models.DateField(_("Date"))
    agenda = models.TextField(_("Agenda"), blank=True)

    objects = KeptMeetings()
    with_discarded = CouncilMeetingManager()

    class Meta:
        base_manager_name = "with_discarded"
        indexes = [models.Index(fields=["board", "-held_on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on}"

    def get_absolute_url(self) -> str:
        return reverse("council_page", args=[self.board.slug, self.pk])

    @property
    def title(self) -> str:
        return str(self)

    @verb("meeting.corrected", _("%(who)s changed %(fields)s of a meeting at %(board)s"))
    def correct(self, *, by: User, version: int | None = None, **changes: Any) -> None:
        self.expect(version)
        before = {field: getattr(self, field) for field in changes}
        changed = {
            field: [before[field], value] for field, value in changes.items() if before[field] != value
        }
        for field, value in changes.items():
            setattr(self, field, value)
        self.full_clean()
        if changed:
            self.save_over(version, changed)
            audit.record("meeting.corrected", self, by=by, changed=changed)

    @verb("meeting.decided", _("%(who)s noted a decision of a meeting at %(board)s"))
    def decide(
        self, text: str, *, by: User, responsible: User | None = None, due_on: date | None = None
    ) -> MeetingDecision:
        decision = MeetingDecision(meeting=self, text=text, responsible=responsible, due_on=due_on)
        decision.full_clean()
        decision.save()
        audit.record("meeting.decided", self, by=by, decision=decision.pk, due_on=due_on)
        return decision


class MeetingDecisionQuerySet(models.QuerySet["MeetingDecision"]):
    def visible_to(self, user: Any) -> MeetingDecisionQuerySet:
        return self.filter(meeting__in=CouncilMeeting.objects.visible_to(user).values("pk"))

    def open(self) -> MeetingDecisionQuerySet:
        return self.filter(done_on__isnull=True)

    def in_order(self) -> MeetingDecisionQuerySet:
        return self.order_by("pk")


class MeetingDecision(models.Model):
    meeting = models.ForeignKey(CouncilMeeting, models.CASCADE, related_name="decisions")
    text = models.CharField(_("Decision"), max_length=500)
    responsible = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("Done by"), null=True, blank=True)
    done_on = models.DateField(_("Done"), null=True, blank=True)

    objects = MeetingDecisionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text

    @property
    def board(self) -> Board:
        return self.meeting.board

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on is not None and self.due_on < today()

    @verb("meeting.decision_done", _("%(who)s marked a decision at %(board)s as done"))
    def mark_done(self, *, by: User) -> None:
        if MeetingDecision.objects.open().filter(pk=self.pk).update(done_on=today()) != 1:
            raise ValidationError(_("The decision is already marked as done."))
        self.refresh_from_db(fields=["done_on"])
        audit.record("meeting.decision_done", self, by=by, decision=self.pk)
