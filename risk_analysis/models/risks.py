from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.days import today
from boards.verbs import verb

from ..levels import HIGH, NAMES, VERY_HIGH
from .analyses import Rsa
from .commitments import Commitment, score
from .items import Item, ItemManager, ItemQuerySet, once_an_analysis

# From this level on something has to be done about it, or a chief accepts it.
RED = VERY_HIGH


class RiskQuerySet(ItemQuerySet):
    def red(self) -> RiskQuerySet:
        return self.filter(level__gte=RED)

    def high(self) -> RiskQuerySet:
        return self.filter(level__gte=HIGH)

    def counted_by(self, user: Any) -> RiskQuerySet:
        return self.standing().filter(rsa__in=Rsa.objects.counted_by(user))

    def by_weight(self) -> RiskQuerySet:
        """The gravest consequence first, then the likeliest."""
        return self.order_by("-consequence", "-likelihood", "title", "pk")


class RiskManager(ItemManager.from_queryset(RiskQuerySet)):  # type: ignore[misc]
    pass


class Risk(Item):
    """What may happen to a commitment (risk). The level comes from the gravest of its consequences."""

    class Kind(models.TextChoices):
        ANTAGONISTIC = "antagonistisk", _("Antagonistic threat")
        FIRE = "olycka_brand", _("Accident and fire")
        NATURE = "natur_klimat", _("Nature and climate")
        TECHNOLOGY = "teknik", _("Technical failure")
        SUPPLY = "forsorjning", _("Supply")
        STAFF = "personal", _("Staff")
        UNREST = "social_oro", _("Social unrest")
        CONTAGION = "smitta", _("Contagion")
        INFLUENCE = "informationspaverkan", _("Information influence")
        VIOLENCE = "hot_vald", _("Threats and violence")

    class Value(models.IntegerChoices):
        PEOPLE = 1, _("The safety and security of the individual")
        FUNCTIONING = 2, _("The functioning of the city")
        FUNDAMENTALS = 3, _("Fundamental values")
        SURROUNDINGS = 4, _("Environment and property")

    class Uncertainty(models.TextChoices):
        LOW = "lag", _("Low")
        MEDIUM = "medel", _("Medium")
        HIGH = "hog", _("High")

    class Trend(models.TextChoices):
        UP = "okar", _("Rising")
        SAME = "oforandrad", _("As before")
        DOWN = "minskar", _("Falling")

    HARMS = ("harm_people", "harm_functioning", "harm_fundamentals", "harm_surroundings")
    WRITTEN = (
        *("title", "commitment", "kind", "likelihood", "consequence", "worst_value", "why", *HARMS),
        *("cause", "course", "protection", "uncertainty", "trend", "intent", "in_the_area"),
    )
    WORKED_OUT = ("level", "consequence", "worst_value")
    ORDER = ("-commitment__criticality", "commitment__title", "commitment", "-consequence", "-likelihood")
    NAMED = ("commitment",)
    LINE = ("likelihood", "consequence", "kind")

    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="risks")
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="risks", verbose_name=_("Commitment")
    )
    title = models.CharField(_("Risk"), max_length=160)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind, blank=True)
    cause = models.TextField(_("Cause"), max_length=1000, blank=True)
    course = models.TextField(_("What happens"), max_length=1000, blank=True)
    protection = models.TextField(_("Protection there is already"), max_length=1000, blank=True)
    likelihood = score(_("Likelihood"), 5)
    consequence = score(_("Consequence"), 5)
    worst_value = models.PositiveSmallIntegerField(_("Hits hardest"), choices=Value, null=True, blank=True)
    harm_people = score(_("Consequence for people"), 5)
    harm_functioning = score(_("Consequence for the functioning of the city"), 5)
    harm_fundamentals = score(_("Consequence for fundamental values"), 5)
    harm_surroundings = score(_("Consequence for environment and property"), 5)
    why = models.TextField(_("Why do you judge it so?"), max_length=1000, blank=True)
    uncertainty = models.CharField(_("Uncertainty"), max_length=6, choices=Uncertainty, blank=True)
    trend = models.CharField(_("Trend"), max_length=12, choices=Trend, blank=True)
    intent = models.TextField(_("Intent and capability"), max_length=1000, blank=True)
    in_the_area = models.BooleanField(_("Concerns the geographic area"), default=False)
    level = models.PositiveSmallIntegerField(_("Level"), default=0, editable=False)

    objects = RiskManager()

    class Meta:
        verbose_name = _("risk")
        constraints = [
            once_an_analysis("risk_once_an_rsa"),
            models.CheckConstraint(name="risk_level_is_known", condition=Q(level__lte=4)),
        ]
        indexes = [
            models.Index(fields=["rsa", "level"]),
            models.Index(fields=["thread"], name="risk_by_thread"),
            models.Index(fields=["rsa", "-consequence", "-likelihood", "title"], name="risk_by_weight"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("rsa_item", args=[self.rsa.cycle.slug, self.rsa.slug, "risker", self.pk])

    @property
    def is_antagonistic(self) -> bool:
        return self.kind == self.Kind.ANTAGONISTIC

    @property
    def level_name(self) -> str:
        return str(NAMES.get(self.level, _("Not assessed")))

    @property
    def is_red(self) -> bool:
        return self.level >= RED

    def work_out(self) -> None:
        """One of four consequences that is graver than the one given is the worst; the level follows from it."""
        for value, name in enumerate(self.HARMS, 1):
            harm = getattr(self, name)
            if harm and harm > (self.consequence or 0):
                self.consequence, self.worst_value = harm, value
        known = self.likelihood in range(1, 6) and self.consequence in range(1, 6)
        self.level = self.rsa.method.level(self.likelihood, self.consequence) if known else 0

    def clean(self) -> None:
        self.must_belong(commitment=self.commitment)

    @property
    def acceptance(self) -> Acceptance | None:
        return self.acceptances.on_day().first()

    @verb("risk.accepted", _("%(who)s accepted a risk until %(until)s in %(rsa)s at %(board)s"))
    def accept(self, *, by: Any, why: str, until: Any) -> Acceptance:
        """A chief stands for it, until a day; then it has to be judged anew."""
        if until < today():
            raise ValidationError({"until": _("Choose a day from today on.")})
        taken = Acceptance(risk=self, by=by, why=why.strip(), until=until)
        taken.full_clean()
        taken.save()
        audit.record("risk.accepted", self, by=by, rsa=str(self.rsa), until=until)
        return taken


class AcceptanceQuerySet(models.QuerySet["Acceptance"]):
    def visible_to(self, user: Any) -> AcceptanceQuerySet:
        return self.filter(risk__in=Risk.objects.visible_to(user))

    def on_day(self, day: Any = None) -> AcceptanceQuerySet:
        return self.filter(until__gte=day or today()).order_by("-until")


class Acceptance(models.Model):
    """A chief accepts a risk as it is, until a day."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="acceptances")
    by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    why = models.CharField(_("Why it is accepted"), max_length=500)
    until = models.DateField(_("Accepted until"))
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("acceptance of a risk")

    def __str__(self) -> str:
        return self.why


class Vulnerability(Item):
    """Why it may go wrong (sårbarhet)."""

    WRITTEN = ("text", "risk", "severity")
    ORDER = ("-severity", "text")
    NAMED = ("risk",)
    LINE = ("risk",)

    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="vulnerabilities")
    text = models.CharField(_("Vulnerability"), max_length=300)
    risk = models.ForeignKey(
        Risk, models.PROTECT, null=True, blank=True, related_name="vulnerabilities", verbose_name=_("Risk")
    )
    severity = score(_("How serious"))

    objects = ItemManager()

    class Meta:
        verbose_name = _("vulnerability")
        verbose_name_plural = _("vulnerabilities")
        constraints = [once_an_analysis("vulnerability_once_an_rsa")]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("rsa_item", args=[self.rsa.cycle.slug, self.rsa.slug, "sarbarheter", self.pk])

    def clean(self) -> None:
        self.must_belong(risk=self.risk)
