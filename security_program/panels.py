"""What the programme shows on a board's page, asks of a person and puts in their calendar."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.access import rights_of
from boards.days import today
from boards.models import Board
from boards.panels import Occasion, Panel, ToDo

from .accounting import reads
from .adopting import adopts
from .models import Adoption, AdoptionCall, GuidelineVersion, Programme
from .progress import Left, Progress, left_by_day, progress


def board_panels(board: Board, user: Any) -> list[Panel]:
    if not reads(user, board) or not board.is_bound:
        return []
    year = today().year
    context = {
        "board": board,
        "year": year,
        "progress": progress([board.pk], year).get(board.pk),
        "adoption": _adoption(board) if board.is_company else None,
        "adopts": adopts(user, board),
    }
    return [Panel(_("Obligations"), "security_program/board_obligations.html", context)]


def _adoption(board: Board) -> Adoption | None:
    programme = Programme.objects.in_force()
    mine = Adoption.objects.filter(board=board, programme=programme).select_related("programme")
    return mine.first() if programme else None


def to_do(user: Any) -> list[ToDo]:
    """One row for each organisation whose obligations the person answers."""
    answering = rights_of(user).at.get("edit_internal", frozenset())
    if not answering:
        return []
    year = today().year
    found = progress(answering, year)
    boards = list(Board.objects.filter(pk__in=found))
    things = [_answer(board, year, found[board.pk]) for board in boards if found[board.pk].left]
    unadopted = [board for board in boards if found[board.pk].unadopted]
    return [*things, *(_adopt(unadopted) if unadopted else [])]


def _adopt(companies: list[Board]) -> list[ToDo]:
    """The companies that have been asked to adopt the version in force and have not."""
    programme = Programme.objects.in_force()
    call = AdoptionCall.objects.latest_about(programme) if programme else None
    return [
        ToDo(
            _("Let the board decide to adopt the programme, and note it"),
            reverse("adoption_new", args=[board.slug]),
            call.answer_by,
            board.name,
        )
        for board in companies
        if call
    ]


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
