"""Boards that go on as another: the old ones end the day before, and their areas and history follow."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import audit
from .models import Board, Succession
from .verbs import verb

if TYPE_CHECKING:
    from .models import User


@verb("board.merged", _("%(who)s let %(boards)s go on as %(about)s from %(on)s"))
def merge(predecessors: Sequence[Board], successor: Board, *, on: date, by: "User | None") -> None:
    """Nothing is deleted: each old board keeps its page, its records and the day it ended."""
    Board.objects.select_for_update().filter(pk__in=[board.pk for board in predecessors]).count()
    _check(predecessors, successor, on)
    for board in predecessors:
        for area in board.areas.on(on):
            area.move(successor, on=on, by=by)
        Succession.objects.create(predecessor=board, successor=successor, on=on)
        board.end(by=by, last_day=on - timedelta(days=1), goes_on_as=successor)
    audit.record("board.merged", successor, by=by, on=on, boards=[board.code for board in predecessors])


def _check(predecessors: Sequence[Board], successor: Board, on: date) -> None:
    if not predecessors:
        raise ValidationError(_("Choose at least one board that goes on as another."))
    if successor in predecessors:
        raise ValidationError(_("A board cannot go on as itself."))
    if not successor.holds(on):
        raise ValidationError(_("%(board)s does not exist on that day."), params={"board": successor})
    for board in predecessors:
        if board.kind != successor.kind:
            raise ValidationError(_("%(board)s is of another kind."), params={"board": board})
        if not board.holds(on - timedelta(days=1)):
            raise ValidationError(_("%(board)s does not exist on the day before."), params={"board": board})
        if board.successions_out.exists():
            raise ValidationError(_("%(board)s has already gone on as another."), params={"board": board})
