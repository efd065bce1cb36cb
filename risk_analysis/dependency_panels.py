"""What the dependencies show on a board's page and ask of a person."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.access import may, rights_of
from boards.models import Board
from boards.panels import Panel, ToDo

from . import relied_on
from .models import DependencyAnswer


def to_do(user: Any) -> list[ToDo]:
    """A line for each organisation that has something to answer."""
    boards = rights_of(user).at.get("edit_protected")
    if not boards:
        return []
    waiting: dict[Board, int] = {}
    for asked in DependencyAnswer.objects.waiting().filter(dependency__provider__in=boards).with_names():
        waiting[asked.board] = waiting.get(asked.board, 0) + 1
    return [_to_answer(board, number) for board, number in waiting.items()]


def _to_answer(board: Board, number: int) -> ToDo:
    what = ngettext(
        "Answer %(number)s organisation's question: do they depend on you?",
        "Answer %(number)s questions about what others depend on you for",
        number,
    )
    url = f"{reverse('board_relied_on', args=[board.slug])}?svar={DependencyAnswer.State.UNANSWERED}"
    return ToDo(what % {"number": number}, url, board=board.name)


def board_panels(board: Board, user: Any) -> list[Panel]:
    if not board.is_bound or not may(user, "view_protected", board):
        return []
    rows = list(relied_on.on(board, user).values_list("dependency__rsa__board", "state"))
    facts = {
        "board": board,
        "said": relied_on.in_a_sentence(len(rows), len({other for other, _state in rows})),
        "waiting": sum(state == DependencyAnswer.State.UNANSWERED for _other, state in rows),
    }
    return [Panel(_("Who depends on us"), "risk_analysis/_relied_on_panel.html", facts)]
