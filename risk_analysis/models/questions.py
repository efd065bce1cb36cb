from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from boards import access, audit
from boards.days import today
from boards.models import Board
from boards.verbs import verb

from .analyses import Rsa


class QuestionHandledQuerySet(models.QuerySet["QuestionHandled"]):
    def visible_to(self, user: Any) -> QuestionHandledQuerySet:
        """At the board itself, and for the head of protective security: that it was handled, and when."""
        if not user.is_authenticated:
            return self.none()
        if access.may(user, "view_protective_security"):
            return self.all()
        return self.filter(rsa__board__in=access.subquery(user, "view_protected"))

    def of(self, rsa: Rsa) -> QuestionHandled | None:
        """In whichever edition of the round."""
        return self.filter(rsa__cycle=rsa.cycle_id, rsa__slug=rsa.slug).order_by("-on").first()


class QuestionHandledManager(models.Manager.from_queryset(QuestionHandledQuerySet)):  # type: ignore[misc]
    @verb(
        "rsa.question_handled",
        _("%(who)s handled the question of protective security in %(rsa)s at %(board)s"),
    )
    def note(self, rsa: Rsa, *, by: Any) -> QuestionHandled:
        """The same for every answer: what was answered is stored nowhere, and cannot be told from this."""
        handled, _new = self.update_or_create(rsa=rsa, defaults={"on": today()})
        audit.record("rsa.question_handled", handled, by=by, rsa=str(rsa))
        return handled


class QuestionHandled(models.Model):
    """That an organisation has asked itself whether anything concerns the security of Sweden, and the day."""

    rsa = models.OneToOneField(Rsa, models.PROTECT, related_name="question")
    on = models.DateField(_("Handled on"))

    objects = QuestionHandledManager()

    class Meta:
        verbose_name = _("question of protective security handled")

    def __str__(self) -> str:
        return date.isoformat(self.on)

    @property
    def board(self) -> Board:
        return self.rsa.board
