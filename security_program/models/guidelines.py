from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from boards import access, audit, markings
from boards.access import boards_where
from boards.days import today
from boards.models import Board
from boards.verbs import verb

# The instructions are the executive office's work; whoever coordinates or leads answers for having read them.
ACKNOWLEDGING = ("edit_internal", "approve")


class GuidelineQuerySet(models.QuerySet["Guideline"]):
    def visible_to(self, user: Any) -> GuidelineQuerySet:
        """For all staff, from the day the first version was decided; before that for those who write it."""
        if not user.is_authenticated:
            return self.none()
        if access.may(user, "review"):
            return self.all()
        return self.filter(pk__in=GuidelineVersion.objects.decided().values("guideline"))

    @verb("guideline.written", _("%(who)s wrote the instruction %(about)s"))
    def write(self, *, by: Any, name: str, text: str, acknowledge_within_days: int) -> GuidelineVersion:
        guideline = Guideline(slug=slugify(name)[:80], name=name.strip())
        guideline.full_clean()
        guideline.save()
        audit.record("guideline.written", guideline, by=by, guideline=guideline.slug)
        return guideline.draft(by=by, text=text, acknowledge_within_days=acknowledge_within_days)


class Guideline(models.Model):
    """An instruction for how the programme is applied (tillämpningsanvisning), in one or more versions."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=160)

    objects = GuidelineQuerySet.as_manager()

    class Meta:
        verbose_name = _("instruction")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("guideline_page", args=[self.slug])

    @property
    def in_force(self) -> GuidelineVersion | None:
        return self.versions.in_force().first()

    @verb("guideline.drafted", _("%(who)s wrote version %(number)s of the instruction %(about)s"))
    def draft(self, *, by: Any, text: str, acknowledge_within_days: int) -> GuidelineVersion:
        """The next version; the one before goes on until this one is in force."""
        if self.versions.filter(decided_on__isnull=True).exists():
            raise ValidationError(_("There is a draft already. Decide on it first."))
        last = self.versions.order_by("-number").first()
        version = GuidelineVersion(
            guideline=self,
            number=last.number + 1 if last else 1,
            text=text,
            acknowledge_within_days=acknowledge_within_days,
        )
        version.full_clean(exclude=["decided_by"])
        markings.refuse(text)
        version.save()
        audit.record("guideline.drafted", self, by=by, guideline=self.slug, number=version.number)
        return version


class GuidelineVersionQuerySet(models.QuerySet["GuidelineVersion"]):
    def decided(self) -> GuidelineVersionQuerySet:
        return self.filter(decided_on__isnull=False)

    def in_force(self, day: date | None = None) -> GuidelineVersionQuerySet:
        """The newest that has begun; which one that is follows from the dates and is kept nowhere else."""
        begun = self.decided().filter(in_force_from__lte=day or today())
        later = GuidelineVersion.objects.decided().filter(
            guideline=models.OuterRef("guideline"),
            in_force_from__lte=day or today(),
            number__gt=models.OuterRef("number"),
        )
        return begun.exclude(models.Exists(later))

    def awaited_from(self, user: Any) -> GuidelineVersionQuerySet:
        """Versions in force that a board where the person may say so has not acknowledged."""
        boards = boards_that_may_be_acknowledged_by(user)
        if not boards:
            return self.none()
        done = Q(acknowledgements__board__in=boards)
        counted = self.in_force().annotate(done=models.Count("acknowledgements", filter=done, distinct=True))
        return counted.filter(done__lt=len(boards))


class GuidelineVersion(models.Model):
    """One wording of an instruction: a draft until the city manager has decided, and then unchangeable."""

    guideline = models.ForeignKey(Guideline, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("Text"), max_length=20000)
    acknowledge_within_days = models.PositiveSmallIntegerField(
        _("Days to acknowledge it"), default=30, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    decided_by = models.CharField(_("Decided by"), max_length=120, blank=True)
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    diary_number = models.CharField(_("Diary number"), max_length=40, blank=True)
    in_force_from = models.DateField(_("In force from"), null=True, blank=True)

    objects = GuidelineVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an instruction")
        ordering = ["guideline", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["guideline", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["guideline"], condition=Q(decided_on__isnull=True), name="one_draft_of_an_instruction"
            ),
            models.CheckConstraint(
                name="a_decided_instruction_is_whole",
                condition=Q(decided_on__isnull=True)
                | (~Q(decided_by="") & Q(in_force_from__gte=models.F("decided_on"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guideline}, version {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.decided_on is None

    @property
    def acknowledge_by(self) -> date | None:
        if self.in_force_from is None:
            return None
        return self.in_force_from + timedelta(days=self.acknowledge_within_days)

    @property
    def is_overdue(self) -> bool:
        return self.acknowledge_by is not None and self.acknowledge_by < today()

    @verb(
        "guideline.decided",
        _("%(who)s noted the decision on version %(number)s of the instruction %(about)s"),
    )
    def decide(
        self, *, by: Any, decided_by: str, decided_on: date, in_force_from: date, diary_number: str = ""
    ) -> None:
        """Notes the decision. From then on the text stands; what changes is a new version."""
        if not decided_by.strip():
            raise ValidationError(_("Write who decided."))
        if in_force_from < decided_on:
            raise ValidationError(_("An instruction is not in force before it is decided."))
        facts = {
            "decided_by": decided_by.strip(),
            "decided_on": decided_on,
            "in_force_from": in_force_from,
            "diary_number": diary_number.strip(),
        }
        here = GuidelineVersion.objects.filter(pk=self.pk, decided_on__isnull=True)
        if here.update(**facts) != 1:
            raise ValidationError(_("Somebody has already decided on this."))
        self.refresh_from_db()
        name = self.guideline.slug
        audit.record("guideline.decided", self.guideline, by=by, guideline=name, number=self.number, **facts)

    @verb("guideline.acknowledged", _("%(who)s acknowledged an instruction: %(about)s"))
    def acknowledge(self, board: Board, *, by: Any) -> GuidelineAcknowledgement:
        """The board says that it knows this version. Saying it twice changes nothing."""
        if not GuidelineVersion.objects.in_force().filter(pk=self.pk).exists():
            raise ValidationError(_("Only the version in force is acknowledged."))
        said, new = GuidelineAcknowledgement.objects.get_or_create(
            version=self, board=board, defaults={"by": by}
        )
        if new:
            name = self.guideline.slug
            audit.record("guideline.acknowledged", said, by=by, guideline=name, number=self.number)
        return said

    def lacking(self) -> models.QuerySet[Board]:
        """The organisations bound today that have not acknowledged it."""
        done = GuidelineAcknowledgement.objects.filter(version=self).values("board")
        return Board.objects.on().bound().exclude(pk__in=done).by_name()


class GuidelineAcknowledgement(models.Model):
    version = models.ForeignKey(GuidelineVersion, models.PROTECT, related_name="acknowledgements")
    board = models.ForeignKey("boards.Board", models.PROTECT, related_name="acknowledged_guidelines")
    by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("acknowledgement")
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["version", "board"], name="a_board_acknowledges_once")]

    def __str__(self) -> str:
        return f"{self.version}, {self.board}"


def boards_that_may_be_acknowledged_by(user: Any) -> list[Board]:
    if not user.is_authenticated:
        return []
    allowed = Q(pk__in=[])
    for permission in ACKNOWLEDGING:
        allowed |= boards_where(user, permission)
    return list(Board.objects.on().bound().filter(allowed).by_name())
