"""Many holdings of offices at once: what is asked of them, what is done to all, and which are in each other's way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import appointments, audit, rules
from ..days import DatedQuerySet, refuse_last_day
from ..verbs import bulk_verb
from .boards import Board

if TYPE_CHECKING:
    from .offices import OfficeHolder
    from .people import User


class OfficeHolderQuerySet(DatedQuerySet):
    def of(self, board: Board) -> OfficeHolderQuerySet:
        return self.filter(office__board=board)

    def confirmed(self) -> OfficeHolderQuerySet:
        return self.filter(confirmed_at__isnull=False)

    def awaiting_approval(self) -> OfficeHolderQuerySet:
        return self.filter(confirmed_at__isnull=True, refused_at__isnull=True)

    @bulk_verb(
        "offices.ended", _("%(who)s entered %(last_day)s as the last day of %(count)s offices at %(board)s")
    )
    def end_all(self, *, by: User | None, last_day: date) -> None:
        """What `end` does to one, to all of them."""
        rows: list[Any] = list(self.select_related("office__board"))
        refuse_last_day(rows, last_day)
        self.model.objects.filter(pk__in=[row.pk for row in rows]).update(valid_to=last_day)
        audit.record_many("offices.ended", rows, by=by, last_day=last_day)

    @bulk_verb("offices.given_last_days", _("%(who)s entered last days of %(count)s offices at %(board)s"))
    def end_each(self, days: Mapping[OfficeHolder, date], *, by: User | None) -> None:
        """What `end` does to one, to each of them on a day of its own."""
        rules.give_last_days(days)
        audit.record_many("offices.given_last_days", days, by=by)

    @bulk_verb("offices.appointed", _("%(who)s appointed %(count)s people to offices at %(board)s"))
    def appoint_all(self, holdings: Sequence[OfficeHolder], *, by: User | None) -> None:
        """What `appoint` does to one, to all of them."""
        offices = {holding.office_id for holding in holdings}
        # In one order, so that two who appoint at once do not wait for each other.
        list(
            apps.get_model("boards", "Office")
            .objects.select_for_update()
            .filter(pk__in=offices)
            .order_by("pk")
        )
        for holding in holdings:
            holding.propose(by=by)
        rules.check(holdings)
        self.model.objects.bulk_create(holdings)
        audit.record_many("offices.appointed", holdings, by=by)
        appointments.tell_all(holdings)

    @bulk_verb("offices.taken_back", _("%(who)s undid an import's %(count)s appointments at %(board)s"))
    def take_back(self, holdings: Sequence[OfficeHolder], *, by: User) -> None:
        """It was never so; that it stood here for a while stands in the log."""
        audit.record_many("offices.taken_back", holdings, by=by)
        self.filter(pk__in=[holding.pk for holding in holdings]).delete()

    @bulk_verb(
        "offices.end_taken_back", _("%(who)s undid an import's last days of %(count)s offices at %(board)s")
    )
    def go_on_until(self, days: Mapping[OfficeHolder, date | None], *, by: User) -> None:
        """As they lasted before, if they still may."""
        rules.give_last_days(days)
        rules.check(list(days))
        audit.record_many("offices.end_taken_back", days, by=by)

    def visible_to(self, user: Any) -> OfficeHolderQuerySet:
        """Who holds which office is open to everyone who is signed in; a proposal only to those who appoint."""
        if not user.is_authenticated:
            return self.none()
        proposals = Q(office__board__in=Board.objects.where(user, "manage_offices"))
        return self.filter(Q(confirmed_at__isnull=False) | proposals)


class Standing:
    """The holdings that could be in the way of these, asked once for all of them."""

    def __init__(self, holdings: Sequence[OfficeHolder]) -> None:
        self.in_office: dict[int, list[OfficeHolder]] = defaultdict(list)
        self.of_person: dict[tuple[int, int], list[OfficeHolder]] = defaultdict(list)
        offices = [holding.office for holding in holdings]
        same = Q(
            person__in={holding.person_id for holding in holdings},
            office__type__in={office.type_id for office in offices},
        )
        found = type(holdings[0])._base_manager.filter(refused_at__isnull=True).select_related("office")
        for holding in found.filter(same | Q(office__in={office.pk for office in offices})).exclude(
            pk__in=[holding.pk for holding in holdings if holding.pk]
        ):
            self.add(holding)

    def add(self, holding: OfficeHolder) -> None:
        self.in_office[holding.office_id].append(holding)
        self.of_person[holding.person_id, holding.office.type_id].append(holding)

    def beside(self, holding: OfficeHolder) -> list[OfficeHolder]:
        """At the same time in the same office, or of the same person in one of the same kind."""
        elsewhere = self.of_person[holding.person_id, holding.office.type_id]
        others = [
            *self.in_office[holding.office_id],
            *(other for other in elsewhere if other.office_id != holding.office_id),
        ]
        return [other for other in others if other.overlaps(holding)]
