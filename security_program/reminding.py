"""Reminders of obligations that nobody has answered: shown before they are sent, and kept as sent."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards import audit, notices
from boards.models import Board, OfficeHolder, User
from boards.verbs import bulk_verb

from .models import Reminder
from .progress import open_by_board

KIND = "obligations_unanswered"


@dataclass
class Prepared:
    """One letter that would be sent."""

    board: Board
    year: int
    unanswered: int
    late: int
    first_due: date
    people: list[User] = field(default_factory=list)

    @property
    def link(self) -> str:
        return reverse("obligation_list", args=[self.board.slug, self.year])

    @property
    def names(self) -> list[str]:
        return [person.name for person in self.people]


def prepare(year: int) -> list[Prepared]:
    """Every organisation with something left, and who there would get the letter."""
    rows = [
        Prepared(
            board=board,
            year=year,
            unanswered=len(left),
            late=sum(row.is_late for row in left),
            first_due=min(row.due_on for row in left),
        )
        for board, left in open_by_board(year)
    ]
    people = _answering_at(row.board for row in rows)
    for row in rows:
        row.people = people.get(row.board.pk, [])
    return rows


def _answering_at(boards: Iterable[Board]) -> dict[int, list[User]]:
    held = (
        OfficeHolder.objects.confirmed()
        .on()
        .filter(
            office__board__in=[board.pk for board in boards],
            office__group__boardgrouppermission__permission__codename="edit_internal",
            office__group__boardgrouppermission__content_object=F("office__board"),
            person__is_active=True,
        )
    )
    found: dict[int, list[User]] = {}
    for holding in held.select_related("person", "office").order_by("person__name"):
        people = found.setdefault(holding.office.board_id, [])
        if holding.person not in people:
            people.append(holding.person)
    return found


def digest(rows: Iterable[Prepared]) -> str:
    seen = sorted(f"{row.board.pk}:{row.unanswered}:{[person.pk for person in row.people]}" for row in rows)
    return hashlib.sha256(" ".join(seen).encode()).hexdigest()


@bulk_verb("obligations.reminded", _("%(who)s reminded %(about)s of what is not answered for %(year)s"))
def remind(year: int, *, by: Any, shown: str) -> list[Reminder]:
    """Exactly the letters that were shown; where nobody can answer there is nobody to remind."""
    rows = prepare(year)
    if not rows or digest(rows) != shown:
        raise ValidationError(_("The list has changed since you saw it. Read it and send again."))
    sent = [_send(row, by) for row in rows if row.people]
    audit.record_many("obligations.reminded", sent, by=by, year=year)
    return sent


def _send(row: Prepared, by: Any) -> Reminder:
    reminder = Reminder.objects.create(board=row.board, year=row.year, unanswered=row.unanswered, sent_by=by)
    reminder.people.set(row.people)
    notices.give(KIND, row.people, about=reminder, link=row.link, board=row.board)
    return reminder
