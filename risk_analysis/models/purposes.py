from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import access, audit, notices
from boards.models.boards import LISTED_KINDS, Kind
from boards.verbs import verb

LASTS = timedelta(hours=8)
# The texts of more organisations than this are not read side by side by one person's word alone.
ALONE_UP_TO = 15
WAITS = "purpose_waits"


def scopes() -> list[tuple[str, Any]]:
    return [(kind.value, kind.label) for kind in map(Kind, LISTED_KINDS)]


class PurposeQuerySet(models.QuerySet["Purpose"]):
    def visible_to(self, user: Any) -> PurposeQuerySet:
        """One's own; all of them for those who answer for what is read together."""
        if not user.is_authenticated:
            return self.none()
        return self if approves(user) else self.filter(reader=user)

    def standing(self, now: Any = None) -> PurposeQuerySet:
        """Approved, and not older than what a purpose is good for."""
        return self.filter(approved_at__gt=(now or timezone.now()) - LASTS)

    def waiting(self) -> PurposeQuerySet:
        return self.filter(approved_at__isnull=True, asked_at__gt=timezone.now() - LASTS)

    def latest_first(self) -> PurposeQuerySet:
        return self.order_by("-pk")


class PurposeManager(models.Manager.from_queryset(PurposeQuerySet)):  # type: ignore[misc]
    @verb(
        "purpose.stated",
        _("%(who)s stated why they read what %(organisations)s organisations have written, side by side"),
    )
    def state(self, what: str, *, by: Any, why: str, kind: str = "") -> Purpose:
        """Few organisations are opened at once; many when a second person has said yes."""
        boards = organisations(by, kind).count()
        purpose = self.model(reader=by, what=what, kind=kind, why=why.strip(), boards=boards)
        if boards <= ALONE_UP_TO:
            purpose.approved_at = timezone.now()
        purpose.full_clean()
        purpose.save()
        audit.record("purpose.stated", purpose, by=by, what=what, organisations=boards)
        if purpose.is_waiting:
            notices.give(
                WAITS,
                notices.those_who("view_protective_security", None),
                about=purpose,
                link=reverse("purpose_list"),
            )
        return purpose


def organisations(user: Any, kind: str = "") -> Any:
    """The boards whose texts the person would have in front of them."""
    from .analyses import Rsa

    seen = Rsa.objects.visible_to(user).in_force()
    return (seen.filter(board__kind=kind) if kind else seen).values("board").distinct()


def reads_across(user: Any) -> bool:
    """May ask for the texts of several organisations at once."""
    return access.may(user, "view_submitted_protected") or access.may(user, "review")


def approves(user: Any) -> bool:
    """Is a second person for somebody else's purpose."""
    return access.may(user, "view_protective_security") or access.may(user, "view_submitted_protected")


class Purpose(models.Model):
    """Why somebody reads what several organisations have written, side by side: said before it is shown."""

    class What(models.TextChoices):
        RISKS = "risker", _("The risks in words")
        DEPENDENCIES = "beroenden", _("What depends on what")

    reader = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    what = models.CharField(_("What you read"), max_length=10, choices=What)
    # Only organisations of this kind; empty for all.
    kind = models.CharField(_("Organisations"), max_length=20, choices=scopes, blank=True)
    why = models.CharField(_("What for"), max_length=300)
    boards = models.PositiveSmallIntegerField(_("Number of organisations"))
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PurposeManager()

    class Meta:
        verbose_name = _("purpose of reading")
        constraints = [
            models.CheckConstraint(
                name="purpose_not_approved_by_its_reader",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("reader")),
            ),
            models.CheckConstraint(
                name="purpose_over_many_has_a_second_person",
                condition=Q(approved_at__isnull=True)
                | Q(boards__lte=ALONE_UP_TO)
                | Q(approved_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["reader", "-approved_at"])]

    def __str__(self) -> str:
        return self.why

    @property
    def is_waiting(self) -> bool:
        return self.approved_at is None

    @property
    def ends_at(self) -> Any:
        return self.approved_at + LASTS if self.approved_at else None

    @property
    def is_over(self) -> bool:
        return (self.approved_at or self.asked_at) + LASTS < timezone.now()

    def may_be_approved_by(self, user: Any) -> bool:
        return self.is_waiting and not self.is_over and user.pk != self.reader_id and approves(user)

    @verb("purpose.approved", _("%(who)s let %(person)s read what several organisations have written"))
    def approve(self, *, by: Any) -> None:
        if by.pk == self.reader_id:
            raise ValidationError(_("Somebody else than the one who asks says yes to it."))
        now = timezone.now()
        if Purpose.objects.filter(pk=self.pk).waiting().update(approved_at=now, approved_by=by) != 1:
            raise ValidationError(_("Somebody has already done this."))
        self.approved_at, self.approved_by = now, by
        audit.record("purpose.approved", self, by=by, person=self.reader_id)
