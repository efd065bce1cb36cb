"""The ladder before and after a day: 30, 14 and 3 days before, on the day, and 3 days after.

Each rung is told once to each person, in the daily mail, and what is done is told no more. After the day those
who lead are told too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from boards import notices, workdays
from boards.models import Board, User
from boards.notices import News
from risk_analysis import analysis_panels
from risk_analysis.models import Rsa, RsaCycle

from .models import Activity, FollowUp, GuidelineVersion
from .progress import left_by_day

# Days before it is due.
RUNGS = (30, 14, 3, 0, -3)
AHEAD = timedelta(days=RUNGS[0])
# A free day takes a rung at most this far; what is late for longer stands on people's own pages.
BACK = timedelta(days=10)


@dataclass(frozen=True)
class Deadline:
    """Something that is not done yet: by which day, who does it, and who leads them."""

    kind: str
    about: Any
    due_on: date
    link: str
    board: Board
    people: Iterable[User]
    leaders: Iterable[User]


def told_on(due_on: date, rung: int) -> date:
    """The mail goes on working days: before the day rather too early, after it when people are back."""
    day = due_on - timedelta(days=rung)
    return workdays.or_earlier(day) if rung >= 0 else workdays.or_later(day)


def rung_on(due_on: date, day: date) -> int | None:
    """The last rung that has been reached: those before it are not told afterwards."""
    reached = [rung for rung in RUNGS if told_on(due_on, rung) <= day]
    return reached[-1] if reached else None


@transaction.atomic
def remind(day: date) -> None:
    news: dict[str, list[News]] = {}
    for deadline in not_done(day - BACK, day + AHEAD + BACK):
        rung = rung_on(deadline.due_on, day)
        if rung is not None:
            kind = "deadline_passed" if rung < 0 else deadline.kind
            news.setdefault(kind, []).append(_news(deadline, rung))
    for kind, told in news.items():
        notices.give_all(kind, told)


def _news(deadline: Deadline, rung: int) -> News:
    about, due_on, board = deadline.about, deadline.due_on, deadline.board
    people = [*deadline.people, *(deadline.leaders if rung < 0 else [])]
    once = f"{deadline.kind}:{about.pk}:{board.pk}:{due_on:%Y%m%d}:{rung}"
    return News(people, about, deadline.link, board, due_on, once)


def not_done(first: date, last: date) -> Iterator[Deadline]:
    """All that is due within the period and still waits for somebody."""
    boards = list(Board.objects.bound())
    answering = notices.those_who_at("edit_internal", boards)
    leading = notices.those_who_at("approve", boards)
    yield from _obligations(first, last, answering, leading)
    yield from _follow_ups(first, last, answering, leading)
    yield from _analyses(first, last, leading)
    yield from _activities(first, last)
    yield from _instructions(first, last, answering, leading)


People = dict[Board | None, list[User]]


def _obligations(first: date, last: date, answering: People, leading: People) -> Iterator[Deadline]:
    for left in left_by_day(first, last):
        here = left.board
        people = answering.get(here, []), leading.get(here, [])
        yield Deadline("deadline_obligations", here, left.due_on, left.link, here, *people)


def _follow_ups(first: date, last: date, answering: People, leading: People) -> Iterator[Deadline]:
    """Whoever writes it is told until the head has it; then the head is."""
    asked = FollowUp.objects.left_to_file().opened()
    for each in asked.filter(round__due_on__range=(first, last)).with_names():
        leaders = leading.get(each.board, [])
        people = leaders if each.state == FollowUp.State.WITH_CHIEF else answering.get(each.board, [])
        link = each.get_absolute_url()
        yield Deadline("deadline_follow_up", each, each.round.due_on, link, each.board, people, leaders)


def _analyses(first: date, last: date, leading: People) -> Iterator[Deadline]:
    """Whoever writes it until the head has it; then the head."""
    asked = RsaCycle.objects.under_way().filter(due_on__range=(first, last)).asked_of(leading)
    if not asked:
        return
    boards = {board.pk: board for _cycle, board in asked}
    writing = notices.those_who_at("edit_protected", list(boards.values()))
    for cycle, board, rsa in analysis_panels.open_for(frozenset(boards)):
        if cycle.due_on > last or cycle.due_on < first or (rsa and rsa.is_submitted):
            continue
        with_head = rsa is not None and rsa.state == Rsa.State.WITH_CHIEF
        leaders = leading.get(board, [])
        people = leaders if with_head else writing.get(board, [])
        link = reverse("rsa_page", args=[cycle.slug, board.slug])
        yield Deadline("deadline_rsa", cycle, cycle.due_on, link, board, people, leaders)


def _activities(first: date, last: date) -> Iterator[Deadline]:
    planned = Activity.objects.left_to_do().filter(due_on__range=(first, last), responsible__isnull=False)
    for each in planned.select_related("goal__board", "responsible__manager"):
        leaders = [each.responsible.manager] if each.responsible.manager else []
        link = each.get_absolute_url()
        yield Deadline("deadline_activity", each, each.due_on, link, each.board, [each.responsible], leaders)


def _instructions(first: date, last: date, answering: People, leading: People) -> Iterator[Deadline]:
    for version in GuidelineVersion.objects.in_force().select_related("guideline"):
        due_on = version.acknowledge_by
        if due_on is None or not first <= due_on <= last:
            continue
        link = version.guideline.get_absolute_url()
        for board in version.lacking():
            people = answering.get(board, []), leading.get(board, [])
            yield Deadline("deadline_instruction", version, due_on, link, board, *people)
