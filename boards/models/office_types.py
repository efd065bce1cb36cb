from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import mandates
from ..bilingual import in_readers_language
from ..swedish import COLLATION
from .boards import CITY_KINDS, Board


class OfficeTypeQuerySet(models.QuerySet["OfficeType"]):
    def open_at(self, board: Board) -> list[OfficeType]:
        """What somebody can be appointed to at this board."""
        return [office for office in self if office.code != mandates.MEMBER and office.belongs_at(board)]

    def expected_of(self, board: Board) -> list[OfficeType]:
        return [office for office in self.order_by("order") if office.is_expected_of(board)]

    def required_of(self, board: Board) -> list[OfficeType]:
        return [office for office in self.order_by("order") if office.is_required_of(board)]


class OfficeType(models.Model):
    """What kind of office it is; what it may do stands in mandates.py under the same code."""

    code = models.SlugField(max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("Name"), max_length=120, db_collation=COLLATION)
    name_en = models.CharField(_("Name in English"), max_length=120)
    description = models.TextField(_("Description"), blank=True)
    description_en = models.TextField(_("Description in English"), blank=True)
    minimum_training = models.TextField(_("Minimum training"), blank=True)
    minimum_training_en = models.TextField(_("Minimum training in English"), blank=True)
    required_kinds = models.JSONField(_("Expected of"), default=list, blank=True)
    requirement = models.CharField(
        _("Ground"), max_length=80, blank=True, help_text=_("Requirement in the programme, or law.")
    )

    objects = OfficeTypeQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return in_readers_language(self, "name")

    @property
    def what_it_does(self) -> str:
        return in_readers_language(self, "description")

    @property
    def training_needed(self) -> str:
        return in_readers_language(self, "minimum_training")

    @property
    def mandate(self) -> mandates.Mandate:
        return mandates.of(self.code)

    def is_expected_of(self, board: Board) -> bool:
        return board.kind in self.required_kinds

    def is_required_of(self, board: Board) -> bool:
        """Demanded is only what the programme or a law demands."""
        return bool(self.requirement) and self.is_expected_of(board)

    def belongs_at(self, board: Board) -> bool:
        """Offices for the whole city are held at its central bodies; those of a board at any board."""
        return board.kind in CITY_KINDS if self.mandate.city else True

    def check_may_be_held(self, board: Board, valid_to: date | None) -> None:
        if self.code == mandates.MEMBER:
            raise ValidationError(_("Elected members are entered as seats on the board."))
        if not self.belongs_at(board):
            raise ValidationError(
                _("That office is for the whole city and is held at the city executive board.")
            )
        if self.mandate.time_limited and valid_to is None:
            raise ValidationError(
                {"valid_to": _("This office is always for a limited time. Give a last day.")}
            )
