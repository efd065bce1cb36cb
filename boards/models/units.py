from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..swedish import COLLATION
from .boards import Board


class SectorQuerySet(models.QuerySet["Sector"]):
    def of(self, board: Board) -> SectorQuerySet:
        """Those the board takes part in or leads."""
        return self.filter(models.Q(members=board) | models.Q(lead=board)).distinct().select_related("lead")


class Sector(models.Model):
    """A preparedness sector that cuts across boards (beredskapssektor)."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120, db_collation=COLLATION)
    lead = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="sectors_led")
    members = models.ManyToManyField(Board, related_name="sectors", blank=True)

    objects = SectorQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit below a board, from the directory."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("Name"), max_length=160, db_collation=COLLATION)
    directory_id = models.CharField(max_length=120, null=True, blank=True, unique=True)
    manager = models.ForeignKey(
        "boards.User", models.SET_NULL, null=True, blank=True, related_name="units_led"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "parent", "name"], name="one_unit_of_a_name")]

    def __str__(self) -> str:
        return self.name
