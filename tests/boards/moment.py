"""Moves the clock that the product reads, from now or from where it was moved to last."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils import timezone


def later(monkeypatch: Any, **step: float) -> None:
    moment = timezone.now() + timedelta(**step)
    monkeypatch.setattr(timezone, "now", lambda: moment)


def at(monkeypatch: Any, day: date) -> None:
    """At noon of a day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
