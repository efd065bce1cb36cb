from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import appointments, audit, mandates, rules
from ..days import Dated, ends_after_it_starts, holds_on, refuse_last_day, today
from ..verbs import verb
from .boards import Board
from .holdings import OfficeHolderQuerySet, Standing
from .office_types import OfficeType
from .stand_ins import acts_for_the_holder
from .trainings import Training

if TYPE_CHECKING:
    from .people import User


class OfficeQuerySet(models.QuerySet["Office"]):
    def held_by(self, user: User | int, day: date | None = None) -> OfficeQuerySet:
        """Offices whose rights the person has on that day: held, stood in for, or a seat on the board."""
        day = day or today()
        holdings = OfficeHolder.objects.confirmed().on(day).filter(office=OuterRef("pk"))
        mine = holdings.filter(Q(person=user) | acts_for_the_holder(user, day))
        seats = Board.objects.filter(holds_on(day, "memberships__"), memberships__person=user)
        return self.filter(Exists(mine) | Q(type__code=mandates.MEMBER, board__in=seats.values("pk")))

    def vacant(self, day: date | None = None) -> OfficeQuerySet:
        return self.exclude(Exists(OfficeHolder.objects.confirmed().on(day).filter(office=OuterRef("pk"))))


class OfficeManager(models.Manager.from_queryset(OfficeQuerySet)):  # type: ignore[misc]
    def of(self, board: Board, code: str) -> Office:
        """The office at the board, made with its group and mandate the first time it is asked for."""
        office = self.filter(board=board, type__code=code).select_related("type").first()
        return office or self._found(board, OfficeType.objects.get(code=code))

    @transaction.atomic
    def _found(self, board: Board, kind: OfficeType) -> Office:
        group, _made = Group.objects.get_or_create(name=f"{kind.code}:{board.code}")
        office, made = self.get_or_create(board=board, type=kind, defaults={"group": group})
        if made:
            mandates.grant([office])
        return office

    @transaction.atomic
    def found(self, wanted: Iterable[tuple[Board, OfficeType]]) -> None:
        """Makes the offices that are missing with their groups and mandates, however many, at once."""
        there = set(self.values_list("board", "type"))
        new = [(board, kind) for board, kind in wanted if (board.pk, kind.pk) not in there]
        groups = Group.objects.bulk_create(Group(name=f"{kind.code}:{board.code}") for board, kind in new)
        rows = [
            self.model(board=board, type=kind, group=group)
            for (board, kind), group in zip(new, groups, strict=True)
        ]
        mandates.grant(self.bulk_create(rows))


class Office(models.Model):
    """An office at a board. Its group carries the mandate as permissions on that board."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="offices")
    type = models.ForeignKey(OfficeType, models.PROTECT, related_name="offices")
    group = models.OneToOneField(Group, models.PROTECT, related_name="office")

    objects = OfficeManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["board", "type"], name="one_office_of_a_type_per_board")
        ]

    def __str__(self) -> str:
        return f"{self.type}, {self.board}"

    @verb("office.appointed", _("%(who)s appointed %(person)s: %(office)s, %(board)s"))
    def appoint(
        self,
        person: User,
        *,
        by: User | None,
        valid_from: date,
        valid_to: date | None = None,
        share_percent: int = 100,
        is_deputy: bool = False,
        shared_reason: str = "",
    ) -> OfficeHolder:
        """Gives the office to somebody; where it opens protected facts a second person has to approve."""
        # One at a time per office, or two would both find it vacant.
        Office.objects.select_for_update().get(pk=self.pk)
        holding = OfficeHolder(
            office=self,
            person=person,
            valid_from=valid_from,
            valid_to=valid_to,
            share_percent=share_percent,
            is_deputy=is_deputy,
            shared_reason=shared_reason,
        )
        holding.propose(by=by)
        holding.full_clean()
        holding.save()
        audit.record("office.appointed", holding, by=by, **holding._facts())
        appointments.tell(holding)
        return holding

    def is_managed_by(self, user: Any) -> bool:
        """Offices of the whole city are filled by those who appoint for the whole city, not by their board."""
        return user.has_perm("manage_offices", None if self.type.mandate.city else self.board)


class OfficeHolder(Dated):
    office = models.ForeignKey(Office, models.PROTECT, related_name="holders")
    person = models.ForeignKey("boards.User", models.PROTECT, related_name="office_holdings")
    share_percent = models.PositiveSmallIntegerField(_("Share of a full-time post, percent"), default=100)
    is_deputy = models.BooleanField(_("Deputy"), default=False)
    shared_reason = models.CharField(
        _("Why it is shared with another organisation"), max_length=300, blank=True
    )
    proposed_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    objects = OfficeHolderQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts("office_holder_ends_after_it_starts"),
            models.CheckConstraint(
                name="office_needs_a_second_person",
                condition=Q(confirmed_by__isnull=True)
                | (~Q(confirmed_by=F("proposed_by")) & ~Q(confirmed_by=F("person"))),
            ),
            models.CheckConstraint(name="share_of_a_post", condition=Q(share_percent__range=(1, 100))),
        ]
        indexes = [models.Index(fields=["person", "valid_to"])]

    def __str__(self) -> str:
        return f"{self.person}: {self.office}"

    @property
    def board(self) -> Board:
        return self.office.board

    @property
    def awaits_approval(self) -> bool:
        return self.confirmed_at is None and self.refused_at is None

    @property
    def held_as(self) -> Any:
        return _("Deputy") if self.is_deputy else _("Regular holder")

    @property
    def state(self) -> Any:
        """Where the holding stands today, in words."""
        if self.refused_at:
            return _("Not approved")
        if self.awaits_approval:
            return _("Waits for approval")
        if self.is_over():
            return _("Ended")
        return _("Holds the office") if self.holds() else _("Coming")

    def clean(self) -> None:
        for _holding, refused in self.refusals([self]):
            raise refused

    @staticmethod
    def refusals(holdings: Sequence[OfficeHolder]) -> Iterator[rules.Refusal]:
        """Against those that stand, and against those before it among these."""
        standing = Standing(holdings)
        for holding in holdings:
            try:
                holding._check_against(standing.beside(holding))
            except ValidationError as refused:
                yield holding, refused
            standing.add(holding)

    def _check_against(self, others: list[OfficeHolder]) -> None:
        """The others are those at the same time in the office, and of the person in its likes elsewhere."""
        here = [other for other in others if other.office_id == self.office_id]
        self.office.type.check_may_be_held(self.office.board, self.valid_to)
        if any(other.person_id == self.person_id for other in here):
            raise ValidationError(_("The person already holds the office on some of those days."))
        alone = not self.is_deputy and not self.office.type.mandate.many
        if alone and not all(other.is_deputy for other in here):
            raise ValidationError(
                _("Somebody else holds the office then. End that first, or appoint a deputy."), code="taken"
            )
        elsewhere = [other for other in others if other.office_id != self.office_id and not other.is_deputy]
        if elsewhere and not self.shared_reason:
            raise ValidationError(
                {"shared_reason": _("The person holds the same office elsewhere. Say why it is shared.")}
            )

    def propose(self, *, by: User | None) -> None:
        """Where the office opens protected facts a second person has to approve."""
        self.proposed_by = by
        self.confirmed_at = None if self.office.type.mandate.needs_approval else timezone.now()

    def may_be_approved_by(self, user: Any) -> bool:
        """A second person: neither the one who proposed it nor the one it is about."""
        others = user.pk not in (self.proposed_by_id, self.person_id)
        return self.awaits_approval and others and self.office.is_managed_by(user)

    @verb("office.approved", _("%(who)s approved %(person)s: %(office)s, %(board)s"))
    def approve(self, *, by: User) -> None:
        if by.pk in (self.proposed_by_id, self.person_id):
            raise ValidationError(
                _("Somebody other than the one who proposed it, and than the person, approves.")
            )
        self._decide(confirmed_at=timezone.now(), confirmed_by=by)
        audit.record("office.approved", self, by=by, **self._facts())

    @verb("office.refused", _("%(who)s did not approve %(person)s: %(office)s, %(board)s"))
    def refuse(self, *, by: User | None) -> None:
        self._decide(refused_at=timezone.now())
        audit.record("office.refused", self, by=by, **self._facts())

    def _decide(self, **decision: Any) -> None:
        waiting = OfficeHolder.objects.awaiting_approval().filter(pk=self.pk)
        if waiting.update(**decision) != 1:
            raise ValidationError(_("Somebody has already decided on this."))
        self.refresh_from_db()
        appointments.tell(self)

    @verb(
        "office.ended", _("%(who)s entered %(last_day)s as the last day of %(person)s: %(office)s, %(board)s")
    )
    @verb("office.withdrawn", _("%(who)s took back the appointment of %(person)s: %(office)s, %(board)s"))
    def end(self, *, by: User | None, last_day: date) -> None:
        """One that has not begun cannot end before it begins, and is taken back."""
        if self.valid_from and last_day < self.valid_from > today():
            self._take_back()
            audit.record("office.withdrawn", self, by=by, **self._facts())
            return appointments.tell(self)
        refuse_last_day([self], last_day)
        self.valid_to = last_day
        self.save(update_fields=["valid_to"])
        audit.record("office.ended", self, by=by, **self._facts(), last_day=last_day)
        return None

    def _take_back(self) -> None:
        coming = OfficeHolder.objects.filter(pk=self.pk, confirmed_at__isnull=False)
        if coming.update(confirmed_at=None, confirmed_by=None, refused_at=timezone.now()) != 1:
            raise ValidationError(_("Somebody has already decided on this."))
        self.refresh_from_db()

    def end_with_the_account(self, *, by: User | None) -> None:
        """Ends at once if it has begun; what is proposed or to come never begins."""
        if self.awaits_approval:
            return self.refuse(by=by)
        yesterday = today() - timedelta(days=1)
        began_today = self.valid_from == today()
        self.end(by=by, last_day=today() if began_today else yesterday)
        return None

    def _facts(self) -> dict[str, Any]:
        return {"office": self.office.type.code, "person": self.person_id, "holding": self.pk}

    @transaction.atomic
    def hand_over(
        self, successor: User, *, by: User, first_day: date, shared_reason: str = ""
    ) -> OfficeHolder:
        """Ends this holding the day before and starts the successor's; drafts belong to the board and follow."""
        last_day = first_day - timedelta(days=1)
        if self.valid_to is None or self.valid_to > last_day:
            self.end(by=by, last_day=last_day)
        return self.office.appoint(
            successor,
            by=by,
            valid_from=first_day,
            share_percent=self.share_percent,
            is_deputy=self.is_deputy,
            shared_reason=shared_reason,
        )

    @verb("training.registered", _("%(who)s registered the training of %(person)s: %(office)s"))
    def register_training(self, *, by: User, completed_on: date, expires_on: date | None = None) -> Training:
        """The training the office asks for has been taken; it counts at every board where the person holds it."""
        training = Training(
            person=self.person,
            office_type=self.office.type,
            completed_on=completed_on,
            expires_on=expires_on,
        )
        training.full_clean()
        training.save()
        audit.record("training.registered", self, by=by, **self._facts())
        return training
