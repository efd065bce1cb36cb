"""What the year's plan and follow-up show on a board's page, ask of a person and put in their calendar."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.access import may, rights_of
from boards.days import today
from boards.models import Board
from boards.panels import Occasion, Panel, ToDo

from .models import Activity, FollowUp, Round
from .models.planned import READ_BY

State = FollowUp.State
# Who is asked for what, and in which states.
ASKED = [
    ("edit_internal", FollowUp.ANSWERED_IN, lambda: _("Follow up %(round)s")),
    ("approve", (State.WITH_CHIEF,), lambda: _("Approve the follow-up %(round)s")),
]


def to_do(user: Any) -> list[ToDo]:
    rights = rights_of(user)
    things: list[ToDo] = []
    for word, states, what in ASKED:
        if boards := rights.at.get(word):
            open_now = FollowUp.objects.filter(board__in=boards, state__in=states)
            things += [
                ToDo(what() % {"round": each}, each.get_absolute_url(), each.round.due_on, each.board.name)
                for each in open_now.filter(round__opens_on__lte=today()).with_names()[:20]
            ]
    return [*things, *(_to_review() if may(user, "review") else [])]


def _to_review() -> list[ToDo]:
    """One line for each round in which boards have handed in."""
    waiting: dict[Any, int] = {}
    for each in FollowUp.objects.filter(state=State.FILED).select_related("round"):
        waiting[each.round] = waiting.get(each.round, 0) + 1
    said = (
        (
            asked,
            number,
            ngettext(
                "Review %(number)s report in %(round)s", "Review %(number)s reports in %(round)s", number
            ),
        )
        for asked, number in waiting.items()
    )
    return [
        ToDo(what % {"number": number, "round": asked}, asked.get_absolute_url())
        for asked, number, what in said
    ]


def dates(user: Any, since: date) -> list[Occasion]:
    return [*_rounds(user, since), *_activities(user, since)]


def _rounds(user: Any, since: date) -> Iterator[Occasion]:
    """Follow-ups that have not left the board; for the city office the day all of them are due."""
    rights = rights_of(user)
    own = {board for word, _states, _what in ASKED for board in rights.at.get(word, ())}
    left = FollowUp.objects.left_to_file().filter(board__in=own, round__due_on__gte=since)
    for each in left.with_names() if own else []:
        what = _("%(round)s is to be handed in") % {"round": each.round.heading}
        yield Occasion(
            f"follow-up-{each.pk}", each.round.due_on, what, each.get_absolute_url(), each.board.name
        )
    if may(user, "review"):
        for asked in Round.objects.filter(due_on__gte=since):
            yield occasion_of(asked)


def occasion_of(asked: Round) -> Occasion:
    what = _("Boards and companies hand in %(round)s") % {"round": asked}
    return Occasion(f"round-{asked.pk}", asked.due_on, what, asked.get_absolute_url(), is_deadline=False)


def _activities(user: Any, since: date) -> Iterator[Occasion]:
    """What the person does themselves, until a follow-up says that it is done or stopped."""
    mine = Activity.objects.visible_to(user).filter(responsible=user, due_on__gte=since)
    for activity in mine.left_to_do().select_related("goal__board"):
        yield Occasion(
            f"activity-{activity.pk}",
            activity.due_on,
            activity.what,
            activity.get_absolute_url(),
            activity.board.name,
            said=_("An activity of yours is to be done"),
        )


def board_panels(board: Board, user: Any) -> list[Panel]:
    if not board.is_bound or not any(may(user, word, board) for word in READ_BY):
        return []
    year = today().year
    reports = FollowUp.objects.visible_to(user).filter(board=board).select_related("round", "board")
    facts = {
        "board": board,
        "year": year,
        "activities": Activity.objects.of(board, year).standing().count(),
        "reports": reports.order_by("-round__due_on")[:4],
        "plan": reverse("board_plan", args=[board.slug, year]),
    }
    return [Panel(_("Goals and follow-up"), "security_program/_plan_panel.html", facts)]
