"""Where a person belongs, and whom they turn to there."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from .access import rights_of
from .models import Board, OfficeHolder

SECURITY_COORDINATOR = "sakerhetssamordnare"


def boards_of(user: Any) -> list[Board]:
    """The boards where the person has an office or a seat, and the one their unit belongs to."""
    if not user.is_authenticated:
        return []
    held = Q(pk__in=[office.board_id for office in rights_of(user).offices])
    return list(Board.objects.filter(held | Q(units__people=user)).on().distinct().by_name())


def holders(code: str, boards: Iterable[Board] | None = None) -> dict[int, list[OfficeHolder]]:
    """Who holds an office today, board by board; the holder before the deputies."""
    found = OfficeHolder.objects.confirmed().on().filter(office__type__code=code)
    if boards is not None:
        found = found.filter(office__board__in=list(boards))
    by_board = defaultdict(list)
    for holding in found.select_related("person", "office__board").order_by("is_deputy", "person__name"):
        by_board[holding.office.board_id].append(holding)
    return dict(by_board)
