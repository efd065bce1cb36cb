"""The demo lives through its own history: each act is done with the clock at the time it happened."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.utils import timezone


@dataclass(frozen=True)
class Act:
    at: datetime
    do: Callable[[], object]


def moment(day: date, minutes: int = 0) -> datetime:
    """During office hours that day: 08:00 and so many minutes."""
    return timezone.make_aware(datetime.combine(day, time(8))) + timedelta(minutes=minutes)


def workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


@contextmanager
def clock_at(at: datetime) -> Iterator[None]:
    """Only for a command that runs alone: the whole process believes it is then."""

    class Stopped(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return at.astimezone(tz)

    # Not timezone.now itself: fields that have it as their default keep the function they were given.
    real = timezone.datetime
    timezone.datetime = Stopped
    try:
        yield
    finally:
        timezone.datetime = real


def live_through(acts: Iterable[Act]) -> None:
    """In the order things happened, so that every chain of events reads forwards."""
    for act in sorted(acts, key=lambda act: act.at):
        with clock_at(act.at):
            act.do()
