"""What an organisation's analyses show on its page, ask of a person and put in a calendar."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.access import may, rights_of
from boards.models import Board
from boards.panels import Occasion, Panel, ToDo

from .models import Rsa, RsaCycle

State = Rsa.State


def board_panels(board: Board, user: Any) -> list[Panel]:
    if not board.is_bound or not may(user, "view_protected", board):
        return []
    latest = Rsa.objects.filter(board=board).latest_editions().with_names().order_by("-cycle__opens_on")[:4]
    return [Panel(_("RSA"), "risk_analysis/_rsa_panel.html", {"analyses": list(latest)})]


def to_do(user: Any) -> list[ToDo]:
    """What waits for the one who writes, for the head, and for the registrar."""
    at = rights_of(user).at
    writing, deciding = at.get("edit_protected", frozenset()), at.get("approve", frozenset())
    return [
        *(_to_write(writing) if writing else []),
        *(_to_decide(deciding, user) if deciding else []),
        *_to_number(at.get("register", frozenset())),
    ]


def _to_write(boards: frozenset[int]) -> Iterator[ToDo]:
    """Each open round, until it is handed in; a returned one until the next version is."""
    for cycle, board, rsa in open_for(boards):
        if rsa is None:
            what, url = _("Begin %(rsa)s"), reverse("rsa_page", args=[cycle.slug, board.slug])
            yield ToDo(what % {"rsa": cycle}, url, cycle.due_on, board.name)
        elif rsa.state in (State.DRAFT, State.FIXED):
            what = _("Go on with %(rsa)s") if rsa.is_written else _("Hand in %(rsa)s")
            yield ToDo(what % {"rsa": rsa}, rsa.get_absolute_url(), cycle.due_on, board.name)


def open_for(boards: frozenset[int]) -> Iterator[tuple[RsaCycle, Board, Rsa | None]]:
    asked = RsaCycle.objects.under_way().asked_of(Board.objects.filter(pk__in=boards))
    latest = Rsa.objects.filter(board__in=boards, cycle__in={cycle.pk for cycle, _board in asked}, unit=None)
    begun = {(rsa.cycle_id, rsa.board_id): rsa for rsa in latest.latest_editions().with_names()}
    for cycle, board in asked:
        yield cycle, board, begun.get((cycle.pk, board.pk))


def _to_decide(boards: frozenset[int], user: Any) -> Iterator[ToDo]:
    waiting = Rsa.objects.filter(board__in=boards, state=State.WITH_CHIEF).exclude(sent_by=user)
    for rsa in waiting.with_names():
        yield ToDo(
            _("Decide on %(rsa)s") % {"rsa": rsa}, rsa.get_absolute_url(), rsa.cycle.due_on, rsa.board.name
        )


def _to_number(boards: frozenset[int]) -> list[ToDo]:
    if not boards:
        return []
    number = Rsa.objects.to_number(boards).count()
    what = ngettext(
        "Register %(number)s analysis that is handed in",
        "Register %(number)s analyses that are handed in",
        number,
    )
    return [ToDo(what % {"number": number}, reverse("rsa_registry"))] if number else []


def dates(user: Any, since: date) -> list[Occasion]:
    """The day by which one's own organisation hands in, as long as it has not."""
    writing = rights_of(user).at.get("edit_protected", frozenset())
    if not writing:
        return []
    return [
        Occasion(
            f"rsa-{cycle.pk}-{board.pk}",
            cycle.due_on,
            _("Hand in %(rsa)s") % {"rsa": cycle},
            reverse("rsa_page", args=[cycle.slug, board.slug]),
            board.name,
        )
        for cycle, board, rsa in open_for(writing)
        if cycle.due_on >= since and (rsa is None or not rsa.is_submitted)
    ]
