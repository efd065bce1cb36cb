"""An account becomes somebody's by a one-time link: 256 random bits, kept only as a digest, good for a week.

Nobody sets a password for somebody else. In an empty installation two administrators are made by links that
are printed once; each of them is confirmed in the office by the other, since there is nobody else yet.
"""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import audit, letters
from ..days import today
from ..models import Board, Invitation, Office, OfficeHolder, User
from ..verbs import verb

LASTS = timedelta(days=7)
ADMINISTRATOR = "systemforvaltare"
HOME_OF_ADMINISTRATORS = "kommunstyrelsen"


@verb("account.invited", _("%(who)s invited %(about)s"))
def invite(email: str, name: str, *, by: User | None) -> str:
    """Makes the account if there is none, and a link that replaces any earlier one."""
    person = User.objects.with_address(email).first() or User.objects.create_user(email, name)
    if person.has_usable_password() or not person.is_active:
        raise ValidationError(_("There is already an account with that e-mail address."), code="taken")
    person.invitations.filter(used_at__isnull=True).delete()
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        person=person, token_hash=digest(token), invited_by=by, expires_at=timezone.now() + LASTS
    )
    audit.record("account.invited", person, by=by)
    return settings.PUBLIC_URL + reverse("invitation_open", args=[token])


@transaction.atomic
def invite_by_mail(email: str, name: str, *, by: User) -> None:
    link = invite(email, name, by=by)
    person = User.objects.with_address(email).get()
    letters.send("invitation", person, url=link, inviter=by)


def is_needed_by(person: User) -> bool:
    """A reserve account without a password opens nothing, and a link that still works is not sent twice."""
    waits = person.invitations.filter(used_at__isnull=True, expires_at__gt=timezone.now())
    return person.break_glass and person.is_active and not person.has_usable_password() and not waits.exists()


def find(token: str) -> Invitation | None:
    open_ones = Invitation.objects.filter(used_at__isnull=True, expires_at__gt=timezone.now())
    return open_ones.filter(token_hash=digest(token), person__is_active=True).select_related("person").first()


@verb("invitation.accepted", _("%(about)s accepted the invitation"))
def accept(invitation: Invitation, *, name: str, password: str) -> User:
    """Of two presses one is first; the other finds the link used."""
    unused = Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True, expires_at__gt=timezone.now())
    if unused.update(used_at=timezone.now()) != 1:
        raise ValidationError(_("The link no longer works."), code="used")
    person = invitation.person
    person.name = name
    person.set_password(password)
    person.save(update_fields=["name", "password"])
    audit.record("invitation.accepted", person, by=person, invitation=invitation.pk)
    return person


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def bootstrap(addresses: list[tuple[str, str]]) -> list[tuple[User, str]]:
    """The first two administrators and their links. Refused as soon as somebody holds the office."""
    if OfficeHolder.objects.confirmed().filter(office__type__code=ADMINISTRATOR).exists():
        return []
    links = [invite(email, name, by=None) for email, name in addresses]
    first, second = people = [User.objects.with_address(email).get() for email, _name in addresses]
    office = Office.objects.of(_home(), ADMINISTRATOR)
    for person, other in ((first, second), (second, first)):
        holding = office.appoint(person, by=None, valid_from=today(), is_deputy=person is second)
        holding.approve(by=other)
    return list(zip(people, links, strict=True))


def administrators_without_account() -> QuerySet[User]:
    """Those who hold the office today and have not used their link yet, whether or not it still works."""
    holding = OfficeHolder.objects.confirmed().on().filter(office__type__code=ADMINISTRATOR)
    waiting = Invitation.objects.filter(used_at__isnull=True)
    return User.objects.active().filter(
        pk__in=holding.values("person"), invitations__in=waiting, last_login__isnull=True
    )


@transaction.atomic
def renew() -> list[tuple[User, str]]:
    """New links for them; the old ones end."""
    return [
        (person, invite(person.email, person.name, by=None))
        for person in administrators_without_account().order_by("pk")
        if not person.has_usable_password()
    ]


def _home() -> Board:
    """Before the city has chosen its boards there is only its executive board, under a plain name."""
    home, _made = Board.objects.get_or_create(
        code=HOME_OF_ADMINISTRATORS,
        defaults={"slug": HOME_OF_ADMINISTRATORS, "name": "Kommunstyrelsen", "kind": "namnd_central"},
    )
    return home
