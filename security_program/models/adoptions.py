from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.days import today
from boards.models import Board
from boards.models.boards import COMPANIES
from boards.verbs import verb

from .programme import Programme


class AdoptionManager(models.Manager["Adoption"]):
    def visible_to(self, user: Any) -> QuerySet[Adoption]:
        """A company's decision is public; everybody signed in sees it."""
        return self.all() if user.is_authenticated else self.none()

    def days(self) -> dict[tuple[int, int], date]:
        """Per company and version the day from which it binds the company."""
        return {
            (board, programme): day
            for board, programme, day in self.values_list("board", "programme", "decided_on")
        }

    def companies(self, programme: Programme) -> QuerySet[Board]:
        """Those the version concerns: the companies there are, or were when it ended."""
        day = programme.ended_on or today()
        return Board.objects.on(day).filter(kind__in=COMPANIES).by_name()

    def lacking(self, programme: Programme) -> QuerySet[Board]:
        """Companies whose own boards have not adopted the version."""
        return self.companies(programme).exclude(pk__in=self.filter(programme=programme).values("board"))

    @verb("programme.adopted_by_company", _("%(who)s noted that %(about)s has adopted the programme"))
    def note(
        self, board: Board, programme: Programme, *, by: Any, decided_on: date, paragraph: str
    ) -> Adoption:
        """What the company's own board decided; its duties begin that day."""
        adoption = self.model(
            board=board, programme=programme, decided_on=decided_on, paragraph=paragraph.strip(), noted_by=by
        )
        adoption.full_clean()
        adoption.save()
        self._begin(adoption)
        audit.record(
            "programme.adopted_by_company",
            board,
            by=by,
            programme=programme.slug,
            decided_on=decided_on,
            paragraph=adoption.paragraph,
        )
        return adoption

    def _begin(self, adoption: Adoption) -> None:
        """The duties of that year from the day of the decision, and those of later years whole."""
        year = adoption.decided_on.year
        mine = adoption.board.assignments.filter(
            requirement__programme=adoption.programme, awaits_adoption=True
        )
        mine.filter(year__gt=year).update(awaits_adoption=False)
        of_the_year = mine.filter(year=year, last_day__gte=adoption.decided_on)
        day = models.Value(adoption.decided_on, models.DateField())
        of_the_year.update(awaits_adoption=False, first_day=Greatest(F("first_day"), day))


class Adoption(models.Model):
    """A company's own decision to let a version of the programme bind it: a legal person binds itself."""

    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="adoptions")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="adoptions")
    decided_on = models.DateField(_("Decided on"))
    paragraph = models.CharField(_("Paragraph in the minutes"), max_length=40)
    noted_by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AdoptionManager()

    class Meta:
        verbose_name = _("adoption by a company")
        constraints = [
            models.UniqueConstraint(
                fields=["board", "programme"],
                name="adopted_once",
                violation_error_message=_("The company has already adopted this version."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.board} {self.decided_on}"

    def clean(self) -> None:
        if not self.board.is_company:
            raise ValidationError(_("Only a company adopts the programme by a decision of its own."))
        if self.decided_on and self.decided_on > today():
            raise ValidationError({"decided_on": _("The day is in the future.")})
        if self.decided_on and self.programme.adopted_on and self.decided_on < self.programme.adopted_on:
            raise ValidationError({"decided_on": _("The council had not adopted the version then.")})
