"""What each floor offers to the pages that the roof composes: panels on a board's page, things to do.

A floor has a module `panels` with two functions, `board_panels(board, user)` and `to_do(user)`. One that has days
of its own in people's calendars has a third, `dates(user, since)`.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .days import today


@dataclass(frozen=True)
class Panel:
    """A part of a board's page: a heading, a template and what the template is given."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ToDo:
    """Something a person has to do: what, where, and by which day if there is one."""

    what: str
    url: str
    due: date | None = None
    board: str = ""

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < today()

    @property
    def days_left(self) -> int | None:
        """Counted to the last day, which is the day 0; nothing without a day, or when it has been."""
        return (self.due - today()).days if self.due and not self.is_late else None


@dataclass(frozen=True)
class Occasion:
    """A day in a person's own calendar, with a key that stays the same when its words change."""

    key: str
    on: date
    what: str
    url: str
    board: str = ""
    # What a calendar outside the house is told instead, where `what` is something that somebody has typed.
    said: str = ""
    # Something to be done by then; otherwise something that happens on that day.
    is_deadline: bool = True

    @property
    def is_late(self) -> bool:
        return self.is_deadline and self.on < today()

    @property
    def title(self) -> str:
        """In words that may leave the house."""
        return ", ".join(filter(None, [self.said or self.what, self.board]))


def by_date(things: list[ToDo]) -> list[ToDo]:
    return sorted(things, key=lambda thing: (thing.due or date.max, thing.what))
