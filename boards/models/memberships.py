from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from .. import audit, mandates, rules
from ..days import Dated, DatedQuerySet, ends_after_it_starts
from ..verbs import bulk_verb, verb
from .boards import Board
from .office_types import OfficeType
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

    @bulk_verb("members.left", _("%(who)s entered last days of %(count)s seats at %(board)s"))
    def end_each(self, days: Mapping[Membership, date], *, by: Any) -> None:
        """What `end` does to one, to all of them."""
        rules.give_last_days(days)
        audit.record_many("members.left", days, by=by)

    @bulk_verb("members.taken_back", _("%(who)s undid an import's %(count)s seats at %(board)s"))
    def take_back(self, seats: Sequence[Membership], *, by: Any) -> None:
        """It was never so; that it stood here for a while stands in the log."""
        audit.record_many("members.taken_back", seats, by=by)
        self.filter(pk__in=[seat.pk for seat in seats]).delete()

    @bulk_verb(
        "members.end_taken_back", _("%(who)s undid an import's last days of %(count)s seats at %(board)s")
    )
    def go_on_until(self, days: Mapping[Membership, date | None], *, by: Any) -> None:
        """As they lasted before, if they still may."""
        rules.give_last_days(days)
        rules.check(list(days))
        audit.record_many("members.end_taken_back", days, by=by)


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

    @bulk_verb("members.seated", _("%(who)s entered %(count)s elected members at %(board)s"))
    def seat_all(self, seats: Sequence[Membership], *, by: Any) -> None:
        """What `seat` does to one, to all of them."""
        rules.check(seats)
        self.bulk_create(seats)
        kind = OfficeType.objects.get(code=mandates.MEMBER)
        Office.objects.found((board, kind) for board in {seat.board for seat in seats})
        audit.record_many("members.seated", seats, by=by)


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
        if self.person_id and self.board_id:
            for _seat, refused in self.refusals([self]):
                raise refused

    @staticmethod
    def refusals(seats: Sequence[Membership]) -> Iterator[rules.Refusal]:
        """A person has one seat at a board at a time: of those that stand, and of those before it among these."""
        standing = Membership.objects.exclude(pk__in=[seat.pk for seat in seats if seat.pk]).filter(
            person__in={seat.person_id for seat in seats}, board__in={seat.board_id for seat in seats}
        )
        taken = defaultdict(list)
        for seat in standing:
            taken[seat.person_id, seat.board_id].append(seat)
        for seat in seats:
            others = taken[seat.person_id, seat.board_id]
            if any(seat.overlaps(other) for other in others):
                yield seat, ValidationError(_("The person already sits on the board on some of those days."))
            others.append(seat)

    @verb("member.left", _("%(who)s entered %(last_day)s as the last day of %(person)s in %(board)s"))
    def end(self, *, by: Any, last_day: date) -> None:
        self.valid_to = last_day
        self.validate_constraints()
        self.save(update_fields=["valid_to"])
        audit.record("member.left", self, by=by, person=self.person_id, last_day=last_day)
