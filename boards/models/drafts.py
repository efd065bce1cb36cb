from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .. import sealing
from ..days import today
from .discardable import Discardable, DiscardableQuerySet, KeptRows
from .offices import OfficeHolder


class DraftQuerySet(DiscardableQuerySet):
    def reached_by(self, person: Any) -> DraftQuerySet:
        """One's own, and those of whoever held one's office at the board before: a successor goes on with them."""
        mine = OfficeHolder.objects.confirmed().on().filter(person=person, office=OuterRef("office"))
        left = OfficeHolder.objects.filter(
            Exists(mine), person=OuterRef("person"), office__board=OuterRef("board"), valid_to__lt=today()
        )
        still = OfficeHolder.objects.confirmed().on()
        there = still.filter(person=OuterRef("person"), office__board=OuterRef("board"))
        return self.filter(Q(person=person) | (Exists(left) & ~Exists(there)))

    def in_the_bin_of(self, user: Any) -> DraftQuerySet:
        return self.discarded().filter(person=user).select_related("board", "discarded_by")

    def latest_first(self) -> DraftQuerySet:
        return self.order_by("-saved_at", "-pk")


class DraftManager(models.Manager.from_queryset(DraftQuerySet)):  # type: ignore[misc]
    pass


class KeptDrafts(KeptRows, DraftManager):
    pass


class Draft(Discardable):
    """A form that somebody has begun to fill in, sealed; forgotten when it is sent in."""

    noun = "draft"

    person = models.ForeignKey("boards.User", models.CASCADE, related_name="drafts")
    # The board it is written for, whose next holder of the same office goes on with it.
    board = models.ForeignKey("boards.Board", models.CASCADE, null=True, related_name="+")
    path = models.CharField(max_length=300)
    sealed = models.TextField()
    saved_at = models.DateTimeField(default=timezone.now)

    objects = KeptDrafts()
    with_discarded = DraftManager()

    class Meta:
        base_manager_name = "with_discarded"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "path"],
                condition=Q(discarded_at__isnull=True),
                name="one_draft_per_person_and_form",
            )
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @staticmethod
    def seal(path: str, title: str, fields: dict[str, list[str]]) -> str:
        return sealing.seal(json.dumps([title, fields]), _purpose(path))

    def open(self) -> tuple[str, dict[str, list[str]]]:
        title, fields = json.loads(sealing.unseal(self.sealed, _purpose(self.path)))
        return title, fields

    @property
    def title(self) -> str:
        try:
            return self.open()[0]
        except sealing.BrokenSealError:
            return self.path


def _purpose(path: str) -> str:
    return f"draft at {path}"
