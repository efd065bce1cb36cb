"""What the programme shows on a board's page and asks of a person."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.access import may, rights_of
from boards.days import today
from boards.models import Board
from boards.panels import Panel, ToDo

from .models import Adoption, Programme
from .progress import Progress, progress


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
    what = ngettext(
        "Answer %(number)s obligation for %(year)s",
        "Answer %(number)s obligations for %(year)s",
        done.left,
    )
    return ToDo(
        what % {"number": done.left, "year": year},
        reverse("obligation_list", args=[board.slug, year]),
        done.next_due,
        board.name,
    )
