"""Who holds the offices that are on duty: the city's duty officers and those of one's own boards."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from boards import mandates
from boards.belonging import boards_of
from boards.models import Board, OfficeHolder, OfficeType

CITY_WIDE = ("tib", "ckl")
AT_A_BOARD = ("vb", "krisledningschef")


@dataclass(frozen=True)
class OnDuty:
    office: OfficeType
    board: Board
    name: str
    is_deputy: bool
    # Only for those who may see how people on duty are reached.
    phone: str = ""

    @property
    def is_city_wide(self) -> bool:
        return bool(mandates.of(self.office.code).city)


def on_duty_for(user: Any) -> list[OnDuty]:
    mine = boards_of(user)
    offices = Q(office__type__code__in=CITY_WIDE) | Q(
        office__type__code__in=AT_A_BOARD, office__board__in=mine
    )
    holdings = OfficeHolder.objects.confirmed().on().filter(offices)
    reachable = set(Board.objects.where(user, "view_duty").values_list("pk", flat=True))
    rows = holdings.select_related("person", "office__type", "office__board")
    return [
        OnDuty(
            office=holding.office.type,
            board=holding.office.board,
            name=holding.person.name,
            is_deputy=holding.is_deputy,
            phone=holding.person.phone if holding.office.board_id in reachable else "",
        )
        for holding in rows.order_by(
            "office__type__order", "office__board__name", "is_deputy", "person__name"
        )
    ]
