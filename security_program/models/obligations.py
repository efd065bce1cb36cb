from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import access, audit, notices
from boards.days import today
from boards.models import Board
from boards.verbs import verb

from .requirements import Requirement
from .statements import Statement


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, user: Any) -> AssignmentQuerySet:
        """Internal to the board; the city office and the auditors read it as what boards hand in."""
        if not user.is_authenticated:
            return self.none()
        internal = Q(board__in=access.subquery(user, "view_internal"))
        return self.filter(internal | Q(board__in=access.subquery(user, "view_submitted")))

    def for_year(self, year: int) -> AssignmentQuerySet:
        return self.filter(year=year)

    def standing(self) -> AssignmentQuerySet:
        return self.filter(withdrawn="")

    def binding(self) -> AssignmentQuerySet:
        """Those that can be asked about: not withdrawn, and adopted where the company decides itself."""
        return self.standing().filter(awaits_adoption=False)

    def unstated(self) -> AssignmentQuerySet:
        return self.filter(statement__isnull=True)

    def years(self) -> list[int]:
        """The latest first. Asked of both ends of the index, since the rows between them are many."""
        found = self.aggregate(first=Min("year"), last=Max("year"))
        return list(range(found["last"], found["first"] - 1, -1)) if found["last"] else []

    def with_all(self) -> AssignmentQuerySet:
        return self.select_related(
            "board", "requirement__focus_area", "requirement__programme", "statement__stated_by"
        )

    def in_order(self) -> AssignmentQuerySet:
        """By focus area, what belongs to none first."""
        return self.order_by(F("requirement__focus_area__order").asc(nulls_first=True), "requirement__code")


class Assignment(models.Model):
    """One duty of one organisation in one year, derived from the requirements and never typed."""

    class Withdrawn(models.TextChoices):
        OTHER_VERSION = "version", _("Another version of the programme binds now")
        NOT_ANSWERING = "svarar-inte", _("The organisation does not answer for it any more")

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="assignments")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="assignments")
    year = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    due_on = models.DateField()
    awaits_adoption = models.BooleanField(default=False)
    withdrawn = models.CharField(max_length=12, choices=Withdrawn, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        constraints = [
            models.UniqueConstraint(fields=["board", "requirement", "year"], name="one_duty_a_year"),
            models.CheckConstraint(
                name="a_duty_ends_after_it_starts", condition=Q(last_day__gte=F("first_day"))
            ),
        ]
        indexes = [models.Index(fields=["year", "requirement"])]

    def __str__(self) -> str:
        return f"{self.requirement} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("obligation_page", args=[self.board.slug, self.year, self.requirement.slug])

    @property
    def said(self) -> Statement | None:
        return getattr(self, "statement", None)

    @property
    def is_late(self) -> bool:
        return self.said is None and self.due_on < today()

    @property
    def is_binding(self) -> bool:
        return not self.withdrawn and not self.awaits_adoption

    def check_may_be_stated(self, day: date | None = None) -> None:
        if self.withdrawn:
            raise ValidationError(_("The obligation has been withdrawn and is not answered any more."))
        if self.awaits_adoption:
            raise ValidationError(_("The company has not adopted the programme and answers from that day."))
        if self.first_day > (day or today()):
            raise ValidationError(_("The obligation has not begun yet."))

    @verb("obligation.stated", _("%(who)s answered %(requirement)s for %(year)s at %(board)s: %(value)s"))
    def state(
        self, value: str, *, by: Any, reason: str = "", link: str = "", proposed: str = ""
    ) -> Statement:
        """What a person answers for; the words of the reason stay with the statement."""
        self.check_may_be_stated()
        Assignment.objects.select_for_update().get(pk=self.pk)
        before = Statement.objects.filter(assignment=self).first()
        said = Statement(
            pk=before.pk if before else None,
            assignment=self,
            value=value,
            proposed=proposed,
            reason=reason.strip() if value != Statement.Value.MET else "",
            link=link.strip(),
            stated_by=by,
        )
        said.full_clean(validate_unique=before is None)
        said.save()
        self.statement = said
        audit.record(
            "obligation.stated",
            self,
            by=by,
            requirement=self.requirement.code,
            year=self.year,
            value=value,
            before=before.value if before else "",
            proposed=proposed,
        )
        return said

    @verb(
        "obligation.not_verified",
        _("%(who)s noted that the answer to %(requirement)s for %(year)s is not verified at %(board)s"),
    )
    def mark_not_verified(self, *, by: Any, remark: str) -> None:
        """The city office could not see what the board states. The board's answer stands beside the mark."""
        if not remark.strip():
            raise ValidationError({"remark": _("Write what is missing, so that the board can answer.")})
        said = Statement.objects.filter(assignment=self)
        if said.update(doubted_by=by, doubted_at=timezone.now(), remark=remark.strip()) != 1:
            raise ValidationError(_("There is no answer to verify yet."))
        audit.record(
            "obligation.not_verified", self, by=by, requirement=self.requirement.code, year=self.year
        )
        notices.give(
            "obligation_not_verified",
            notices.those_who("edit_internal", self.board),
            about=self,
            link=self.get_absolute_url(),
            board=self.board,
        )


def years_of(board: Board) -> list[int]:
    return Assignment.objects.filter(board=board).years()


def inherited(board: Board, year: int) -> dict[int, list[Statement]]:
    """Per requirement what the boards that went on as this one had stated, the year of the merger or before."""
    merged = board.successions_in.filter(on__year__in=(year, year - 1)).values_list("predecessor", flat=True)
    said = Statement.objects.filter(assignment__board__in=list(merged), assignment__year__lte=year)
    latest: dict[tuple[int, int], Statement] = {}
    for one in said.select_related("assignment__board").order_by("assignment__year"):
        latest[one.assignment.board_id, one.assignment.requirement_id] = one
    found: dict[int, list[Statement]] = {}
    for (_board, requirement), one in latest.items():
        found.setdefault(requirement, []).append(one)
    return found
