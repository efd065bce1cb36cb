from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import audit, notices
from boards.days import today
from boards.models import Board
from boards.models.boards import Kind
from boards.verbs import bulk_verb

from .adoptions import Adoption
from .programme import Programme

KIND = "adoption_asked"


class AdoptionCallManager(models.Manager["AdoptionCall"]):
    def visible_to(self, user: Any) -> models.QuerySet[AdoptionCall]:
        """A decision in the parent company's minutes; everybody signed in sees it."""
        return self.all() if user.is_authenticated else self.none()

    def latest_about(self, programme: Programme) -> AdoptionCall | None:
        about = self.filter(programme=programme).select_related("board", "programme")
        return about.order_by("-decided_on", "-pk").first()

    @bulk_verb("programme.adoption_asked", _("%(who)s noted that %(about)s was asked to adopt the programme"))
    def ask(self, board: Board, programme: Programme, *, by: Any, **facts: Any) -> AdoptionCall:
        """Asks every company that has not adopted the version, once more if it has been asked before."""
        companies = list(Adoption.objects.lacking(programme).exclude(pk=board.pk))
        if not companies:
            raise ValidationError(_("Every company has adopted this version."))
        call = self.model(board=board, programme=programme, noted_by=by, **facts)
        call.full_clean()
        call.save()
        audit.record_many(
            "programme.adoption_asked", companies, by=by, programme=programme.slug, answer_by=call.answer_by
        )
        for company in companies:
            link = reverse("adoption_new", args=[company.slug])
            people = notices.those_who("edit_internal", company)
            notices.give(KIND, people, about=call, link=link, board=company)
        return call


class AdoptionCall(models.Model):
    """The parent company asks the companies of the group to adopt a version, each by its own board."""

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="adoption_calls")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="adoption_calls")
    decided_on = models.DateField(_("Decided on"))
    paragraph = models.CharField(_("Paragraph in the minutes"), max_length=40)
    answer_by = models.DateField(_("To be adopted by"))
    noted_by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AdoptionCallManager()

    class Meta:
        verbose_name = _("call for adoption")
        constraints = [
            models.CheckConstraint(
                name="a_call_leaves_time_to_answer",
                condition=Q(answer_by__gte=F("decided_on")),
                violation_error_message=_("The day to answer by is before the decision."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.board} {self.decided_on}"

    @property
    def is_over(self) -> bool:
        return self.answer_by < today()

    def clean(self) -> None:
        if self.board.kind != Kind.PARENT_COMPANY:
            raise ValidationError(_("Only the parent company asks the companies of the group."))
        if not self.programme.is_settled or self.programme.adopted_on is None:
            raise ValidationError(_("The council has not adopted this version."))
        if self.decided_on:
            self._check_day(self.decided_on, self.programme.adopted_on)

    def _check_day(self, decided_on: date, adopted_on: date) -> None:
        if decided_on > today():
            raise ValidationError({"decided_on": _("The day is in the future.")})
        if decided_on < adopted_on:
            raise ValidationError({"decided_on": _("The council had not adopted the version then.")})
