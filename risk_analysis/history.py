"""What one risk has been through the years, by its thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .models import Risk, Rsa
from .scales import are_alike


@dataclass(frozen=True)
class Year:
    risk: Risk
    rsa: Rsa
    is_this: bool
    # Made with other scales than the one that is looked at.
    other_scale: bool


def history_of(risk: Risk, user: Any) -> list[Year]:
    """The last edition of each round that the person may read, the latest first."""
    rows = Risk.objects.visible_to(user).filter(thread=risk.thread)
    rows = rows.select_related("rsa__cycle", "rsa__method", "rsa__board")
    found: dict[int, Risk] = {}
    for row in rows.order_by("-rsa__cycle__opens_on", "-rsa__edition"):
        if row.rsa.cycle_id not in found or row.pk == risk.pk:
            found[row.rsa.cycle_id] = row
    return [
        Year(row, row.rsa, row.pk == risk.pk, not are_alike(row.rsa.method, risk.rsa.method))
        for row in found.values()
    ]
