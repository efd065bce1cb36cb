from __future__ import annotations

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import access, audit
from boards.models import User
from boards.models.tokens import PersonalSecret, digest
from boards.verbs import verb

# So that an address found in a log is known for what it is.
PREFIX = "spk_"


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    def with_secret(self, secret: str) -> CalendarAddress | None:
        """The one that works today: not taken back, and its person as they were when they made it."""
        found = self.filter(token_hash=digest(secret), revoked_at__isnull=True).select_related("person")
        return next((address for address in found if address.is_in_force), None)

    def of(self, person: User) -> CalendarAddress | None:
        """The person's latest, whether it works or has ended by itself."""
        found = self.filter(person=person, revoked_at__isnull=True).first()
        if found:
            found.person = person
        return found


class CalendarAddressManager(models.Manager.from_queryset(CalendarAddressQuerySet)):  # type: ignore[misc]
    @verb("calendar.address_made", _("%(who)s made an address for their calendar"))
    def make(self, person: User) -> str:
        """The secret of a new address, shown this once. The one before it ends."""
        if not access.rights_of(person).offices:
            raise ValidationError(_("A calendar address follows an office, and you hold none."))
        before = self.filter(person=person, revoked_at__isnull=True).update(revoked_at=timezone.now())
        secret = PREFIX + secrets.token_urlsafe(32)
        address = self.create(**PersonalSecret.made_for(person, secret))
        audit.record(
            "calendar.address_made", person, by=person, address=address.pk, instead_of_another=bool(before)
        )
        return secret

    @verb("calendar.address_ended", _("%(who)s ended the address of their calendar"))
    def end(self, person: User) -> None:
        """For good: whoever has seen the address must not get it back."""
        standing = self.filter(person=person, revoked_at__isnull=True)
        if standing.exists() and standing.update(revoked_at=timezone.now()):
            audit.record("calendar.address_ended", person, by=person)


class CalendarAddress(PersonalSecret):
    """Where a program fetches a person's own calendar: an address nobody can guess, dead with the office."""

    person = models.ForeignKey(User, models.CASCADE, related_name="calendar_addresses")

    objects = CalendarAddressManager()

    class Meta:
        verbose_name = _("calendar address")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="one_calendar_address_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.made_at:%Y-%m-%d}"

    @property
    def is_in_force(self) -> bool:
        follows: Any = self.revoked_at is None and self.follows_its_person
        return bool(follows and access.rights_of(self.person).offices)
