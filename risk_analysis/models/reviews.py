from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import access, audit
from boards.days import Dated, DatedQuerySet, ends_after_it_starts, today
from boards.models import Board
from boards.verbs import verb

from .analyses import Rsa


class RsaStep(models.Model):
    """One step of an analysis from one state to another, with what was said."""

    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="steps")
    before = models.CharField(max_length=12, choices=Rsa.State)
    after = models.CharField(max_length=12, choices=Rsa.State)
    by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    comment = models.TextField(_("Comment"), max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="a_return_of_an_rsa_says_why",
                condition=~Q(after__in=("kompletteras", "aterkallad")) | ~Q(comment=""),
            )
        ]

    def __str__(self) -> str:
        return self.get_after_display()


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, user: Any) -> RemarkQuerySet:
        return self.filter(step__rsa__in=Rsa.objects.visible_to(user))

    def on(self, rsa: Rsa) -> RemarkQuerySet:
        """What the city office has said about the edition before, which this one answers."""
        return self.filter(
            step__rsa__cycle=rsa.cycle_id, step__rsa__slug=rsa.slug, step__rsa__edition=rsa.edition - 1
        )

    def unanswered(self) -> RemarkQuerySet:
        return self.filter(reply="")


class Remark(models.Model):
    """What the city office wants changed: about a part, or about one row and one of its fields."""

    step = models.ForeignKey(RsaStep, models.PROTECT, related_name="remarks")
    part = models.CharField(_("Part"), max_length=20)
    # The row it is about, in whichever edition.
    thread = models.UUIDField(null=True, blank=True)
    field = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("Remark"), max_length=2000)
    reply = models.TextField(_("Answer"), max_length=2000, blank=True)
    replied_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def board(self) -> Board:
        return self.step.rsa.board

    @verb("rsa.remark_answered", _("%(who)s answered a remark on %(rsa)s at %(board)s"))
    def answer(self, reply: str, *, by: Any) -> None:
        if not reply.strip():
            raise ValidationError({"reply": _("Write what you have done.")})
        self.reply, self.replied_by = reply.strip(), by
        self.save(update_fields=["reply", "replied_by"])
        audit.record("rsa.remark_answered", self, by=by, rsa=str(self.step.rsa))


class CommentQuerySet(models.QuerySet["RsaComment"]):
    def visible_to(self, user: Any) -> CommentQuerySet:
        return self.filter(rsa__in=Rsa.objects.visible_to(user))

    def about(self, thread: Any) -> CommentQuerySet:
        return self.filter(thread=thread)

    def open(self) -> CommentQuerySet:
        return self.filter(settled_at__isnull=True)


class CommentManager(models.Manager.from_queryset(CommentQuerySet)):  # type: ignore[misc]
    @verb("rsa.commented", _("%(who)s wrote a comment in %(rsa)s at %(board)s"))
    def write(self, rsa: Rsa, *, by: Any, text: str, thread: Any = None) -> RsaComment:
        comment = self.model(rsa=rsa, thread=thread, text=text.strip(), by=by)
        comment.full_clean()
        comment.save()
        audit.record("rsa.commented", comment, by=by, rsa=str(rsa))
        return comment


class RsaComment(models.Model):
    """A comment or a question about an analysis or one row of it; who reads the analysis reads it."""

    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="comments")
    thread = models.UUIDField(null=True, blank=True, db_index=True)
    text = models.TextField(_("Comment or question"), max_length=2000)
    by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = CommentManager()

    class Meta:
        verbose_name = _("comment")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def board(self) -> Board:
        return self.rsa.board

    @verb("rsa.comment_settled", _("%(who)s marked a comment as settled in %(rsa)s at %(board)s"))
    def settle(self, *, by: Any) -> None:
        waiting = RsaComment.objects.filter(pk=self.pk).open()
        if waiting.update(settled_at=timezone.now(), settled_by=by) != 1:
            raise ValidationError(_("Somebody has already done this."))
        audit.record("rsa.comment_settled", self, by=by, rsa=str(self.rsa))


class ReviewerQuerySet(DatedQuerySet):
    def visible_to(self, user: Any) -> ReviewerQuerySet:
        return self.all() if access.may(user, "review") else self.none()


class ReviewerManager(models.Manager.from_queryset(ReviewerQuerySet)):  # type: ignore[misc]
    @verb("reviewer.assigned", _("%(who)s let %(person)s review what %(board)s submits"))
    def assign(
        self, person: Any, board: Board, *, by: Any, valid_from: Any = None, valid_to: Any = None
    ) -> Reviewer:
        if not access.may(person, "review"):
            raise ValidationError(_("Only a case officer at the city executive office reviews."))
        given = self.model(
            person=person, board=board, valid_from=valid_from or today(), valid_to=valid_to, assigned_by=by
        )
        given.full_clean()
        given.save()
        audit.record("reviewer.assigned", given, by=by, person=person.pk)
        return given


class Reviewer(Dated):
    """A case officer who reviews one organisation's analyses; the others do not read them."""

    person = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    board = models.ForeignKey(Board, models.PROTECT, related_name="reviewers")
    assigned_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReviewerManager()

    class Meta:
        verbose_name = _("reviewer")
        constraints = [
            ends_after_it_starts("reviewer_ends_after_it_starts"),
            models.CheckConstraint(
                name="reviewer_not_assigned_by_oneself",
                condition=Q(assigned_by__isnull=True) | ~Q(assigned_by=F("person")),
                violation_error_message=_("Somebody else assigns you."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.board}"

    @verb("reviewer.ended", _("%(who)s ended that %(person)s reviews what %(board)s submits"))
    def end(self, *, by: Any, last_day: Any) -> None:
        self.valid_to = last_day
        self.full_clean()
        self.save(update_fields=["valid_to"])
        audit.record("reviewer.ended", self, by=by, person=self.person_id)
