"""An agenda proposed for a council's meeting, from what is open: decisions, obligations and activities.

The council meets on the ground floor and knows none of this, so it is put together here. The words become part of
the city's records, and are therefore in Swedish whoever asks.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.access import may
from boards.days import today
from boards.models import Board, CouncilMeeting, MeetingDecision
from boards.models.boards import Kind

from . import accounting
from .accounting import Account
from .models import Activity, Adoption, Answer, Assignment, Programme, Statement

# A meeting has an hour or two: of each kind the first ones, and the page leads to the rest.
SHOWN, LINE = 8, 200
SHORT = (Statement.Value.PARTLY, Statement.Value.NOT)
# Where the security council of the whole city meets.
CENTRAL = (Kind.EXECUTIVE, Kind.ADVISORY)
WORRYING = (Answer.Status.DELAYED, Answer.Status.STOPPED)


@dataclass(frozen=True)
class Item:
    """One line of the agenda, and where what it says is read."""

    text: str
    url: str


@dataclass(frozen=True)
class Part:
    title: str
    items: list[Item]


def propose(board: Board, user: Any) -> list[Part]:
    """What the person may read of it, the oldest decisions first."""
    with translation.override("sv"):
        parts = [Part(_("Decisions that are not done"), _decisions(board, user))]
        if accounting.reads(user, board):
            year = today().year
            parts += [
                Part(_("Obligations %(year)s") % {"year": year}, _obligations(board, year)),
                Part(_("Activities that are late"), _activities(board, year)),
            ]
        if may(user, "view_submitted") and board.kind in CENTRAL:
            parts.append(Part(_("The whole city"), _city()))
    return [part for part in parts if part.items]


def as_text(parts: list[Part]) -> str:
    """One line for each item, under a line for what they are."""
    return "\n\n".join("\n".join([part.title, *(item.text for item in part.items)]) for part in parts)


def _decisions(board: Board, user: Any) -> list[Item]:
    seen = CouncilMeeting.objects.visible_to(user).filter(board=board)
    rows = MeetingDecision.objects.open().filter(meeting__in=seen).select_related("meeting__board")
    return [
        Item(row.text[:LINE], row.meeting.get_absolute_url())
        for row in rows.order_by("meeting__held_on", "pk")[:SHOWN]
    ]


def _obligations(board: Board, year: int) -> list[Item]:
    """What falls short or is doubted by itself, and what is not answered as a number."""
    account = Account(board, year)
    short = [
        line for line in account.lines if line.said and (line.said.value in SHORT or line.status == "action")
    ]
    items = [_item(line.assignment, str(line.word)) for line in short[:SHOWN]]
    if left := account.open:
        says = ngettext(
            "%(number)s obligation to answer, the first by %(day)s",
            "%(number)s obligations to answer, the first by %(day)s",
            len(left),
        )
        day = date_format(min(line.assignment.due_on for line in left), "j F Y")
        url = reverse("obligation_list", args=[board.slug, year])
        items.append(Item(says % {"number": len(left), "day": day}, url))
    return items


def _item(row: Assignment, word: str) -> Item:
    says = f"{row.requirement.code} {row.requirement.label}"[:LINE]
    return Item(f"{says}: {word.lower()}", row.get_absolute_url())


def _activities(board: Board, year: int) -> list[Item]:
    rows = Activity.objects.of(board, year).standing().with_status().select_related("goal__board").in_order()
    late = [row for row in rows if row.status in WORRYING or _is_overdue(row)]
    url = reverse("board_plan", args=[board.slug, year])
    return [Item(row.what[:LINE], url) for row in late[:SHOWN]]


def _is_overdue(row: Any) -> bool:
    return row.due_on is not None and row.due_on < today() and row.status != Answer.Status.DONE


def _city() -> list[Item]:
    """For the security council: the requirements that most fall short of, and the companies that have not adopted."""
    year = today().year
    short = Statement.objects.filter(assignment__year=year, assignment__withdrawn="", value__in=SHORT)
    worst = short.values_list("assignment__requirement__code").annotate(number=Count("pk"))
    items = [
        Item(
            _("%(requirement)s: %(number)s fall short") % {"requirement": code, "number": number},
            f"{reverse('requirement_oversight', args=[code.lower()])}?ar={year}",
        )
        for code, number in worst.order_by("-number", "assignment__requirement__code")[:3]
    ]
    programme = Programme.objects.in_force()
    if programme and (number := Adoption.objects.lacking(programme).count()):
        says = ngettext(
            "%(number)s company has not adopted the programme",
            "%(number)s companies have not adopted the programme",
            number,
        )
        items.append(Item(says % {"number": number}, reverse("adoption_list", args=[programme.slug])))
    return items
