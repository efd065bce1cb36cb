"""What a row of an invented analysis is made of, before it is written in any year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID


@dataclass
class Line:
    """One row as it goes through the years: from which on, until which, and where it turns."""

    thread: UUID
    facts: dict[str, Any]
    first: int = 0
    last: int = 99
    turn: int = 99
    by: int = 0
    dice: float = 0
    pick: int = 0
    lines: dict[str, list[Line]] = field(default_factory=dict)

    def holds(self, year: int) -> bool:
        return self.first <= year <= self.last

    def moved(self, year: int) -> int:
        return self.by if year >= self.turn else 0
