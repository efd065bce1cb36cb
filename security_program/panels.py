"""What the programme shows on a board's page, asks of a person and puts in their calendar."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.access import may, rights_of
from boards.days import today
from boards.models import Board
from boards.panels import Occasion, Panel, ToDo

from .models import Adoption, GuidelineVersion, Programme
from .progress import Left, Progress, left_by_day, progress


def board_panels(board: Board, user: Any) -> list[Panel]:
    reads = may(user, "view_internal", board) or may(user, "view_submitted", board)
    if not reads or not board.is_bound:
        return []
    year = today().year
    context = {
        "board": board,
        "year": year,
        "progress": progress([board.pk], year).get(board.pk),
        "adoption": _adoption(board) if board.is_company else None,
        "adopts": board.is_company and (may(user, "edit_internal", board) or may(user, "review")),
    }
    return [Panel(_("Obligations"), "security_program/board_obligations.html", context)]


def _adoption(board: Board) -> Adoption | None:
    programme = Programme.objects.in_force()
    return Adoption.objects.filter(board=board, programme=programme).first() if programme else None


def to_do(user: Any) -> list[ToDo]:
    """One row for each organisation whose obligations the person answers."""
    answering = rights_of(user).at.get("edit_internal", frozenset())
    if not answering:
        return []
    year = today().year
    found = progress(answering, year)
    boards = Board.objects.filter(pk__in=found)
    return [_answer(board, year, found[board.pk]) for board in boards if found[board.pk].left]


def _answer(board: Board, year: int, done: Progress) -> ToDo:
    where = reverse("obligation_list", args=[board.slug, year])
    return ToDo(_asked(done.left, year), where, done.next_due, board.name)


def _asked(number: int, year: int) -> str:
    what = ngettext(
        "Answer %(number)s obligation for %(year)s",
        "Answer %(number)s obligations for %(year)s",
        number,
    )
    return what % {"number": number, "year": year}


def dates(user: Any, since: date) -> list[Occasion]:
    """The days on which obligations are to be answered and instructions acknowledged."""
    answering = rights_of(user).at.get("edit_internal", frozenset())
    left = left_by_day(since, date.max, answering) if answering else []
    return [*(_day_of(each) for each in left), *_to_acknowledge(user, since)]


def _day_of(left: Left) -> Occasion:
    key = f"obligations-{left.board.pk}-{left.year}-{left.due_on:%Y%m%d}"
    return Occasion(key, left.due_on, _asked(left.number, left.year), left.link, left.board.name)


def _to_acknowledge(user: Any, since: date) -> list[Occasion]:
    """The name of an instruction is known to all staff, and may stand anywhere."""
    return [
        Occasion(
            f"instruction-{version.pk}",
            version.acknowledge_by,
            _("Acknowledge the instruction %(name)s") % {"name": version.guideline},
            version.guideline.get_absolute_url(),
        )
        for version in GuidelineVersion.objects.awaited_from(user).select_related("guideline")
        if version.acknowledge_by and version.acknowledge_by >= since
    ]
