from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from .. import access
from ..days import today
from ..swedish import COLLATION


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> UserQuerySet:
        return self.filter(is_active=True)

    def with_ended_offices(self) -> UserQuerySet:
        """How many of the person's offices are over today: one more than at sign-in ends the session."""
        over = Count("office_holdings", filter=Q(office_holdings__valid_to__lt=today()), distinct=True)
        return self.annotate(ended_offices=over)

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
    is_active = models.BooleanField(_("May sign in"), default=True)
    break_glass = models.BooleanField(
        _("Reserve account for a duty officer"),
        default=False,
        help_text=_("Works with a password when single sign-on is down. Each use is recorded."),
    )
    # Raised to end all of the person's sessions at once.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

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
        return counted if counted is not None else self.office_holdings.over().count()

    def get_session_auth_hash(self) -> str:
        return self._session_hash()

    def get_session_auth_fallback_hash(self):  # type: ignore[no-untyped-def]
        from django.conf import settings

        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret=secret)

    def _session_hash(self, secret: str | None = None) -> str:
        """A new password, an ended office or an ended account makes every earlier session worthless."""
        facts = f"{self.password}|{self.session_epoch}|{self.ended_offices_today}|{self.is_active}"
        return salted_hmac("boards.session", facts, secret=secret, algorithm="sha256").hexdigest()

    def end_sessions(self) -> None:
        User.objects.filter(pk=self.pk).update(session_epoch=models.F("session_epoch") + 1)
        self.refresh_from_db(fields=["session_epoch"])
