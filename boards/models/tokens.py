from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import access, audit
from ..days import today
from ..verbs import verb
from .people import User

# So that a token found in a log or a repository is known for what it is.
PREFIX = "sp_"
LONGEST = timedelta(days=366)
# How finely it is noted when a token was last used.
NOTED_EVERY = timedelta(minutes=1)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class PersonalSecret(models.Model):
    """Stands for a person without a sign-in. Kept as a digest; worth what the person may do when it is used."""

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    # As these were when it was made: what ends the person's sessions ends their secrets.
    session_epoch = models.PositiveIntegerField(editable=False)
    ended_offices = models.PositiveIntegerField(editable=False)

    class Meta:
        abstract = True

    @staticmethod
    def made_for(person: User, secret: str) -> dict[str, Any]:
        """What is kept of a new one: its digest, and what has to stay as it is."""
        return {
            "person": person,
            "token_hash": digest(secret),
            "session_epoch": person.session_epoch,
            "ended_offices": person.ended_offices_today,
        }

    @property
    def follows_its_person(self) -> bool:
        person: User = self.person  # type: ignore[attr-defined]
        unchanged = (self.session_epoch, self.ended_offices)
        return person.is_active and unchanged == (person.session_epoch, person.ended_offices_today)

    def note_use(self) -> None:
        now = timezone.now()
        unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - NOTED_EVERY)
        if self.last_used_at is None or self.last_used_at < now - NOTED_EVERY:
            type(self)._default_manager.filter(unnoted, pk=self.pk).update(last_used_at=now)


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def in_force(self) -> ApiTokenQuerySet:
        return self.filter(revoked_at__isnull=True, valid_to__gte=today())

    def with_secret(self, secret: str) -> ApiTokenQuerySet:
        return self.filter(token_hash=digest(secret))

    def latest_first(self) -> ApiTokenQuerySet:
        return self.order_by("-pk")


class ApiTokenManager(models.Manager.from_queryset(ApiTokenQuerySet)):  # type: ignore[misc]
    @verb("token.issued", _("%(who)s made a token for the API"))
    def issue(
        self, person: User, *, name: str, valid_to: date, may_write: bool = False
    ) -> tuple[ApiToken, str]:
        """A new token, and its secret, which is shown this once and stored nowhere."""
        if not access.rights_of(person).offices:
            raise ValidationError(_("A token follows an office, and you hold none."))
        secret = PREFIX + secrets.token_urlsafe(32)
        kept = PersonalSecret.made_for(person, secret)
        token = self.model(name=name, valid_to=valid_to, may_write=may_write, **kept)
        token.full_clean()
        token.save()
        audit.record("token.issued", person, by=person, token=token.pk, write=may_write, until=valid_to)
        return token, secret


class ApiToken(PersonalSecret):
    """A person's own key to the API. It opens what the person may do at the time of asking, never more."""

    person = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("What you will use it for"), max_length=80)
    may_write = models.BooleanField(_("May also change things"), default=False)
    valid_to = models.DateField(_("Last day"))

    objects = ApiTokenManager()

    class Meta:
        indexes = [models.Index(fields=["person", "-id"])]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.valid_to and not today() <= self.valid_to <= today() + LONGEST:
            raise ValidationError({"valid_to": _("Choose a day within a year from today.")})

    @property
    def is_in_force(self) -> bool:
        return self.revoked_at is None and self.valid_to >= today() and self.follows_its_person

    @property
    def state(self) -> Any:
        if self.revoked_at:
            return _("Revoked")
        if self.valid_to < today():
            return _("Has expired")
        return _("Works") if self.follows_its_person else _("Ended with an office or a sign-out")

    @verb("token.revoked", _("%(who)s revoked a token for the API"))
    def revoke(self, *, by: User) -> None:
        """For good: whoever has seen the secret must not get it back."""
        unrevoked = ApiToken.objects.filter(pk=self.pk, revoked_at__isnull=True)
        if unrevoked.update(revoked_at=timezone.now()):
            self.refresh_from_db(fields=["revoked_at"])
            audit.record("token.revoked", self.person, by=by, token=self.pk)
