from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.models import Board
from boards.verbs import verb

from .analyses import Rsa


class ConsideredQuerySet(models.QuerySet["Considered"]):
    def visible_to(self, user: Any) -> ConsideredQuerySet:
        return self.filter(rsa__in=Rsa.objects.visible_to(user))


class ConsideredManager(models.Manager.from_queryset(ConsideredQuerySet)):  # type: ignore[misc]
    @verb("rsa.considered", _("%(who)s wrote in %(rsa)s at %(board)s why something is not relevant"))
    def state(self, rsa: Rsa, *, by: Any, what: str, reason: str) -> Considered:
        rsa.check_open()
        if not reason.strip():
            raise ValidationError({"reason": _("Write why it is not relevant. One sentence is enough.")})
        stated, _new = self.update_or_create(rsa=rsa, what=what, defaults={"reason": reason.strip()})
        audit.record("rsa.considered", stated, by=by, rsa=str(rsa), what=what)
        return stated


class Considered(models.Model):
    """What every analysis has to consider and this one has found not to be relevant, with the reason."""

    class What(models.TextChoices):
        ACCIDENTS = "olyckor", _("Accidents")
        VIOLENCE = "hot_vald", _("Threats and violence")
        AREA = "omrade", _("The geographic area")

    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="considered")
    what = models.CharField(_("What"), max_length=10, choices=What)
    reason = models.CharField(_("Why it is not relevant"), max_length=300)

    objects = ConsideredManager()

    class Meta:
        verbose_name = _("considered, not relevant")
        constraints = [models.UniqueConstraint(fields=["rsa", "what"], name="considered_once_an_rsa")]

    def __str__(self) -> str:
        return self.reason

    @property
    def board(self) -> Board:
        return self.rsa.board
