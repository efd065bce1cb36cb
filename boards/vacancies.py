"""Offices that nobody holds, and what demands them, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .models import Board, OfficeHolder, OfficeType


@dataclass(frozen=True)
class Vacancy:
    office: OfficeType
    is_demanded: bool

    @property
    def name(self) -> str:
        """As inside a sentence."""
        return self.office.label[:1].lower() + self.office.label[1:]

    @property
    def text(self) -> str:
        words = {"office": self.name, "ground": self.office.requirement}
        if not self.is_demanded:
            return _("No %(office)s has been entered.") % words
        if self.office.requirement.startswith("REQ-"):
            return _("No %(office)s is appointed. The programme demands one (%(ground)s).") % words
        return _("No %(office)s is appointed. The law demands one (%(ground)s).") % words


def at(boards: Iterable[Board], day: date | None = None) -> dict[int, list[Vacancy]]:
    """Per board, those demanded first; two queries however many boards. A deputy alone fills no office."""
    kinds = list(OfficeType.objects.order_by("order"))
    filled = set(
        OfficeHolder.objects.confirmed()
        .on(day)
        .filter(is_deputy=False)
        .values_list("office__board", "office__type")
    )
    return {board.pk: _of(board, kinds, filled) if board.holds(day) else [] for board in boards}


def _of(board: Board, kinds: list[OfficeType], filled: set[tuple[int, int]]) -> list[Vacancy]:
    empty = [
        Vacancy(kind, kind.is_required_of(board))
        for kind in kinds
        if kind.is_expected_of(board) and (board.pk, kind.pk) not in filled
    ]
    return sorted(empty, key=lambda vacancy: not vacancy.is_demanded)
