"""Who holds the offices that are on duty: the city's duty officers and those of one's own boards."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from boards import mandates
from boards.access import rights_of
from boards.belonging import boards_of
from boards.models import Board, Office, OfficeHolder
from boards.swedish import sort_key

ON_DUTY = sorted(code for code, mandate in mandates.TABLE.items() if mandate.on_duty)
CITY_WIDE = ("tib", "ckl")
AT_A_BOARD = ("vb", "krisledningschef")


@dataclass(frozen=True)
class Holder:
    name: str
    is_deputy: bool
    # Only for those who may see how people on duty are reached.
    phone: str = ""


@dataclass(frozen=True)
class OnDuty:
    office: Office
    holders: list[Holder] = field(default_factory=list)

    @property
    def is_city_wide(self) -> bool:
        return self.office.type.code in CITY_WIDE


def on_duty_for(user: Any) -> list[OnDuty]:
    """The city's offices first, then those of the boards the person belongs to."""
    here = Q(office__type__code__in=AT_A_BOARD, office__board__in=boards_of(user))
    held = OfficeHolder.objects.confirmed().on().filter(Q(office__type__code__in=CITY_WIDE) | here)
    reachable = set(Board.objects.where(user, "view_duty").values_list("pk", flat=True))
    return _by_office(held, reachable)


def phones_for(user: Any) -> list[OnDuty]:
    """Every crisis office whose holders the person may reach, with their phones."""
    reachable = set(Board.objects.where(user, "view_duty").values_list("pk", flat=True))
    held = OfficeHolder.objects.confirmed().on().filter(office__type__code__in=ON_DUTY)
    return _by_office(held.filter(office__board__in=reachable), reachable)


def may_see_phones(user: Any) -> bool:
    rights = rights_of(user)
    return "view_duty" in rights.city or bool(rights.at.get("view_duty"))


def _by_office(held: QuerySet, reachable: set[int]) -> list[OnDuty]:
    rows: dict[int, OnDuty] = {}
    for holding in held.select_related("person", "office__type", "office__board").order_by(
        "is_deputy", "person__name"
    ):
        duty = rows.setdefault(holding.office_id, OnDuty(holding.office))
        phone = holding.person.phone if holding.office.board_id in reachable else ""
        duty.holders.append(Holder(holding.person.name, holding.is_deputy, phone))
    return sorted(
        rows.values(),
        key=lambda duty: (
            not duty.is_city_wide,
            sort_key(duty.office.board.name),
            duty.office.type.order,
        ),
    )
