from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import access, audit
from ..swedish import COLLATION
from ..verbs import verb
from .boards import Board
from .meetings import CouncilMeeting

if TYPE_CHECKING:
    from .people import User


class Level(models.TextChoices):
    OPEN = "K0", _("K0, open to everyone who is signed in")
    INTERNAL = "K1", _("K1, internal to the board")
    PROTECTED = "K2", _("K2, protected")
    SECRET = "K3", _("K3, about people in an incident")


READING = {
    Level.INTERNAL: "view_internal",
    Level.PROTECTED: "view_protected",
    Level.SECRET: "view_incident_people",
}
# Any of the words opens for filing; whoever files must also be able to read what was filed.
FILING = {
    Level.OPEN: ("edit_internal", "hold_meetings"),
    Level.INTERNAL: ("edit_internal", "hold_meetings"),
    Level.PROTECTED: ("edit_protected",),
    Level.SECRET: ("edit_protected", "handle_incidents"),
}


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Any) -> DocumentQuerySet:
        """By class: what is open to everyone who is signed in, the rest to those who read that class there."""
        if not user.is_authenticated:
            return self.none()
        seen = Q(level=Level.OPEN)
        for level, word in READING.items():
            seen |= Q(level=level, board__in=Board.objects.where(user, word).values("pk"))
        return self.filter(seen)

    def of(self, board: Board) -> DocumentQuerySet:
        return self.filter(board=board)

    def in_use(self) -> DocumentQuerySet:
        return self.filter(withdrawn_at__isnull=True)

    def with_latest(self) -> DocumentQuerySet:
        """Each with when and by whom its latest version was filed."""
        versions = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
        return self.annotate(
            filed_at=Subquery(versions.values("filed_at")[:1]),
            filed_by_name=Subquery(versions.values("filed_by__name")[:1]),
            latest_kind=Subquery(versions.values("kind")[:1]),
            latest_size=Subquery(versions.values("size")[:1]),
        )

    def newest_first(self) -> DocumentQuerySet:
        return self.order_by("-pk")


class Document(models.Model):
    """A paper of a board: a decision, minutes, a plan. Its files are its versions, and none of them is deleted."""

    class Kind(models.TextChoices):
        APPOINTMENT = "forordnande", _("Decision on an appointment")
        MINUTES = "protokoll", _("Minutes")
        PLAN = "plan", _("Plan or routine")
        SHEET = "namndblad", _("Board sheet")
        OTHER = "ovrigt", _("Other")

    board = models.ForeignKey(Board, models.PROTECT, related_name="documents")
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    title = models.CharField(_("Title"), max_length=160, db_collation=COLLATION)
    level = models.CharField(_("Class"), max_length=2, choices=Level, default=Level.INTERNAL)
    registry_number = models.CharField(_("Registry number"), max_length=40, blank=True)
    meeting = models.ForeignKey(
        CouncilMeeting, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        "boards.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    withdrawn_reason = models.CharField(_("Why it is withdrawn"), max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["board", "level"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document_page", args=[self.board.slug, self.pk])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def latest(self) -> DocumentVersion:
        return self.versions.latest("number")

    def may_be_changed_by(self, user: Any) -> bool:
        return not self.is_withdrawn and self.level in levels_filed_by(user, self.board)

    @verb("document.registered", _("%(who)s gave a document at %(board)s its registry number"))
    def register(self, number: str, *, by: User) -> None:
        """The number in the diary; the registrar enters and corrects it."""
        if not (access.may(by, "register", self.board) or self.may_be_changed_by(by)):
            raise PermissionDenied
        before, self.registry_number = self.registry_number, number.strip()
        self.full_clean()
        if before != self.registry_number:
            self.save(update_fields=["registry_number"])
            audit.record(
                "document.registered",
                self,
                by=by,
                document=self.pk,
                before=before,
                after=self.registry_number,
            )

    @verb("document.withdrawn", _("%(who)s withdrew a document at %(board)s"))
    def withdraw(self, *, by: User, reason: str) -> None:
        """Out of use, and never deleted: the files stay for whoever has to see what held when."""
        if not self.may_be_changed_by(by):
            raise PermissionDenied
        in_use = Document.objects.in_use().filter(pk=self.pk)
        now = timezone.now()
        if in_use.update(withdrawn_at=now, withdrawn_by=by, withdrawn_reason=reason) != 1:
            raise ValidationError(_("The document is already withdrawn."))
        self.refresh_from_db()
        audit.record("document.withdrawn", self, by=by, document=self.pk)


def levels_filed_by(user: Any, board: Board) -> list[Level]:
    """The classes of document that the person may file at the board."""
    if board.is_over():
        return []
    return [
        level
        for level, words in FILING.items()
        if any(access.may(user, word, board) for word in words)
        and (level not in READING or access.may(user, READING[level], board))
    ]


class Unchanging(models.QuerySet["DocumentVersion"]):
    def update(self, **kwargs: Any) -> int:
        raise TypeError("a version of a document never changes")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("a version of a document is never deleted")

    def newest_first(self) -> Unchanging:
        return self.order_by("-number")


class DocumentVersion(models.Model):
    """One file as it was filed. Its name is a fact about it and never a place."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(_("File name"), max_length=160)
    kind = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # A random name in the storage; for K3 also the sealed key that opens it.
    stored_as = models.CharField(max_length=80, unique=True)
    sealed_key = models.TextField(blank=True)
    scanned_by = models.CharField(max_length=40, blank=True)
    filed_at = models.DateTimeField(auto_now_add=True)
    filed_by = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="+")

    objects = Unchanging.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_document_version_per_number")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def board(self) -> Board:
        return self.document.board

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("a version of a document never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("a version of a document is never deleted")
