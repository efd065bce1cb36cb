"""Who has which duty in a year: from the requirements of the version that binds, to one row per organisation."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.models import Board
from boards.verbs import bulk_verb

from .answering import Span, answering_in, answers
from .due_days import DueDays
from .models import Adoption, Assignment, Programme, Requirement
from .models.vocabulary import Kind

# What an earlier version demanded is a duty in the years that version bound.
DUTIES = (Kind.DUTY, Kind.EARLIER)
FACTS = ["first_day", "last_day", "due_on", "awaits_adoption", "withdrawn"]
Key = tuple[int, int]


@bulk_verb(
    "obligations.derived", _("The obligations of %(about)s for %(year)s were worked out (%(count)s changed)")
)
def derive(year: int, *, by: Any = None) -> int:
    """Done again it changes nothing. What has been answered is never deleted; it is withdrawn with the reason."""
    spans = answering_in(year)
    versions = Versions()
    wanted = {(row.board_id, row.requirement_id): row for row in _wanted(year, spans, versions)}
    known = Assignment.objects.for_year(year).select_related("board", "requirement", "statement")
    there = {(row.board_id, row.requirement_id): row for row in known}
    new = [row for key, row in wanted.items() if key not in there]
    gone = [row for key, row in there.items() if key not in wanted]
    changed = [row for key, row in there.items() if key in wanted and _takes_over(row, wanted[key])]
    withdrawn = [row for row in gone if row.said and _withdraw(row, spans, versions)]
    unsaid = [row for row in gone if not row.said]
    touched = [*Assignment.objects.bulk_create(new, batch_size=200), *changed, *withdrawn, *unsaid]
    audit.record_many("obligations.derived", touched, by=by, year=year)
    Assignment.objects.bulk_update([*changed, *withdrawn], FACTS, batch_size=100)
    Assignment.objects.filter(pk__in=[row.pk for row in unsaid]).delete()
    return len(touched)


class Versions:
    """The version that binds on a day, and what it asks of whom; each asked once."""

    def __init__(self) -> None:
        self._on: dict[date, Programme | None] = {}
        self._duties: dict[int, list[tuple[Requirement, list[str]]]] = {}

    def on(self, day: date) -> Programme | None:
        if day not in self._on:
            self._on[day] = Programme.objects.in_force_on(day)
        return self._on[day]

    def duties(self, programme: Programme) -> list[tuple[Requirement, list[str]]]:
        if programme.pk not in self._duties:
            found = Requirement.objects.filter(programme=programme, kind__in=DUTIES)
            self._duties[programme.pk] = [
                (row, [actor.actor for actor in row.who]) for row in found.prefetch_related("actors")
            ]
        return self._duties[programme.pk]


def _wanted(year: int, spans: dict[Board, Span], versions: Versions) -> Iterable[Assignment]:
    due, adopted = DueDays(year), Adoption.objects.days()
    for board, span in spans.items():
        programme = versions.on(span.last)
        if programme is None:
            continue
        day = adopted.get((board.pk, programme.pk)) if board.is_company else date.min
        awaits = day is None or day > span.last
        first = span.first if day is None or awaits else max(span.first, day)
        for requirement, actors in versions.duties(programme):
            if answers(board, actors):
                yield Assignment(
                    requirement=requirement,
                    board=board,
                    year=year,
                    first_day=first,
                    last_day=span.last,
                    due_on=due.of(requirement, span.last),
                    awaits_adoption=awaits,
                )


def _takes_over(row: Assignment, wanted: Assignment) -> bool:
    new = {name: getattr(wanted, name) for name in FACTS}
    differs = any(getattr(row, name) != value for name, value in new.items())
    for name, value in new.items():
        setattr(row, name, value)
    return differs


def _withdraw(row: Assignment, spans: dict[Board, Span], versions: Versions) -> bool:
    span = spans.get(row.board)
    binds = versions.on(span.last) if span else None
    other = binds is not None and binds.pk != row.requirement.programme_id
    reason = Assignment.Withdrawn.OTHER_VERSION if other else Assignment.Withdrawn.NOT_ANSWERING
    before, row.withdrawn = row.withdrawn, reason
    return before != reason
