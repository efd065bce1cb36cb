"""Offices that nobody holds, and what demands them, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .days import today
from .models import Board, OfficeHolder, OfficeType

# Board and office: from which day somebody holds it, and who.
Filled = dict[tuple[int, int], tuple[date, str]]


@dataclass(frozen=True)
class Vacancy:
    office: OfficeType
    is_demanded: bool
    # Who takes the office later on, and from which day.
    coming: tuple[date, str] | None = None

    @property
    def name(self) -> str:
        """As inside a sentence."""
        return self.office.label[:1].lower() + self.office.label[1:]

    @property
    def label(self) -> str:
        """In a list of offices, with the day on which it is filled."""
        if self.coming is None:
            return self.office.label
        day = date_format(self.coming[0])
        return _("%(office)s (filled on %(day)s)") % {"office": self.office.label, "day": day}

    @property
    def text(self) -> str:
        return f"{self._lack} {self.filled_when}".rstrip()

    @property
    def filled_when(self) -> str:
        if self.coming is None:
            return ""
        day, person = self.coming
        return _("%(person)s takes office on %(day)s.") % {"person": person, "day": date_format(day)}

    @property
    def _lack(self) -> str:
        words = {"office": self.name, "ground": self.office.requirement}
        if not self.is_demanded:
            return _("No %(office)s has been entered.") % words
        if self.office.requirement.startswith("REQ-"):
            return _("No %(office)s is appointed. The programme demands one (%(ground)s).") % words
        return _("No %(office)s is appointed. The law demands one (%(ground)s).") % words


def at(boards: Iterable[Board], day: date | None = None) -> dict[int, list[Vacancy]]:
    """Per board, those demanded first; two queries however many boards. A deputy alone fills no office."""
    day = day or today()
    kinds = list(OfficeType.objects.order_by("order"))
    holders = OfficeHolder.objects.confirmed().not_over(day).filter(is_deputy=False)
    filled: Filled = {}
    rows = holders.values_list("office__board", "office__type", "valid_from", "person__name")
    for board, kind, first, name in rows.order_by(F("valid_from").asc(nulls_first=True)):
        filled.setdefault((board, kind), (first or date.min, name))
    return {board.pk: _of(board, kinds, filled, day) if board.holds(day) else [] for board in boards}


def _of(board: Board, kinds: list[OfficeType], filled: Filled, day: date) -> list[Vacancy]:
    empty = []
    for kind in kinds:
        holder = filled.get((board.pk, kind.pk))
        if kind.is_expected_of(board) and (holder is None or holder[0] > day):
            empty.append(Vacancy(kind, kind.is_required_of(board), holder))
    return sorted(empty, key=lambda vacancy: not vacancy.is_demanded)
