from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.models import Board
from boards.verbs import verb

from .analyses import Rsa


class CapabilityQuerySet(models.QuerySet["Capability"]):
    def visible_to(self, user: Any) -> CapabilityQuerySet:
        return self.filter(rsa__in=Rsa.objects.visible_to(user))


class CapabilityManager(models.Manager.from_queryset(CapabilityQuerySet)):  # type: ignore[misc]
    @verb("rsa.capability_judged", _("%(who)s judged a capability in %(rsa)s at %(board)s"))
    def judge(self, rsa: Rsa, *, by: Any, place: int, grade: str, text: str = "") -> Capability:
        rsa.check_open()
        if place not in range(1, len(rsa.method.capabilities) + 1):
            raise ValidationError(_("The method has no such capability."))
        facts = {"grade": grade, "text": text.strip()}
        Capability(rsa=rsa, place=place, **facts).full_clean(validate_constraints=False)
        judged, _new = self.update_or_create(rsa=rsa, place=place, defaults=facts)
        audit.record("rsa.capability_judged", judged, by=by, rsa=str(rsa), place=place)
        return judged


class Capability(models.Model):
    """How well the organisation manages one of the things that its method asks about (förmåga)."""

    class Grade(models.TextChoices):
        GOOD = "god", _("Good")
        FAIRLY = "i_huvudsak_god", _("Good in the main, with some shortcomings")
        LACKING = "bristfallig", _("Lacking")
        VERY = "mycket_bristfallig", _("Very lacking")

    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="capabilities")
    # Which of the method's, counted from one.
    place = models.PositiveSmallIntegerField()
    grade = models.CharField(_("Capability"), max_length=20, choices=Grade)
    text = models.CharField(_("Why"), max_length=500, blank=True)

    objects = CapabilityManager()

    class Meta:
        verbose_name = _("capability")
        constraints = [models.UniqueConstraint(fields=["rsa", "place"], name="capability_once_an_rsa")]
        ordering = ["place"]

    def __str__(self) -> str:
        return self.get_grade_display()

    @property
    def board(self) -> Board:
        return self.rsa.board
