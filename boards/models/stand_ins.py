from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import audit, letters, mandates
from ..days import Dated, DatedQuerySet, ends_after_it_starts
from ..verbs import verb
from .boards import Board

if TYPE_CHECKING:
    from .people import User


class StandIn(Dated):
    """Who acts in somebody's offices while they are away, chosen by the person themselves."""

    person = models.ForeignKey("boards.User", models.PROTECT, related_name="stand_ins")
    deputy = models.ForeignKey("boards.User", models.PROTECT, related_name="standing_in_for")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts("stand_in_ends_after_it_starts"),
            models.CheckConstraint(name="nobody_stands_in_for_themselves", condition=~Q(person=F("deputy"))),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} → {self.person}"

    def ask_approval(self) -> list[StandInOffice]:
        """One question for each office that opens protected facts; the others follow by themselves."""
        held = self.person.office_holdings.confirmed().overlapping(self.valid_from, self.valid_to)
        guarded = held.filter(office__type__code__in=mandates.NEED_APPROVAL)
        offices = guarded.order_by().values_list("office", flat=True).distinct()
        return StandInOffice.objects.bulk_create(
            StandInOffice(stand_in=self, office_id=office) for office in offices
        )


def acts_for_the_holder(deputy: User | int, day: date) -> Q:
    """A condition on OfficeHolder: the deputy acts in the office, which was approved where that is demanded."""
    away = StandIn.objects.on(day).filter(person=OuterRef("person"), deputy=deputy)
    approved = away.filter(offices__office=OuterRef("office"), offices__confirmed_at__isnull=False)
    return Exists(approved) | (Q(Exists(away)) & ~Q(office__type__code__in=mandates.NEED_APPROVAL))


class StandInOfficeQuerySet(models.QuerySet["StandInOffice"]):
    def awaiting_approval(self) -> StandInOfficeQuerySet:
        return self.filter(confirmed_at__isnull=True, refused_at__isnull=True)

    def with_names(self) -> StandInOfficeQuerySet:
        return self.select_related(
            "stand_in__person", "stand_in__deputy", "office__type", "office__board", "confirmed_by"
        )

    def visible_to(self, user: Any) -> StandInOfficeQuerySet:
        """The two it is about and those who appoint at the board."""
        if not user.is_authenticated:
            return self.none()
        parties = Q(stand_in__person=user) | Q(stand_in__deputy=user)
        return self.filter(parties | Q(office__board__in=Board.objects.where(user, "manage_offices")))


class StandInOffice(models.Model):
    """An office that opens protected facts, which the deputy acts in once a second person has approved it."""

    stand_in = models.ForeignKey(StandIn, models.CASCADE, related_name="offices")
    office = models.ForeignKey("boards.Office", models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = StandInOfficeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stand_in", "office"], name="one_question_per_office"),
            models.CheckConstraint(
                name="approved_or_refused",
                condition=Q(confirmed_at__isnull=True) | Q(refused_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stand_in}: {self.office}"

    @property
    def board(self) -> Board:
        return self.office.board

    @property
    def awaits_approval(self) -> bool:
        return self.confirmed_at is None and self.refused_at is None

    @property
    def state(self) -> Any:
        if self.refused_at:
            return _("Not approved")
        return _("Waits for approval") if self.awaits_approval else _("Approved")

    @property
    def status(self) -> str:
        return "action" if self.refused_at else "ongoing" if self.awaits_approval else "done"

    def concerns(self, user: Any) -> bool:
        return user.pk in (self.stand_in.person_id, self.stand_in.deputy_id)

    def may_be_decided_by(self, user: Any) -> bool:
        """A second person who appoints to the office: neither the one who is away nor the deputy."""
        return self.awaits_approval and not self.concerns(user) and self.office.is_managed_by(user)

    @verb(
        "stand_in.approved",
        _("%(who)s approved that %(deputy)s stands in for %(person)s: %(office)s, %(board)s"),
    )
    def approve(self, *, by: User) -> None:
        self._decide(by, confirmed_at=timezone.now(), confirmed_by=by)
        audit.record("stand_in.approved", self, by=by, **self._facts())

    @verb(
        "stand_in.refused",
        _("%(who)s did not approve that %(deputy)s stands in for %(person)s: %(office)s, %(board)s"),
    )
    def refuse(self, *, by: User) -> None:
        self._decide(by, refused_at=timezone.now())
        audit.record("stand_in.refused", self, by=by, **self._facts())

    def _decide(self, by: User, **decision: Any) -> None:
        if self.concerns(by):
            raise ValidationError(_("Somebody other than the two of you approves the deputy."))
        waiting = StandInOffice.objects.awaiting_approval().filter(pk=self.pk)
        if waiting.update(**decision) != 1:
            raise ValidationError(_("Somebody has already decided on this."))
        self.refresh_from_db()
        absent, deputy = self.stand_in.person, self.stand_in.deputy
        for reader in (absent, deputy):
            letters.send("stand_in_decided", reader, absent=absent, deputy=deputy, answer=self)

    def _facts(self) -> dict[str, Any]:
        absence = self.stand_in
        return {
            "office": self.office.type.code,
            "person": absence.person_id,
            "deputy": absence.deputy_id,
        }
