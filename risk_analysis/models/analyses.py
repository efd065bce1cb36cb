from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import access, audit
from boards.days import today
from boards.models import Board, Membership
from boards.verbs import verb

from ..telling import tell
from . import states
from .cycles import RsaCycle
from .methods import MethodVersion
from .rsa_rows import RsaQuerySet

if TYPE_CHECKING:
    from .reviews import Remark

CHIEF = "forvaltningschef"


class RsaManager(models.Manager.from_queryset(RsaQuerySet)):  # type: ignore[misc]
    @verb("rsa.begun", _("%(who)s began %(rsa)s at %(board)s"))
    def begin(self, cycle: RsaCycle, board: Board, *, by: Any, unit: Any = None) -> Rsa:
        """An empty first version; copying.begin also brings last year's along."""
        if not cycle.is_open:
            raise ValidationError(_("The round is not open."))
        if not cycle.asks(board):
            raise ValidationError(_("The organisation does not take part in this round."))
        light = board.is_small and cycle.small_file_light
        rsa = self.model(
            cycle=cycle,
            board=board,
            unit=unit,
            slug=board.slug if unit is None else f"{board.slug}-enhet-{unit.pk}",
            method=cycle.method,
            profile=Rsa.Profile.LIGHT if light else Rsa.Profile.FULL,
            begun_by=by,
        )
        rsa.full_clean()
        rsa.save()
        audit.record("rsa.begun", rsa, by=by, rsa=str(rsa), edition=1)
        return rsa


class Rsa(models.Model):
    """One organisation's analysis in a round, or a unit's; each time it is opened again it is a new edition."""

    State, CHART = states.State, states.CHART
    SUBMITTED, IN_FORCE = states.SUBMITTED, states.IN_FORCE

    class Profile(models.TextChoices):
        FULL = "full", _("Full")
        LIGHT = "latt", _("Light")

    cycle = models.ForeignKey(RsaCycle, models.PROTECT, related_name="analyses")
    board = models.ForeignKey(Board, models.PROTECT, related_name="analyses")
    unit = models.ForeignKey(
        "boards.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("Unit"), related_name="+"
    )
    slug = models.SlugField(max_length=90)
    edition = models.PositiveSmallIntegerField(default=1)
    method = models.ForeignKey(MethodVersion, models.PROTECT, related_name="+")
    profile = models.CharField(_("Profile"), max_length=4, choices=Profile, default=Profile.FULL)
    state = models.CharField(_("State"), max_length=12, choices=states.State, default=states.State.DRAFT)
    # What it was copied from and is compared with: last year's, of one board or of those that went on as this.
    earlier = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="later")
    begun_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    fixed_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    # Ours, so that people can speak of it. It is never the registry's number.
    reference = models.CharField(_("Number"), max_length=20, blank=True)
    board_had_it_on = models.DateField(_("The board or the company's board had it on"), null=True, blank=True)
    sender_number = models.CharField(_("Diary number at the sender"), max_length=40, blank=True)
    receiver_number = models.CharField(
        _("Diary number at the city executive office"), max_length=40, blank=True
    )

    objects = RsaManager()

    class Meta:
        verbose_name = _("RSA")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "slug", "edition"], name="one_rsa_a_round_and_edition"),
            models.UniqueConstraint(
                fields=["cycle", "slug"],
                condition=Q(state__in=states.OWN),
                name="one_rsa_written_at_a_time",
                violation_error_message=_("It has already been begun."),
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="rsa_reference_is_given_once"
            ),
            models.CheckConstraint(
                name="rsa_is_fixed_by_somebody_else",
                condition=Q(fixed_by__isnull=True) | ~Q(fixed_by=F("sent_by")),
            ),
            models.CheckConstraint(
                name="rsa_submitted_at_a_time",
                condition=Q(state__in=states.OWN) | Q(submitted_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "board"])]

    def __str__(self) -> str:
        name = str(self.cycle)
        if self.unit_id and self.unit:
            name = f"{name}, {self.unit.name}"
        return (
            name
            if self.edition == 1
            else str(_("%(rsa)s, version %(edition)s") % {"rsa": name, "edition": self.edition})
        )

    def get_absolute_url(self) -> str:
        return reverse("rsa_page", args=[self.cycle.slug, self.slug])

    def part_url(self, part: str) -> str:
        return reverse("rsa_part", args=[self.cycle.slug, self.slug, part])

    @property
    def tag(self) -> str:
        return states.TAGS[self.state]

    @property
    def is_written(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state in self.SUBMITTED

    @property
    def is_light(self) -> bool:
        return self.profile == self.Profile.LIGHT

    @property
    def is_late(self) -> bool:
        at = timezone.localtime(self.submitted_at).date() if self.submitted_at else today()
        return at > self.cycle.due_on

    def check_open(self) -> None:
        if not Rsa.objects.filter(pk=self.pk).to_write().exists():
            raise ValidationError(_("The analysis is no longer a draft, so nothing in it is changed."))

    @property
    def editions(self) -> RsaQuerySet:
        return Rsa.objects.filter(cycle=self.cycle_id, slug=self.slug).order_by("edition")

    @property
    def before(self) -> Rsa | None:
        """The edition before this in the same round."""
        return self.editions.filter(edition__lt=self.edition).last()

    # Its way to the city office and back

    @verb("rsa.sent_to_chief", _("%(who)s sent %(rsa)s to the head at %(board)s"))
    def send_to_chief(self, *, by: Any) -> None:
        from ..gaps import gaps_of  # the gate reads all the rows, which lead here

        if left := gaps_of(self):
            raise ValidationError(
                _("This is left: %(left)s"), params={"left": " ".join(gap.text for gap in left)}
            )
        self._step(self.State.WITH_CHIEF, by=by, sent_by=by, fixed_by=None)
        audit.record("rsa.sent_to_chief", self, by=by, rsa=str(self))

    def may_be_fixed_by(self, user: Any) -> bool:
        """The head; the chair of a company whose managing director has written it."""
        if self.sent_by_id == user.pk:
            return False
        if access.may(user, "approve", self.board):
            return True
        return self.board.is_company and self._sent_by_its_head() and self._is_chair(user)

    def _sent_by_its_head(self) -> bool:
        heads = apps.get_model("boards", "OfficeHolder").objects.confirmed().on()
        return heads.filter(
            person=self.sent_by_id, office__board=self.board_id, office__type__code=CHIEF
        ).exists()

    def _is_chair(self, user: Any) -> bool:
        chairs = Membership.objects.on().filter(role=Membership.Role.CHAIR, board=self.board_id)
        return chairs.filter(person=user).exists()

    @verb("rsa.given_back", _("%(who)s gave %(rsa)s back to be changed at %(board)s"))
    def give_back(self, *, by: Any, comment: str) -> None:
        if self.state not in (self.State.WITH_CHIEF, self.State.FIXED):
            raise ValidationError(_("That cannot be done as the analysis stands now."))
        self._step(self.State.DRAFT, by=by, comment=said(comment), sent_by=None, fixed_by=None)
        audit.record("rsa.given_back", self, by=by, rsa=str(self))

    @verb("rsa.fixed", _("%(who)s decided on %(rsa)s for %(board)s"))
    def fix(self, *, by: Any) -> None:
        if self.sent_by_id == by.pk:
            raise ValidationError(_("Somebody else than the one who sent it decides on it."))
        self._step(self.State.FIXED, by=by, fixed_by=by)
        audit.record("rsa.fixed", self, by=by, rsa=str(self))

    @verb("rsa.submitted", _("%(who)s handed in %(rsa)s for %(board)s, number %(reference)s"))
    def submit(self, *, by: Any) -> None:
        """From here on it is an official document; what it held is frozen, and what it replaces stops counting."""
        RsaCycle.objects.select_for_update().get(pk=self.cycle_id)
        facts = {"submitted_at": timezone.now(), "submitted_by": by, "reference": self._next_reference()}
        self._step(self.State.SUBMITTED, by=by, **facts)
        earlier = Rsa.objects.filter(cycle=self.cycle_id, slug=self.slug, edition__lt=self.edition)
        earlier.submitted().update(state=self.State.REPLACED)
        apps.get_model("risk_analysis", "Snapshot").objects.freeze(self)
        apps.get_model("risk_analysis", "DependencyAnswer").objects.ask(self)
        audit.record("rsa.submitted", self, by=by, rsa=str(self), reference=self.reference, late=self.is_late)

    def _next_reference(self) -> str:
        """Counted through the year, whatever the round."""
        year = f"RSA-{self.cycle.year}-"
        last = Rsa.objects.filter(reference__startswith=year).aggregate(last=Max("reference"))["last"]
        return f"{year}{int(last.removeprefix(year)) + 1 if last else 1:04}"

    @verb("rsa.taken_up", _("%(who)s began to review %(rsa)s from %(board)s"))
    def take_up(self, *, by: Any) -> None:
        self._step(self.State.REVIEWED, by=by)
        audit.record("rsa.taken_up", self, by=by, rsa=str(self))

    @verb("rsa.returned", _("%(who)s returned %(rsa)s to %(board)s with %(remarks)s remarks"))
    def send_back(self, *, by: Any, comment: str, remarks: Sequence[Remark] = ()) -> Rsa:
        """The board goes on in a new edition; what was handed in stands until that one is."""
        from ..copying import next_edition

        step = self._step(self.State.RETURNED, by=by, comment=said(comment))
        for remark in remarks:
            remark.step = step
        apps.get_model("risk_analysis", "Remark").objects.bulk_create(remarks)
        audit.record("rsa.returned", self, by=by, rsa=str(self), remarks=len(remarks))
        return next_edition(self, by=by)

    @verb("rsa.approved", _("%(who)s approved %(rsa)s from %(board)s"))
    def approve(self, *, by: Any) -> None:
        self._step(self.State.APPROVED, by=by)
        audit.record("rsa.approved", self, by=by, rsa=str(self))

    @verb("rsa.recalled", _("%(who)s recalled %(rsa)s for %(board)s"))
    def recall(self, *, by: Any, reason: str) -> Rsa:
        """What was handed in stays, marked as recalled; the board goes on in a new edition."""
        from ..copying import next_edition

        if self.state not in states.RECALLABLE:
            raise ValidationError(_("That cannot be done as the analysis stands now."))
        self._step(self.State.RECALLED, by=by, comment=said(reason))
        audit.record("rsa.recalled", self, by=by, rsa=str(self))
        return next_edition(self, by=by)

    @verb("rsa.noted_by_board", _("%(who)s noted that %(board)s has had %(rsa)s"))
    def note_board_had_it(self, *, by: Any, on: Any) -> None:
        if not self.is_submitted and self.state != self.State.FIXED:
            raise ValidationError(_("That cannot be done as the analysis stands now."))
        self.board_had_it_on = on
        self.save(update_fields=["board_had_it_on"])
        audit.record("rsa.noted_by_board", self, by=by, rsa=str(self), on=on)

    @verb("rsa.registered", _("%(who)s entered a diary number for %(rsa)s from %(board)s"))
    def register(self, number: str, *, by: Any, at_receiver: bool) -> None:
        """The registry's own number, at the sender and at the receiver each for itself."""
        field = "receiver_number" if at_receiver else "sender_number"
        if not self.is_submitted or not number.strip():
            raise ValidationError(_("Write the registry's number of what is handed in."))
        setattr(self, field, number.strip())
        self.full_clean(exclude=["cycle", "board", "unit", "method"], validate_constraints=False)
        self.save(update_fields=[field])
        audit.record("rsa.registered", self, by=by, rsa=str(self), at_receiver=at_receiver)

    def _step(self, to: str, *, by: Any, comment: str = "", **facts: Any) -> Any:
        before = self.state
        if to not in self.CHART[before]:
            raise ValidationError(_("That cannot be done as the analysis stands now."))
        facts["state"] = to
        if Rsa.objects.filter(pk=self.pk, state=before).update(**facts) != 1:
            raise ValidationError(_("Somebody has already done this."))
        for name, value in facts.items():
            setattr(self, name, value)
        tell(self, to, by)
        steps = apps.get_model("risk_analysis", "RsaStep").objects
        return steps.create(rsa=self, before=before, after=to, by=by, comment=comment)


def said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError(_("Write why, so that the board knows what to do."))
    return reason.strip()
