"""Reminders of an analysis that is not handed in: the letters are shown before they are sent, and kept as sent."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from boards import audit, notices
from boards.models import Board, OfficeHolder, User
from boards.notices import News
from boards.verbs import bulk_verb

from .models import Rsa, RsaCycle, RsaReminder

KIND = "rsa_missing"
# Those who write it, and the head who decides on it.
TOLD = ("edit_protected", "approve")


@dataclass
class Prepared:
    """One letter that would be sent."""

    board: Board
    cycle: RsaCycle
    people: list[User] = field(default_factory=list)

    @property
    def link(self) -> str:
        return reverse("rsa_cycle", args=[self.cycle.slug])

    @property
    def sentence(self) -> str:
        day = date_format(self.cycle.due_on, "j F Y")
        return str(notices.KINDS[KIND].sentence) % {"board": self.board.name, "day": day}


def missing(cycle: RsaCycle) -> Any:
    """Organisations that take part and have nothing in force; how far they have come is their own affair."""
    handed_in = Rsa.objects.filter(cycle=cycle, unit__isnull=True).in_force()
    return cycle.asked().exclude(pk__in=handed_in.values("board"))


def prepare(cycle: RsaCycle) -> list[Prepared]:
    rows = [Prepared(board, cycle) for board in missing(cycle).by_name()]
    people = _told_at(row.board for row in rows)
    for row in rows:
        row.people = people.get(row.board.pk, [])
    return rows


def _told_at(boards: Iterable[Board]) -> dict[int, list[User]]:
    held = OfficeHolder.objects.confirmed().on()
    held = held.filter(
        office__board__in=[board.pk for board in boards],
        office__group__boardgrouppermission__permission__codename__in=TOLD,
        office__group__boardgrouppermission__content_object=F("office__board"),
        person__is_active=True,
    )
    found: dict[int, list[User]] = {}
    for holding in held.select_related("person", "office").order_by("person__name"):
        people = found.setdefault(holding.office.board_id, [])
        if holding.person not in people:
            people.append(holding.person)
    return found


def digest(rows: Iterable[Prepared]) -> str:
    """Tells whether what is sent is what was shown."""
    seen = sorted(f"{row.board.pk}:{[person.pk for person in row.people]}" for row in rows)
    return hashlib.sha256(" ".join(seen).encode()).hexdigest()


@bulk_verb("rsa.reminded", _("%(who)s reminded %(about)s of %(cycle)s, which is not handed in"))
def remind(cycle: RsaCycle, *, by: Any, shown: str) -> list[RsaReminder]:
    """Exactly the letters that were shown; where nobody writes the analysis there is nobody to remind."""
    rows = prepare(cycle)
    if not rows or digest(rows) != shown:
        raise ValidationError(_("The list has changed since you saw it. Read it and send again."))
    sent = [_send(row, by) for row in rows if row.people]
    audit.record_many("rsa.reminded", sent, by=by, cycle=cycle.name)
    return sent


def _send(row: Prepared, by: Any) -> RsaReminder:
    reminder = RsaReminder.objects.create(cycle=row.cycle, board=row.board, sent_by=by)
    reminder.people.set(row.people)
    notices.give_all(KIND, [News(row.people, reminder, row.link, board=row.board, day=row.cycle.due_on)])
    return reminder
