from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .. import access, audit, letters, notices
from ..days import today
from ..swedish import COLLATION
from ..verbs import verb

if TYPE_CHECKING:
    from .offices import StandIn


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> UserQuerySet:
        return self.filter(is_active=True)

    def with_ended_offices(self, day: date) -> UserQuerySet:
        """How many of the person's offices and seats are over that day: one more than at sign-in ends the session."""
        over = [
            Count(held, filter=Q((f"{held}__valid_to__lt", day)), distinct=True)
            for held in ("office_holdings", "memberships")
        ]
        return self.annotate(ended_offices=over[0] + over[1])

    def with_address(self, email: str) -> UserQuerySet:
        return self.filter(email__iexact=email.strip())

    def managed_by(self, user: User) -> UserQuerySet:
        """Whose account the person may help with: everybody's for an administrator, else the own staff's."""
        return self.all() if access.may(user, "manage_accounts") else self.filter(manager=user)

    def from_the_directory(self) -> UserQuerySet:
        return self.filter(directory_id__isnull=False)

    def by_name(self) -> UserQuerySet:
        return self.order_by("name", "pk")


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, email: str) -> User:
        return self.get(email__iexact=email)

    def create_user(self, email: str, name: str = "", password: str | None = None, **fields: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), name=name or email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. What they may do is asked of their offices by today's date, never stored on them."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As on the device")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    email = models.EmailField(_("E-mail"), unique=True)
    name = models.CharField(_("Name"), max_length=120, db_collation=COLLATION)
    title = models.CharField(_("Title"), max_length=120, blank=True)
    phone = models.CharField(_("Work phone"), max_length=40, blank=True)
    directory_id = models.CharField(
        _("Id in the directory"), max_length=120, null=True, blank=True, unique=True
    )
    unit = models.ForeignKey("boards.Unit", models.SET_NULL, null=True, blank=True, related_name="people")
    manager = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="staff")
    language = models.CharField(_("Language"), max_length=2, blank=True)
    theme = models.CharField(_("Colours"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    shortcuts = models.BooleanField(_("Keyboard shortcuts"), default=True)
    is_active = models.BooleanField(_("May sign in"), default=True)
    break_glass = models.BooleanField(
        _("Reserve account for a duty officer"),
        default=False,
        help_text=_("Works with a password when single sign-on is down. Each use is recorded."),
    )
    # The directory opens again only what it has itself closed.
    left_directory = models.BooleanField(default=False, editable=False)
    # Raised to end all of the person's sessions at once.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    # Set on the person of a web request, whose rights are asked for once (boards.access.rights_of).
    is_of_a_request = False
    rights: access.Rights | None = None

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<User {self.pk}>"

    def get_full_name(self) -> str:
        return self.name

    def has_perm(self, permission: str, board: Any = None) -> bool:
        return access.may(self, permission, board)

    @property
    def ended_offices_today(self) -> int:
        counted = getattr(self, "ended_offices", None)
        if counted is None:
            counted = (
                User.objects.with_ended_offices(today())
                .values_list("ended_offices", flat=True)
                .get(pk=self.pk)
            )
        return int(counted)

    def get_session_auth_hash(self) -> str:
        return self._session_hash()

    def get_session_auth_fallback_hash(self):  # type: ignore[no-untyped-def]
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret=secret)

    def _session_hash(self, secret: str | None = None) -> str:
        """A new password, an ended office or seat, or an ended account makes every earlier session worthless."""
        facts = f"{self.password}|{self.session_epoch}|{self.ended_offices_today}|{self.is_active}"
        return salted_hmac("boards.session", facts, secret=secret, algorithm="sha256").hexdigest()

    @property
    def may_use_password(self) -> bool:
        """With single sign-on in place only reserve accounts open with a password."""
        own = settings.LOCAL_PASSWORDS_FOR_ALL or self.break_glass
        return own and self.is_active and self.has_usable_password()

    def end_sessions(self) -> None:
        User.objects.filter(pk=self.pk).update(session_epoch=models.F("session_epoch") + 1)
        self.refresh_from_db(fields=["session_epoch"])

    @verb("sessions.ended", _("%(who)s signed %(about)s out everywhere"))
    def sign_out_everywhere(self, *, by: User) -> None:
        self.end_sessions()
        audit.record("sessions.ended", self, by=by)

    @verb("password.changed", _("%(who)s changed their password"))
    def change_password(self, password: str) -> None:
        """Ends all other sessions, since the session hash follows the password; second factors stay."""
        self.set_password(password)
        self.save(update_fields=["password"])
        audit.record("password.changed", self, by=self)
        letters.send("password_changed", self)

    @verb("email.changed", _("%(who)s changed their e-mail address"))
    def change_email(self, email: str) -> None:
        old, self.email = self.email, email.strip().lower()
        self.full_clean(exclude=["password", "directory_id"])
        self.save(update_fields=["email"])
        audit.record("email.changed", self, by=self)
        letters.send("email_changed", self, address=old)

    @verb("profile.changed", _("%(who)s changed %(fields)s in their profile"))
    def choose(self, **choices: Any) -> None:
        """How the person wants the pages: language, colours, shortcuts."""
        changed = {field: value for field, value in choices.items() if getattr(self, field) != value}
        if changed:
            for field, value in changed.items():
                setattr(self, field, value)
            self.save(update_fields=list(changed))
            audit.record("profile.changed", self, by=self, changed=changed)

    @verb("account.deactivated", _("%(who)s ended the account of %(about)s"))
    def deactivate(self, *, by: User | None, left: bool = False) -> None:
        """The account ends, and with it the sessions, the offices and what others do in the person's place."""
        still_open = User.objects.filter(pk=self.pk, is_active=True)
        if not self.is_active or not still_open.update(is_active=False, left_directory=left):
            return
        self.is_active, self.left_directory = False, left
        self.end_sessions()
        for holding in self.office_holdings.not_over().filter(refused_at__isnull=True):
            holding.end_with_the_account(by=by)
        for absence in [*self.stand_ins.not_over(), *self.standing_in_for.not_over()]:
            absence.person.end_stand_in(absence, by=by)
        audit.record("account.deactivated", self, by=by, left=left)

    @verb("account.reactivated", _("%(who)s opened the account of %(about)s again"))
    def reactivate(self, *, by: User | None) -> None:
        """Opens the account again; the offices that ended with it stay ended."""
        closed = User.objects.filter(pk=self.pk, is_active=False)
        if not self.is_active and closed.update(is_active=True, left_directory=False):
            self.is_active, self.left_directory = True, False
            audit.record("account.reactivated", self, by=by)

    @verb("account.reserve", _("%(who)s changed whether %(about)s has a reserve account"))
    def keep_in_reserve(self, reserve: bool, *, by: User) -> None:
        """A reserve account opens with a password when single sign-on is down."""
        other = User.objects.filter(pk=self.pk, break_glass=not reserve)
        if self.break_glass != reserve and other.update(break_glass=reserve):
            self.break_glass = reserve
            audit.record("account.reserve", self, by=by, reserve=reserve)

    @verb("factor.reset", _("%(who)s removed the second factor of %(about)s"))
    def remove_factors(self, *, by: User) -> None:
        removed, _rows = self.authenticator_set.all().delete()
        self.end_sessions()
        audit.record("factor.reset", self, by=by, removed=removed)
        letters.send("factor_reset", self)

    @verb("stand_in.began", _("%(who)s lets %(deputy)s stand in from %(first)s to %(last)s"))
    def let_stand_in(self, deputy: User, *, valid_from: date, valid_to: date) -> StandIn:
        """Somebody acts in the person's offices while they are away; what is protected awaits a second person."""
        if self.stand_ins.filter(valid_from__lte=valid_to, valid_to__gte=valid_from).exists():
            raise ValidationError(_("You already have a deputy on some of those days. End that first."))
        stand_in = self.stand_ins.model(person=self, deputy=deputy, valid_from=valid_from, valid_to=valid_to)
        stand_in.full_clean()
        stand_in.save()
        stand_in.ask_approval()
        audit.record("stand_in.began", self, by=self, deputy=deputy.pk, first=valid_from, last=valid_to)
        notices.give("stand_in", [self, deputy], about=stand_in, link=reverse("my_page"))
        if self.manager:
            page = reverse("account_detail", args=[self.pk])
            notices.give("stand_in", [self.manager], about=stand_in, link=page)
        return stand_in

    @verb("stand_in.ended", _("%(who)s ended that %(deputy)s stands in for %(about)s"))
    def end_stand_in(self, stand_in: StandIn, *, by: User | None) -> None:
        """Ends at once; one that has not begun is taken back."""
        yesterday = today() - timedelta(days=1)
        if stand_in.valid_from is not None and stand_in.valid_from > yesterday:
            stand_in.delete()
        else:
            stand_in.valid_to = yesterday
            stand_in.save(update_fields=["valid_to"])
        audit.record("stand_in.ended", self, by=by, deputy=stand_in.deputy_id)
