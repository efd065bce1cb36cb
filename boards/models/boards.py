from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import access, audit
from ..days import Dated, DatedQuerySet, ends_after_it_starts
from ..swedish import COLLATION


class Kind(models.TextChoices):
    COUNCIL = "politiskt_organ", _("Political body")
    EXECUTIVE = "namnd_central", _("City executive board")
    BOARD = "facknamnd", _("Specialist board")
    DISTRICT = "stadsdelsnamnd", _("District board")
    PARENT_COMPANY = "moderbolag", _("Parent company")
    COMPANY = "kommunalt_bolag", _("Company")
    CRISIS_BODY = "krisorgan", _("Crisis body")
    ADMINISTRATION = "forvaltning", _("Administration")
    ADVISORY = "rad", _("Advisory council")
    POST = "befattning", _("Post")
    FEDERATION = "kommunalforbund", _("Local federation")
    AUTHORITY = "statlig_myndighet", _("Government authority")
    COOPERATION = "samverkansorgan", _("Cooperation body")
    OTHER = "ovrig", _("Other")


# Those the programme binds: they own goals, hold offices and answer for what is asked.
BOUND_KINDS = (Kind.EXECUTIVE, Kind.BOARD, Kind.DISTRICT, Kind.PARENT_COMPANY, Kind.COMPANY)
COMPANIES = (Kind.PARENT_COMPANY, Kind.COMPANY)


class BoardQuerySet(DatedQuerySet):
    def visible_to(self, user: Any) -> BoardQuerySet:
        """The register itself is open: who a board is, is no secret to anyone who is signed in."""
        return self.all() if user.is_authenticated else self.none()

    def where(self, user: Any, permission: str) -> BoardQuerySet:
        """The boards for which the person may do this today."""
        return self.filter(access.boards_where(user, permission))

    def bound(self) -> BoardQuerySet:
        return self.filter(kind__in=BOUND_KINDS)

    def districts(self) -> BoardQuerySet:
        return self.filter(kind=Kind.DISTRICT)

    def by_name(self) -> BoardQuerySet:
        return self.order_by("name", "pk")


class Board(Dated):
    """An organisation the programme speaks of: a board, a company, an office of the city or a body outside it."""

    code = models.SlugField(max_length=60, unique=True)
    slug = models.SlugField(_("Address"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=160, db_collation=COLLATION)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    administration = models.CharField(_("Administration"), max_length=160, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_small = models.BooleanField(_("Small organisation"), default=False, help_text=_("May share offices."))
    note = models.TextField(_("Note"), blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    guard_phone = models.CharField(_("Security guards, phone"), max_length=40, blank=True)
    crisis_support_phone = models.CharField(_("Crisis support, phone"), max_length=40, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        verbose_name = _("board")
        verbose_name_plural = _("boards")
        constraints = [ends_after_it_starts("board_ends_after_it_starts")]
        indexes = [models.Index(fields=["kind", "name"])]
        default_permissions = ()
        permissions = [(word, word.replace("_", " ")) for word in access.PERMISSIONS]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("board_page", args=[self.slug])

    @property
    def board(self) -> Board:
        """A board is its own board, so that doors can treat it like any record."""
        return self

    @property
    def is_company(self) -> bool:
        return self.kind in COMPANIES

    @property
    def is_bound(self) -> bool:
        return self.kind in BOUND_KINDS

    @transaction.atomic
    def correct(self, *, by: Any, **changes: Any) -> None:
        """Changes facts in the register; a board is never deleted, it ends on a day."""
        before = {field: getattr(self, field) for field in changes}
        for field, value in changes.items():
            setattr(self, field, value)
        self.full_clean()
        self.save(update_fields=list(changes))
        changed = {
            field: [before[field], value] for field, value in changes.items() if before[field] != value
        }
        if changed:
            audit.record("board.corrected", self, by=by, changed=changed)


class SuccessionQuerySet(models.QuerySet["Succession"]):
    def of(self, board: Board) -> SuccessionQuerySet:
        return self.filter(Q(predecessor=board) | Q(successor=board)).select_related(
            "predecessor", "successor"
        )


class Succession(models.Model):
    """One board going on as another, so that history follows over a merger."""

    predecessor = models.ForeignKey(Board, models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Board, models.PROTECT, related_name="successions_in")
    on = models.DateField(_("First day of the new board"))

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_per_pair"),
            models.CheckConstraint(
                name="no_board_succeeds_itself", condition=~Q(predecessor=models.F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Area(Dated):
    """A part of the city; on any day exactly one district board answers for it."""

    name = models.CharField(_("Name"), max_length=80, db_collation=COLLATION)
    board = models.ForeignKey(Board, models.PROTECT, related_name="areas")

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "valid_from"], name="one_area_of_a_name_at_a_time"),
            ends_after_it_starts("area_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name


class Sector(models.Model):
    """A preparedness sector that cuts across boards (beredskapssektor)."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=120, db_collation=COLLATION)
    lead = models.ForeignKey(Board, models.PROTECT, null=True, blank=True, related_name="sectors_led")
    members = models.ManyToManyField(Board, related_name="sectors", blank=True)

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A unit below a board, from the directory."""

    board = models.ForeignKey(Board, models.PROTECT, related_name="units")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("Name"), max_length=160, db_collation=COLLATION)
    directory_id = models.CharField(max_length=120, null=True, blank=True, unique=True)
    manager = models.ForeignKey(
        "boards.User", models.SET_NULL, null=True, blank=True, related_name="units_led"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "parent", "name"], name="one_unit_of_a_name")]

    def __str__(self) -> str:
        return self.name
