"""Moves the clock that the product reads, from now or from where it was moved to last."""

from datetime import timedelta
from typing import Any

from django.utils import timezone


def later(monkeypatch: Any, **step: float) -> None:
    moment = timezone.now() + timedelta(**step)
    monkeypatch.setattr(timezone, "now", lambda: moment)
