from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..days import Dated, DatedQuerySet, ends_after_it_starts
from ..swedish import COLLATION
from ..verbs import verb
from .boards import Board, Kind


class Area(Dated):
    """Which board answers for a part of the city, and when; on any day exactly one district board does."""

    name = models.CharField(_("Name"), max_length=80, db_collation=COLLATION)
    board = models.ForeignKey(Board, models.PROTECT, related_name="areas")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="one_area_of_a_name_at_a_time"),
            # Two rows without an end would both hold today.
            models.UniqueConstraint(
                fields=["name"], condition=Q(valid_to__isnull=True), name="one_board_answers_for_an_area"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(valid_from__isnull=True), name="one_first_board_of_an_area"
            ),
            ends_after_it_starts("area_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.board_id and self.board.kind != Kind.DISTRICT:
            raise ValidationError(_("Only a district board answers for an area."))
        if self._others_at_the_same_time().exists():
            raise ValidationError(_("Another board answers for the area on some of those days."))

    def _others_at_the_same_time(self) -> models.QuerySet[Area]:
        return (
            Area.objects.overlapping(self.valid_from, self.valid_to)
            .filter(name=self.name)
            .exclude(pk=self.pk)
        )

    @verb("area.moved", _("%(who)s moved %(area)s from %(away_from)s to %(board)s from %(on)s"))
    def move(self, to: Board, *, on: date, by: Any) -> Area:
        """From that day another board answers for the area; the days before stay as they were."""
        Area.objects.select_for_update().get(pk=self.pk)
        if not to.holds(on):
            raise ValidationError(_("%(board)s does not exist on that day."), params={"board": to})
        moved = Area(name=self.name, board=to, valid_from=on, valid_to=self.valid_to)
        self.valid_to = on - timedelta(days=1)
        for row in (self, moved):
            row.full_clean()
            row.save()
        audit.record("area.moved", moved, by=by, area=self.name, away_from=self.board.code, on=on)
        return moved
