from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.verbs import verb

from ..reference import read
from .decisions import CouncilDecision, Precision, as_known, first_day


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def visible_to(self, user: Any) -> ProgrammeQuerySet:
        """The programme is public; drafts of a coming one are shown when they have been sent out."""
        return self.exclude(state=Programme.State.DRAFT) if user.is_authenticated else self.none()

    def in_force(self) -> Programme | None:
        return self.filter(state=Programme.State.IN_FORCE).first()

    def in_force_on(self, day: date) -> Programme | None:
        """Which version bound the city that day, by the decisions noted since."""
        began = self.filter(adopted_on__lte=day).exclude(ended_on__lt=day)
        return began.filter(state__in=Programme.HAS_BOUND).order_by("-adopted_on").first()

    def newest_first(self) -> ProgrammeQuerySet:
        return self.order_by("-first_year", "-pk")

    def load(self) -> None:
        """Adds the versions that are missing; a decision somebody has noted stays as it is."""
        new: list[tuple[Programme, list[dict[str, Any]]]] = []
        for row in read("programmes"):
            facts = {
                key: value for key, value in row.items() if key not in ("focus_areas", "goals", "decisions")
            }
            programme, made = Programme.objects.get_or_create(slug=row["slug"], defaults=facts)
            if made:
                new.append((programme, row["decisions"]))
        for programme, decisions in new:
            programme._remember(decisions)


class Programme(models.Model):
    """A version of the security programme. That it ends is a decision and never a matter of dates alone."""

    class State(models.TextChoices):
        DRAFT = "utkast", _("Draft")
        CONSULTED = "pa_remiss", _("Out for consultation")
        PREPARED = "bereds", _("Being prepared")
        PROPOSED = "foreslagen", _("Proposed by the executive board")
        ADOPTED = "antagen", _("Adopted by the council")
        IN_FORCE = "gallande", _("In force")
        ENDED = "upphord", _("Ended")

    # Where a version may go from where it is. One that ended because its period ran out comes back only
    # by a council decision that keeps it (see `keep_in_force`).
    CHART: dict[str, tuple[str, ...]] = {
        "utkast": ("pa_remiss",),
        "pa_remiss": ("bereds",),
        "bereds": ("foreslagen",),
        "foreslagen": ("antagen",),
        "antagen": ("gallande",),
        "gallande": ("upphord",),
        "upphord": (),
    }
    # These steps are the city office's own; every later one is a decision by those elected.
    PREPARATION = ("pa_remiss", "bereds", "foreslagen")
    HAS_BOUND = ("gallande", "upphord")
    SETTLED = ("antagen", "gallande", "upphord")

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=160)
    first_year = models.PositiveSmallIntegerField(_("First year"))
    last_year = models.PositiveSmallIntegerField(_("Last year"), null=True, blank=True)
    diary_number = models.CharField(_("Diary number"), max_length=40, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.DRAFT)
    # What the decisions come to; each is written with the decision and never alone.
    adopted_on = models.DateField(_("Adopted by the council on"), null=True, blank=True)
    adopted_precision = models.CharField(max_length=5, choices=Precision, null=True, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    confirmed_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="gallande"), name="one_programme_in_force"
            ),
            models.CheckConstraint(
                name="in_force_by_a_decision",
                condition=~Q(state="gallande")
                | (Q(confirmed_at__isnull=False) & Q(adopted_on__isnull=False) & Q(ended_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme_page", args=[self.slug])

    @property
    def period(self) -> str:
        return f"{self.first_year}–{self.last_year}" if self.last_year else f"{self.first_year}–"

    @property
    def adopted_text(self) -> str:
        return as_known(self.adopted_on, self.adopted_precision)

    @property
    def can_be_confirmed(self) -> bool:
        return self.leads_to(self.State.IN_FORCE)

    @property
    def can_be_kept(self) -> bool:
        """In force, or ended because its period ran out. One that another replaced does not come back."""
        if self.state == self.State.ENDED:
            return not self.decisions.ending().filter(replaced_by__isnull=False).exists()
        return self.state == self.State.IN_FORCE

    @property
    def next_preparation(self) -> Programme.State | None:
        """The step that the city office takes next; None where the next one is the council's."""
        return next((self.State(step) for step in self.CHART[self.state] if step in self.PREPARATION), None)

    @property
    def is_settled(self) -> bool:
        """Since the council's decision the texts stand; what is wrong is corrected by an erratum."""
        return self.state in self.SETTLED

    def leads_to(self, state: str) -> bool:
        """Can this version still get there along the chart?"""
        ahead = self.CHART[self.state]
        return state in ahead or any(Programme(state=step).leads_to(state) for step in ahead)

    @verb("programme.moved", _("%(who)s took %(about)s a step further: %(state)s"))
    def move_on(self, *, by: Any) -> None:
        """The next step of the preparation; the step after the last is the council's and not taken here."""
        if (following := self.next_preparation) is None:
            raise ValidationError(_("From here only a decision by the council leads on."))
        self._step(following)
        audit.record("programme.moved", self, by=by, programme=self.slug, state=following)

    @verb("programme.in_force", _("%(who)s noted that %(about)s is in force"))
    def confirm_in_force(
        self, *, by: Any, decided_on: date, diary_number: str, paragraph: str, is_invented: bool = False
    ) -> None:
        """Notes the council's decision. The version before ends with it, even if its period has not."""
        if not self.can_be_confirmed:
            raise ValidationError(_("This version has ended or is in force already."))
        facts = _whole(decided_on, diary_number, paragraph) | {"is_invented": is_invented}
        before = Programme.objects.in_force()
        if before:
            before._end(by=by, replaced_by=self, **facts)
        self._step(
            self.State.IN_FORCE,
            diary_number=facts["diary_number"],
            adopted_on=decided_on,
            adopted_precision=Precision.DAY,
            confirmed_by=by,
            confirmed_at=timezone.now(),
        )
        self._decide(CouncilDecision.Kind.ADOPTS, by=by, **facts)
        audit.record("programme.in_force", self, by=by, programme=self.slug, **facts)

    @verb("programme.kept", _("%(who)s noted that %(about)s stays in force"))
    def keep_in_force(
        self, *, by: Any, decided_on: date, diary_number: str, paragraph: str, is_invented: bool = False
    ) -> None:
        """The council lets a version go on past its period, until the next one is adopted."""
        if not self.can_be_kept:
            raise ValidationError(_("Another version has replaced this one, or it was never in force."))
        facts = _whole(decided_on, diary_number, paragraph) | {"is_invented": is_invented}
        if self.ended_on and decided_on > self.ended_on:
            raise ValidationError(_("A version is kept by a decision made before it has ended."))
        if Programme.objects.exclude(pk=self.pk).in_force():
            raise ValidationError(_("Another version is in force."))
        self._step(self.State.IN_FORCE, ended_on=None, confirmed_by=by, confirmed_at=timezone.now())
        self._decide(CouncilDecision.Kind.KEEPS, by=by, **facts)
        audit.record("programme.kept", self, by=by, programme=self.slug, **facts)

    def end(self, *, by: Any, decided_on: date, diary_number: str, paragraph: str) -> None:
        """The council ends a version without putting another in its place."""
        self._end(by=by, **_whole(decided_on, diary_number, paragraph))

    @verb("programme.ended", _("%(who)s noted that %(about)s ended %(on)s"))
    def _end(self, *, by: Any, replaced_by: Programme | None = None, **facts: Any) -> None:
        if self.state != self.State.IN_FORCE:
            raise ValidationError(_("This version is not in force."))
        self._step(self.State.ENDED, ended_on=facts["decided_on"])
        self._decide(CouncilDecision.Kind.ENDS, by=by, replaced_by=replaced_by, **facts)
        audit.record("programme.ended", self, by=by, programme=self.slug, on=facts["decided_on"])

    def _step(self, state: str, **facts: Any) -> None:
        here = Programme.objects.filter(pk=self.pk, state=self.state)
        if here.update(state=state, **facts) != 1:
            raise ValidationError(_("Somebody has already decided on this."))
        self.refresh_from_db()

    def _decide(self, kind: str, *, by: Any, **facts: Any) -> None:
        CouncilDecision.objects.create(programme=self, kind=kind, noted_by=by, **facts)

    def _remember(self, decisions: list[dict[str, Any]]) -> None:
        """What the city decided before this installation, as exactly as the documents say it."""
        for row in decisions:
            new = row.pop("replaced_by", None)
            known = {
                "decided_on": first_day(row.pop("on")),
                "takes_effect_on": first_day(row.pop("from", None)),
            }
            decision = CouncilDecision(
                programme=self, **known, **row, replaced_by=Programme.objects.filter(slug=new).first()
            )
            decision.save()
            if decision.kind == CouncilDecision.Kind.ADOPTS:
                self.adopted_on, self.adopted_precision = decision.decided_on, decision.precision
            elif decision.kind == CouncilDecision.Kind.ENDS:
                self.ended_on = decision.takes_effect_on or decision.decided_on
        self.save(update_fields=["adopted_on", "adopted_precision", "ended_on"])


def _whole(decided_on: date, diary_number: str, paragraph: str) -> dict[str, Any]:
    if not (decided_on and diary_number.strip() and paragraph.strip()):
        raise ValidationError(_("The council's decision has a date, a diary number and a paragraph."))
    return {
        "decided_on": decided_on,
        "diary_number": diary_number.strip(),
        "paragraph": paragraph.strip(),
    }
