from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from ..days import Dated, DatedQuerySet, ends_after_it_starts


class StandIn(Dated):
    """Who acts in somebody's offices while they are away, set by the person themselves or their manager."""

    person = models.ForeignKey("boards.User", models.PROTECT, related_name="stand_ins")
    deputy = models.ForeignKey("boards.User", models.PROTECT, related_name="standing_in_for")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts("stand_in_ends_after_it_starts"),
            models.CheckConstraint(name="nobody_stands_in_for_themselves", condition=~Q(person=F("deputy"))),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} → {self.person}"
