"""What a deputy takes over while somebody is away, in words: what follows at once and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from .models import Office, OfficeHolder, StandIn, StandInOffice, User


@dataclass(frozen=True)
class TakenOver:
    office: Office
    asked: StandInOffice | None

    @property
    def state(self) -> Any:
        if self.asked:
            return self.asked.state
        if self.office.type.mandate.needs_approval:
            return _("Does not follow: the office came after the deputy was chosen")
        return _("Follows at once")

    @property
    def status(self) -> str:
        if self.asked:
            return self.asked.status
        return "action" if self.office.type.mandate.needs_approval else "done"


@dataclass(frozen=True)
class Absence:
    stand_in: StandIn
    offices: list[TakenOver]

    @property
    def waits(self) -> bool:
        return any(taken.asked and taken.asked.awaits_approval for taken in self.offices)


def of(person: User) -> dict[str, list[Absence]]:
    """The person's own absences to come, and those whose place they take today; three questions in all."""
    held = OfficeHolder.objects.confirmed().select_related("office__type", "office__board")
    holdings = Prefetch("person__office_holdings", held.order_by("office__type__order", "pk"))
    mine = StandIn.objects.not_over().filter(Q(person=person) | Q(deputy=person))
    found = mine.select_related("person", "deputy").order_by("valid_from", "pk")
    rows = [_absence(stand_in) for stand_in in found.prefetch_related("offices", holdings)]
    return {
        "absences": [row for row in rows if row.stand_in.person_id == person.pk],
        "acting_for": [row for row in rows if row.stand_in.deputy_id == person.pk and row.stand_in.holds()],
    }


def _absence(stand_in: StandIn) -> Absence:
    asked = {row.office_id: row for row in stand_in.offices.all()}
    offices = {holding.office_id: holding.office for holding in _held_meanwhile(stand_in)}
    return Absence(stand_in, [TakenOver(office, asked.get(pk)) for pk, office in offices.items()])


def _held_meanwhile(stand_in: StandIn) -> Iterable[OfficeHolder]:
    return (each for each in stand_in.person.office_holdings.all() if each.overlaps(stand_in))
