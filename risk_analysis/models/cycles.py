from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.days import today
from boards.models import Board
from boards.verbs import verb

from .methods import MethodVersion


class CycleQuerySet(models.QuerySet["RsaCycle"]):
    def visible_to(self, user: Any) -> CycleQuerySet:
        """That a round is held, and when, is open; a planned one is the city office's."""
        return self.all() if user.is_authenticated else self.none()

    def opened(self) -> CycleQuerySet:
        return self.filter(opens_on__lte=today())

    def under_way(self) -> CycleQuerySet:
        return self.opened().filter(closed_on__isnull=True)

    def latest_first(self) -> CycleQuerySet:
        return self.order_by("-opens_on", "-pk")

    def asked_of(self, boards: Iterable[Board]) -> list[tuple[RsaCycle, Board]]:
        """Which of these organisations take part in which of the rounds."""
        cycles, chosen = list(self), RsaCycle.boards.through.objects
        named: dict[int, set[int]] = {cycle.pk: set() for cycle in cycles}
        for cycle, board in chosen.filter(rsacycle__in=named).values_list("rsacycle", "board"):
            named[cycle].add(board)
        return [(cycle, board) for cycle in cycles for board in boards if cycle.takes(board, named[cycle.pk])]


class CycleManager(models.Manager.from_queryset(CycleQuerySet)):  # type: ignore[misc]
    @verb("rsa_cycle.opened", _("%(who)s opened %(cycle)s, due %(due_on)s"))
    def open(self, *, by: Any, boards: Any = (), **facts: Any) -> RsaCycle:
        """A round begins with the method in force that day; one that only some take part in names them."""
        method = MethodVersion.objects.current()
        cycle = self.model(method=method if method.pk else MethodVersion.objects.decide(by=by), **facts)
        cycle.full_clean()
        cycle.save()
        cycle.boards.set(boards)
        audit.record("rsa_cycle.opened", cycle, by=by, cycle=cycle.name, due_on=cycle.due_on)
        return cycle


class RsaCycle(models.Model):
    """A round of analyses: yearly, on a theme, before a procurement or a project, or for a mandate period."""

    class Kind(models.TextChoices):
        YEARLY = "arlig", _("Yearly")
        THEME = "tematisk", _("On a theme")
        PROCUREMENT = "upphandling", _("Before a procurement")
        PROJECT = "projekt", _("Before a planning or rebuilding project")
        MANDATE = "mandatperiod", _("For a mandate period")

    slug = models.SlugField(_("Address"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind, default=Kind.YEARLY)
    year = models.PositiveSmallIntegerField(_("Year"))
    method = models.ForeignKey(MethodVersion, models.PROTECT, related_name="cycles")
    opens_on = models.DateField(_("Opens on"))
    due_on = models.DateField(_("Hand in by"))
    answered_by = models.DateField(_("The city executive office answers by"), null=True, blank=True)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    # Empty when every organisation that the programme binds takes part.
    boards = models.ManyToManyField(Board, blank=True, related_name="+")
    small_file_light = models.BooleanField(
        _("Small organisations file a lighter analysis"),
        default=True,
        help_text=_("Without the capability assessment, and with the critical commitments alone."),
    )
    companies_first = models.BooleanField(
        _("A company's own board sees the analysis first"),
        default=True,
        help_text=_("The city executive office reads it when the company's board has had it."),
    )

    objects = CycleManager()

    class Meta:
        verbose_name = _("RSA round")
        constraints = [
            models.CheckConstraint(
                name="rsa_cycle_due_after_it_opens",
                condition=Q(due_on__gte=F("opens_on")),
                violation_error_message=_("The last day comes after the first."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("rsa_cycle", args=[self.slug])

    @property
    def is_open(self) -> bool:
        return self.opens_on <= today() and self.closed_on is None

    @property
    def is_late(self) -> bool:
        return today() > self.due_on

    @property
    def days_left(self) -> int | None:
        """Nothing when the day has passed."""
        left = (self.due_on - today()).days
        return left if left >= 0 else None

    @property
    def asking_day(self) -> date:
        """The day by which it is judged who takes part: today, as long as the round is under way."""
        return max(self.opens_on, min(self.due_on, today()))

    def takes(self, board: Board, named: set[int]) -> bool:
        """One of those named; where nobody is, all that the programme binds take part."""
        return board.pk in named if named else board.is_bound and board.holds(self.asking_day)

    def asked(self) -> Any:
        """The organisations that take part: those that are named, or else all that the programme binds."""
        named = self.boards.through.objects.filter(rsacycle=self)
        everybody = Board.objects.bound().on(self.asking_day).filter(~Exists(named))
        return Board.objects.filter(Q(pk__in=named.values("board")) | Q(pk__in=everybody.values("pk")))

    def asks(self, board: Board) -> bool:
        return self.asked().filter(pk=board.pk).exists()

    @verb("rsa_cycle.corrected", _("%(who)s changed %(fields)s of %(cycle)s"))
    def correct(self, *, by: Any, **changes: Any) -> None:
        changed = [name for name, value in changes.items() if getattr(self, name) != value]
        for name in changed:
            setattr(self, name, changes[name])
        self.full_clean()
        if changed:
            self.save(update_fields=changed)
            audit.record("rsa_cycle.corrected", self, by=by, cycle=self.name, changed=changed)

    @verb("rsa_cycle.closed", _("%(who)s closed %(cycle)s"))
    def close(self, *, by: Any, on: date | None = None) -> None:
        """Nobody begins an analysis any more; what has begun can still be handed in, late."""
        still_open = RsaCycle.objects.filter(pk=self.pk, closed_on__isnull=True)
        self.closed_on = on or today()
        if still_open.update(closed_on=self.closed_on) != 1:
            raise ValidationError(_("Somebody has already done this."))
        audit.record("rsa_cycle.closed", self, by=by, cycle=self.name)
