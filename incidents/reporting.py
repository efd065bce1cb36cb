"""How something that has happened is reported today: whom to call, and who helps at one's own board."""

from dataclasses import dataclass
from typing import Any

from boards.belonging import SECURITY_COORDINATOR, boards_of, holders
from boards.models import Board, City, OfficeHolder


@dataclass(frozen=True)
class AtMyBoard:
    board: Board
    coordinators: list[OfficeHolder]


@dataclass(frozen=True)
class HowToReport:
    city: City
    mine: list[AtMyBoard]

    @property
    def has_numbers(self) -> bool:
        city = self.city
        return any([city.crisis_support_phone, city.guard_phone, city.it_support_phone])


def how_to_report(user: Any) -> HowToReport:
    boards = boards_of(user)
    coordinators = holders(SECURITY_COORDINATOR, boards) if boards else {}
    mine = [AtMyBoard(board, coordinators.get(board.pk, [])) for board in boards if board.is_bound]
    return HowToReport(City.objects.here(), mine)
