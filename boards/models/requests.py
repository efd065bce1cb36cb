from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import audit, notices
from ..verbs import verb
from .boards import Board


class AccessRequestQuerySet(models.QuerySet["AccessRequest"]):
    def visible_to(self, user: Any) -> AccessRequestQuerySet:
        """The one who asked and those who decide for that board today."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(person=user) | Q(board__in=Board.objects.where(user, "decide_access")))

    def waiting(self) -> AccessRequestQuerySet:
        return self.filter(state=AccessRequest.State.ASKED)

    def to_answer(self, user: Any) -> AccessRequestQuerySet:
        """Nobody answers their own request."""
        deciding = Board.objects.where(user, "decide_access")
        return self.waiting().filter(board__in=deciding).exclude(person=user)

    def concerning(self, user: Any) -> AccessRequestQuerySet:
        """What the person has asked for, and what they answer."""
        answers = Q(state=AccessRequest.State.ASKED, board__in=Board.objects.where(user, "decide_access"))
        return self.filter(Q(person=user) | answers)


class AccessRequestManager(models.Manager.from_queryset(AccessRequestQuerySet)):  # type: ignore[misc]
    @verb("access.asked", _("%(who)s asked for access at %(board)s"))
    def ask(self, board: Board, *, by: Any, reason: str) -> AccessRequest:
        request = AccessRequest(person=by, board=board, reason=reason)
        request.full_clean()
        request.save()
        audit.record("access.asked", request, by=by, request=request.pk)
        readers = notices.those_who("decide_access", board).exclude(pk=by.pk)
        notices.give("access_asked", readers, about=request, board=board, link=request.get_absolute_url())
        return request


class AccessRequest(models.Model):
    """Somebody asks for access at a board; whoever decides there gives it by appointing to an office."""

    class State(models.TextChoices):
        ASKED = "asked", _("Waiting for an answer")
        GIVEN = "given", _("Given")
        REFUSED = "refused", _("Not given")

    person = models.ForeignKey("boards.User", models.PROTECT, related_name="access_requests")
    board = models.ForeignKey(Board, models.PROTECT, related_name="access_requests")
    reason = models.CharField(_("What you need it for"), max_length=500)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("Answer"), max_length=500, blank=True)

    objects = AccessRequestManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "board"],
                condition=Q(state="asked"),
                name="one_open_access_request",
                violation_error_message=_("You have already asked for this. It waits for an answer."),
            ),
            models.CheckConstraint(name="a_refusal_says_why", condition=~Q(state="refused") | ~Q(answer="")),
        ]
        indexes = [models.Index(fields=["state", "board"])]

    def __str__(self) -> str:
        return f"{self.board} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("access_request", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.ASKED

    def give(self, *, by: Any, answer: str = "") -> None:
        self._answer(self.State.GIVEN, by, answer)

    def refuse(self, *, by: Any, answer: str) -> None:
        if not answer.strip():
            raise ValidationError({"answer": _("Say why, so that the person knows what to do instead.")})
        self._answer(self.State.REFUSED, by, answer)

    @verb("access.given", _("%(who)s said yes to access for %(person)s at %(board)s"))
    @verb("access.refused", _("%(who)s said no to access for %(person)s at %(board)s"))
    def _answer(self, state: str, by: Any, answer: str) -> None:
        if by.pk == self.person_id:
            raise ValidationError(_("Somebody else answers your own request."))
        waiting = AccessRequest.objects.waiting().filter(pk=self.pk)
        if waiting.update(state=state, answered_by=by, answered_at=timezone.now(), answer=answer) != 1:
            raise ValidationError(_("Somebody has already decided on this."))
        self.refresh_from_db()
        audit.record(f"access.{state}", self, by=by, request=self.pk, person=self.person_id)
        notices.give(
            "access_answered", [self.person], about=self, board=self.board, link=self.get_absolute_url()
        )
