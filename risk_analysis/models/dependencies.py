from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import access, audit
from boards.models import Board
from boards.verbs import verb

from .analyses import Rsa
from .commitments import CRITICAL_FROM, Commitment, hours
from .items import Item, ItemManager, ItemQuerySet, once_an_analysis


class Supplier(Item):
    """Somebody outside the city that an organisation relies on; the same number is the same supplier everywhere."""

    WRITTEN = ("name", "organisation_number", "delivers", "contract")
    WORKED_OUT = ("key",)
    ORDER = ("name",)
    LINE = ("delivers", "organisation_number")

    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="suppliers")
    name = models.CharField(_("Supplier"), max_length=160)
    organisation_number = models.CharField(_("Organisation number"), max_length=13, blank=True)
    delivers = models.CharField(_("What it delivers"), max_length=200, blank=True)
    contract = models.CharField(_("Contract"), max_length=200, blank=True)
    # What it is known by in the city: the digits of its number, or its name.
    key = models.CharField(max_length=160, editable=False, db_index=True)

    objects = ItemManager()

    class Meta:
        verbose_name = _("supplier")
        constraints = [once_an_analysis("supplier_once_an_rsa")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rsa_item", args=[self.rsa.cycle.slug, self.rsa.slug, "leverantorer", self.pk])

    def work_out(self) -> None:
        digits = "".join(sign for sign in self.organisation_number if sign.isdecimal())
        self.key = digits or " ".join(self.name.casefold().split())

    def clean(self) -> None:
        digits = "".join(sign for sign in self.organisation_number if sign.isdecimal())
        if self.organisation_number and len(digits) != 10:
            raise ValidationError({"organisation_number": _("An organisation number has ten digits.")})


class DependencyQuerySet(ItemQuerySet):
    def critical(self) -> DependencyQuerySet:
        return self.filter(is_critical=True)

    def provided_by(self, board: Board) -> DependencyQuerySet:
        return self.filter(provider=board)


class DependencyManager(ItemManager.from_queryset(DependencyQuerySet)):  # type: ignore[misc]
    pass


class Dependency(Item):
    """What a commitment cannot do without (beroende), and for how long it can."""

    class Kind(models.TextChoices):
        STAFF = "bemanning", _("Staff")
        POWER = "el", _("Electricity")
        TELECOM = "tele_data", _("Telephone and data")
        SYSTEM = "it_system", _("IT system")
        WATER = "vatten", _("Water")
        HEAT = "varme", _("Heat")
        TRANSPORT = "transport", _("Transport")
        PAYMENT = "betalning", _("Payments")
        PREMISES = "lokal", _("Premises")
        SUPPLIER = "leverantor", _("Supplier")
        BOARD = "intern_namnd", _("Another organisation in the city")
        FUEL = "drivmedel", _("Fuel")
        FOOD = "livsmedel", _("Food")

    class Substitute(models.TextChoices):
        YES = "finns", _("There is one")
        PARTLY = "delvis", _("In part")
        NO = "saknas", _("There is none")

    WRITTEN = ("commitment", "kind", "name", "provider", "supplier", "tolerance_hours", "substitute", "note")
    WORKED_OUT = ("is_critical",)
    OWNED = ("plans",)
    ORDER = ("-commitment__criticality", "commitment__title", "commitment", "tolerance_hours")
    NAMED = ("commitment", "provider", "supplier")
    LINE = ("kind", "tolerance_hours", "substitute", "provider", "supplier")

    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="dependencies")
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="dependencies", verbose_name=_("Commitment")
    )
    kind = models.CharField(_("Kind"), max_length=14, choices=Kind)
    name = models.CharField(_("What it depends on"), max_length=160)
    provider = models.ForeignKey(
        Board,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relied_on_by",
        verbose_name=_("Provided by"),
    )
    supplier = models.ForeignKey(
        Supplier,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="dependencies",
        verbose_name=_("Supplier"),
    )
    tolerance_hours = hours(_("Manages without for, hours"))
    substitute = models.CharField(_("Substitute"), max_length=6, choices=Substitute, blank=True)
    note = models.CharField(_("How one manages without"), max_length=300, blank=True)
    is_critical = models.BooleanField(_("Critical"), default=False, editable=False)

    objects = DependencyManager()

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        constraints = [
            once_an_analysis("dependency_once_an_rsa"),
            models.CheckConstraint(
                name="dependency_on_one_provider",
                condition=Q(provider__isnull=True) | Q(supplier__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rsa_item", args=[self.rsa.cycle.slug, self.rsa.slug, "beroenden", self.pk])

    def work_out(self) -> None:
        """Critical when the commitment is, and would stop before it may for want of this."""
        longest = self.commitment.tolerable_outage if self.commitment_id else None
        short = longest is not None and self.tolerance_hours is not None and self.tolerance_hours < longest
        critical = self.commitment_id is not None and self.commitment.criticality >= CRITICAL_FROM
        self.is_critical = critical and short and self.substitute != self.Substitute.YES

    def clean(self) -> None:
        self.must_belong(commitment=self.commitment, supplier=self.supplier)
        if self.provider_id and self.supplier_id:
            raise ValidationError(
                {"supplier": _("Choose an organisation in the city or a supplier, not both.")}
            )
        if self.provider_id == self.rsa.board_id:
            raise ValidationError({"provider": _("That is the organisation itself.")})


class DependencyAnswerQuerySet(models.QuerySet["DependencyAnswer"]):
    def visible_to(self, user: Any) -> DependencyAnswerQuerySet:
        """For the one who is asked, and for those who read the analysis that asks."""
        if not user.is_authenticated:
            return self.none()
        asked = Q(
            dependency__provider__in=access.subquery(user, "view_protected"),
            dependency__rsa__state__in=Rsa.SUBMITTED,
        )
        return self.filter(asked | Q(dependency__rsa__in=Rsa.objects.visible_to(user)))

    def of_own_boards(self, user: Any) -> DependencyAnswerQuerySet:
        """On one side or the other; those of the whole city are read for a purpose."""
        own = access.subquery(user, "view_protected")
        return self.filter(Q(dependency__provider__in=own) | Q(dependency__rsa__board__in=own))

    def current(self) -> DependencyAnswerQuerySet:
        """What organisations rest on as the city knows it now; what they wrote in earlier years is history."""
        return self.filter(
            dependency__rsa__in=Rsa.objects.current(), dependency__removed_at__isnull=True
        ).exclude(dependency__rsa__board=F("dependency__provider"))

    def waiting(self) -> DependencyAnswerQuerySet:
        return self.current().filter(state=DependencyAnswer.State.UNANSWERED)

    def with_names(self) -> DependencyAnswerQuerySet:
        return self.select_related(
            "dependency__rsa__board",
            "dependency__rsa__cycle",
            "dependency__commitment",
            "dependency__provider",
        )


class DependencyAnswerManager(models.Manager.from_queryset(DependencyAnswerQuerySet)):  # type: ignore[misc]
    def ask(self, rsa: Rsa) -> None:
        """Part of handing in: each organisation that is relied on is asked; what it said before is carried on."""
        relied_on = list(rsa.dependencies.standing().filter(provider__isnull=False))
        threads = [row.thread for row in relied_on]
        earlier = self.exclude(state=DependencyAnswer.State.UNANSWERED).filter(dependency__thread__in=threads)
        said = {
            (row.dependency.thread, row.dependency.provider_id): row
            for row in earlier.filter(dependency__rsa__cycle=rsa.cycle_id)
            .select_related("dependency")
            .order_by("pk")
        }
        self.bulk_create(
            DependencyAnswer(dependency=row, **_carried(said.get((row.thread, row.provider_id))))
            for row in relied_on
        )


def _carried(said: DependencyAnswer | None) -> dict[str, Any]:
    """Within a round one answer is enough; the year after it is asked anew."""
    names = ("state", "commitment_id", "promised_hours", "comment", "by_id", "at")
    return {name: getattr(said, name) for name in names} if said else {}


class DependencyAnswer(models.Model):
    """What an organisation says of another's relying on it: that it is so, or that it is not."""

    class State(models.TextChoices):
        UNANSWERED = "obesvarad", _("Not answered")
        CONFIRMED = "bekraftad", _("Confirmed")
        REJECTED = "avvisad", _("Rejected")

    dependency = models.OneToOneField(Dependency, models.PROTECT, related_name="answer")
    state = models.CharField(_("Answer"), max_length=10, choices=State, default=State.UNANSWERED)
    # The provider's own commitment that the other relies on.
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relied_on",
        verbose_name=_("Commitment"),
    )
    promised_hours = hours(_("Back within, hours"))
    comment = models.CharField(_("Comment"), max_length=500, blank=True)
    by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DependencyAnswerManager()

    class Meta:
        verbose_name = _("answer about a dependency")

    def __str__(self) -> str:
        return str(self.dependency)

    def get_absolute_url(self) -> str:
        return reverse("dependency_answer", args=[self.board.slug, self.pk])

    @property
    def board(self) -> Board:
        """The one that is asked, and answers."""
        # Only those with a provider are asked.
        provider: Board = self.dependency.provider  # type: ignore[assignment]
        return provider

    @verb(
        "dependency.answered",
        _("%(who)s answered for %(board)s about what another organisation relies on: %(state)s"),
    )
    def answer(
        self,
        state: str,
        *,
        by: Any,
        commitment: Commitment | None = None,
        promised_hours: int | None = None,
        comment: str = "",
    ) -> None:
        if self.dependency.rsa.state not in Rsa.IN_FORCE:
            raise ValidationError(_("The analysis that asked has been recalled or replaced."))
        if state == self.State.REJECTED and not comment.strip():
            raise ValidationError({"comment": _("Write why, so that they can plan in some other way.")})
        if commitment and commitment.board_id != self.dependency.provider_id:
            raise ValidationError({"commitment": _("Choose one of your own commitments.")})
        self.state, self.commitment, self.promised_hours = state, commitment, promised_hours
        self.comment, self.by, self.at = comment.strip(), by, timezone.now()
        self.full_clean()
        self.save()
        audit.record("dependency.answered", self, by=by, state=state)
