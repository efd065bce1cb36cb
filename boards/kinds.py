"""What a kind of background work is: what it does, when it comes round, and what a person is told about it.

A kind is a function that takes its job. Each floor names its own in its `tasks` module.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from .models import Job

Work = Callable[["Job"], None]


class CannotBeDoneError(Exception):
    """There is no use in trying again; the code is one of the kind's `problems`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Kind:
    name: str
    run: Work
    every: timedelta | None = None
    daily_at: time | None = None
    # What a person who asked for the work reads: its name, its steps in order, and why it could not be done.
    label: Any = ""
    steps: Mapping[str, Any] = field(default_factory=dict)
    problems: Mapping[str, Any] = field(default_factory=dict)
    # The right that the requester needs at the job's board, or in the whole city if it has none.
    permission: str = ""
    # Where the result is read.
    opens: Callable[["Job"], str] | None = None

    def latest_round(self, now: datetime) -> datetime | None:
        """When this kind last came round; None for work that is only done when somebody asks."""
        if self.every:
            length = self.every.total_seconds()
            return datetime.fromtimestamp(now.timestamp() // length * length, tz=now.tzinfo)
        if self.daily_at:
            here = timezone.localtime(now)
            today = here.replace(
                hour=self.daily_at.hour, minute=self.daily_at.minute, second=0, microsecond=0
            )
            return today if today <= here else None
        return None

    def key(self, round_at: datetime) -> str:
        moment = timezone.localtime(round_at)
        return f"{self.name}:{moment.date()}" if self.daily_at else f"{self.name}:{round_at.timestamp():.0f}"


KINDS: dict[str, Kind] = {}


def kind(name: str, **facts: Any) -> Callable[[Work], Work]:
    """Names a kind of work. With `every` or `daily_at` (city time) the scheduler asks for it by itself."""

    def register(run: Work) -> Work:
        KINDS[name] = Kind(name, run, **facts)
        return run

    return register


def with_permission() -> dict[str, list[str]]:
    """The kinds that ask for a right, by that right."""
    found: dict[str, list[str]] = {}
    for each in KINDS.values():
        if each.permission:
            found.setdefault(each.permission, []).append(each.name)
    return found
