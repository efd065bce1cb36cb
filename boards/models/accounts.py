from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import audit, commitments
from ..sealed_fields import SealedRecord, SealedTextField
from ..verbs import verb
from .people import User


class Throttle(models.Model):
    """When the next attempt is allowed; the key is a digest, so no address or account can be read here."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now, db_index=True)
    next_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.failures} until {self.next_at:%H:%M:%S}"


class Invitation(models.Model):
    """A one-time link with which somebody makes their account theirs; the link itself is not kept."""

    person = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class KeptText(models.Model):
    """What somebody had typed when their session ended; the key lies in their browser alone."""

    person = models.ForeignKey(User, models.CASCADE, related_name="kept_texts")
    browser = models.CharField(max_length=64)
    sealed = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "browser"], name="one_kept_text_per_browser")
        ]

    def __str__(self) -> str:
        return f"kept text {self.pk}"


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    def waiting(self) -> FactorResetQuerySet:
        return self.filter(approved_at__isnull=True, refused_at__isnull=True)


class FactorReset(SealedRecord):
    """Somebody has lost their phone: one person asks for the second factor to go, another one agrees."""

    person = models.ForeignKey(User, models.CASCADE, related_name="factor_resets")
    reason = SealedTextField(_("How you know that it is the right person"), max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="nobody_resets_their_own_factor", condition=~Q(asked_by=F("person"))),
            models.CheckConstraint(
                name="a_reset_needs_a_second_person",
                condition=Q(approved_at__isnull=True)
                | (~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("person"))),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(approved_at__isnull=True, refused_at__isnull=True),
                name="one_waiting_reset_per_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.asked_at:%Y-%m-%d}"

    @staticmethod
    @verb("factor.reset_asked", _("%(who)s asked for the second factor of %(about)s to be removed"))
    def ask(person: User, *, by: User, reason: str) -> FactorReset:
        if by.pk == person.pk:
            raise ValidationError(_("Somebody else has to ask for you: your manager or an administrator."))
        reset, made = FactorReset.objects.waiting().get_or_create(
            person=person, defaults={"asked_by": by, "reason": reason}
        )
        if made:
            meant = commitments.to(reason, str(reset.record_key))
            audit.record("factor.reset_asked", person, by=by, reset=reset.pk, **meant)
        return reset

    @verb("factor.reset_approved", _("%(who)s agreed that the second factor of %(about)s is removed"))
    def approve(self, *, by: User) -> None:
        """Removes the factors and ends the sessions; the person is told and sets up new ones."""
        if by.pk in (self.asked_by_id, self.person_id):
            raise ValidationError(_("Somebody other than the one who asked, and than the person, approves."))
        self._decide(by, approved_at=timezone.now())
        audit.record("factor.reset_approved", self.person, by=by, reset=self.pk)
        self.person.remove_factors(by=by)

    @verb("factor.reset_refused", _("%(who)s did not agree that the second factor of %(about)s is removed"))
    def refuse(self, *, by: User) -> None:
        self._decide(by, refused_at=timezone.now())
        audit.record("factor.reset_refused", self.person, by=by, reset=self.pk)

    def _decide(self, by: User, **decision: datetime) -> None:
        changes: dict[str, Any] = {"decided_by": by, **decision}
        if FactorReset.objects.waiting().filter(pk=self.pk).update(**changes) != 1:
            raise ValidationError(_("Somebody has already decided on this."))
        self.refresh_from_db()
