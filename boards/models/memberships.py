from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from .. import audit, mandates
from ..days import Dated, DatedQuerySet, ends_after_it_starts
from ..verbs import verb
from .boards import Board
from .offices import Office

if TYPE_CHECKING:
    from .people import User


class MembershipQuerySet(DatedQuerySet):
    def visible_to(self, user: Any) -> MembershipQuerySet:
        """Who is elected is public."""
        return self.all() if user.is_authenticated else self.none()

    def by_rank(self) -> MembershipQuerySet:
        place = [When(role=role, then=Value(place)) for place, role in enumerate(Membership.Role)]
        return self.annotate(rank=Case(*place, default=Value(9)))


class MembershipManager(models.Manager.from_queryset(MembershipQuerySet)):  # type: ignore[misc]
    @verb("member.seated", _("%(who)s entered %(person)s as an elected member of %(board)s"))
    def seat(
        self, person: User, at: Board, *, by: Any, role: str, valid_from: date, valid_to: date | None = None
    ) -> Membership:
        """An elected member takes a seat; what members read follows with it."""
        seat = self.model(person=person, board=at, role=role, valid_from=valid_from, valid_to=valid_to)
        seat.full_clean()
        seat.save()
        Office.objects.of(at, mandates.MEMBER)
        audit.record("member.seated", seat, by=by, person=person.pk, role=role)
        return seat


class Membership(Dated):
    """An elected member's seat; one person may sit on two boards. Party stands nowhere on the person."""

    class Role(models.TextChoices):
        CHAIR = "ordforande", _("Chair")
        VICE = "vice_ordforande", _("Vice chair")
        MEMBER = "ledamot", _("Member")
        SUBSTITUTE = "ersattare", _("Substitute member")

    person = models.ForeignKey("boards.User", models.PROTECT, related_name="memberships")
    board = models.ForeignKey(Board, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=Role, default=Role.MEMBER)

    objects = MembershipManager()

    class Meta:
        constraints = [
            ends_after_it_starts("membership_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["person", "board", "valid_from"], name="one_seat_per_person_and_board"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}, {self.board}"

    def clean(self) -> None:
        if self.person_id and self.board_id and self._other_seats().exists():
            raise ValidationError(_("The person already sits on the board on some of those days."))

    def _other_seats(self) -> models.QuerySet[Membership]:
        seats = Membership.objects.overlapping(self.valid_from, self.valid_to)
        return seats.filter(person=self.person, board=self.board).exclude(pk=self.pk)

    @verb("member.left", _("%(who)s entered %(last_day)s as the last day of %(person)s in %(board)s"))
    def end(self, *, by: Any, last_day: date) -> None:
        self.valid_to = last_day
        self.validate_constraints()
        self.save(update_fields=["valid_to"])
        audit.record("member.left", self, by=by, person=self.person_id, last_day=last_day)
