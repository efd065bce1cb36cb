from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import access, audit, rules
from ..days import Dated, DatedQuerySet, ends_after_it_starts, months_before, today
from ..swedish import COLLATION
from ..verbs import bulk_verb, verb
from .versioned import Versioned

if TYPE_CHECKING:
    from .people import User


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
# The order in which the city lists its own.
LISTED_KINDS = (Kind.EXECUTIVE, Kind.DISTRICT, Kind.BOARD, Kind.PARENT_COMPANY, Kind.COMPANY)
# Where offices for the whole city are held.
CITY_KINDS = (Kind.EXECUTIVE, Kind.COUNCIL, Kind.CRISIS_BODY, Kind.ADMINISTRATION)
COUNCIL_EVERY_MONTHS = 4
RESERVED_SLUGS = ("ny",)


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

    def in_city_order(self) -> BoardQuerySet:
        place = [When(kind=kind, then=Value(place)) for place, kind in enumerate(LISTED_KINDS)]
        return self.annotate(kind_order=Case(*place, default=Value(len(LISTED_KINDS))))

    def refuse_the_merged(self) -> None:
        if self.filter(successions_out__isnull=False).exists():
            raise ValidationError(_("The board has gone on as another. A merger is not taken back."))

    def without_recent_council(self, day: date | None = None) -> BoardQuerySet:
        """Boards with a local council that has not met for four months."""
        day = day or today()
        met = apps.get_model("boards", "CouncilMeeting").objects.of_local_council(
            since=months_before(day, COUNCIL_EVERY_MONTHS), until=day
        )
        return self.filter(has_local_council=True).exclude(Exists(met.filter(board=OuterRef("pk"))))


class BoardManager(models.Manager.from_queryset(BoardQuerySet)):  # type: ignore[misc]
    @verb("board.added", _("%(who)s added %(about)s to the register"))
    def add(self, *, by: User | None, **facts: Any) -> Board:
        """A new board or company in the register."""
        board = self.model(code=facts.get("slug", "").replace("-", "_"), **facts)
        board.full_clean()
        board.save()
        audit.record("board.added", board, by=by, **_name_and_kind(board))
        return board

    @bulk_verb("boards.added", _("%(who)s added %(about)s to the register"))
    def add_all(self, boards: Sequence[Board], *, by: User | None) -> None:
        """What `add` does to one, to all of them."""
        for board in boards:
            board.code = board.slug.replace("-", "_")
        rules.check(boards)
        self.bulk_create(boards)
        audit.record_many("boards.added", boards, by=by, own=lambda rows: _name_and_kind(*rows))

    @bulk_verb("boards.corrected", _("%(who)s changed %(fields)s of %(about)s"))
    def correct_all(self, changes: Mapping[Board, dict[str, Any]], *, by: Any) -> None:
        """What `correct` does to one, to all of them; they have been locked by whoever read them."""
        changed = {board: board.take(facts) for board, facts in changes.items()}
        boards = [board for board in changes if changed[board]]
        rules.check(boards)
        for board in boards:
            board.version += 1
        fields = {field for facts in changed.values() for field in facts}
        if boards:
            self.bulk_update(boards, ["version", *fields])
        audit.record_many("boards.corrected", boards, by=by, own=lambda rows: {"changed": changed[rows[0]]})


def _name_and_kind(board: Board) -> dict[str, Any]:
    return {"name": board.name, "kind": board.kind}


class Board(Versioned, Dated):
    """An organisation the programme speaks of: a board, a company, an office of the city or a body outside it."""

    code = models.SlugField(max_length=60, unique=True)
    slug = models.SlugField(_("Address"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=160, db_collation=COLLATION)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)
    administration = models.CharField(_("Administration"), max_length=160, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_small = models.BooleanField(_("Small organisation"), default=False, help_text=_("May share offices."))
    has_local_council = models.BooleanField(
        _("Has a local risk management council"),
        default=False,
        help_text=_("We tell the board when the council has not met for four months."),
    )
    note = models.TextField(_("Note"), blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    guard_phone = models.CharField(_("Security guards, phone"), max_length=40, blank=True)
    crisis_support_phone = models.CharField(_("Crisis support, phone"), max_length=40, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = BoardManager()

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

    def clean(self) -> None:
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("That address is taken by the system. Choose another.")})
        if self.parent_id and self.parent_id == self.pk:
            raise ValidationError({"parent": _("A board does not belong under itself.")})

    def lineage(self) -> BoardQuerySet:
        """The board and all that went on as it, so that figures follow over mergers."""
        pairs = list(Succession.objects.values_list("predecessor", "successor"))
        known, found = {self.pk}, {self.pk}
        while found:
            found = {old for old, new in pairs if new in found} - known
            known |= found
        return Board.objects.filter(pk__in=known)

    @property
    def council_is_overdue(self) -> bool:
        return self.has_local_council and Board.objects.without_recent_council().filter(pk=self.pk).exists()

    @verb("board.corrected", _("%(who)s changed %(fields)s of %(about)s"))
    def correct(self, *, by: Any, version: int | None = None, **changes: Any) -> None:
        """Changes facts in the register; a board is never deleted, it ends on a day."""
        self.expect(version)
        changed = self.take(changes)
        self.full_clean()
        if changed:
            self.save_over(version, changed)
            audit.record("board.corrected", self, by=by, changed=changed)

    def take(self, facts: dict[str, Any]) -> dict[str, list[Any]]:
        """Sets the fields without saving them; what stood there and what does now, of those that differ."""
        before = {field: getattr(self, field) for field in facts}
        for field, value in facts.items():
            setattr(self, field, value)
        return {field: [before[field], value] for field, value in facts.items() if before[field] != value}

    @verb("board.ended", _("%(who)s entered %(last_day)s as the last day of %(about)s"))
    def end(self, *, by: Any, last_day: date, goes_on_as: Board | None = None) -> None:
        """The board's last day; its offices and seats end with it, and its areas must have moved before."""
        if left := self.areas.on(last_day + timedelta(days=1)).first():
            raise ValidationError(
                _("The board still answers for %(area)s after that day. Move the area first."),
                params={"area": left.name},
            )
        self.valid_to = last_day
        self.full_clean()
        self.save(update_fields=["valid_to"])
        holders = apps.get_model("boards", "OfficeHolder").objects.of(self)
        holders.begun_and_lasting_after(last_day).end_all(by=by, last_day=last_day)
        for seat in self.memberships.begun_and_lasting_after(last_day):
            seat.end(by=by, last_day=last_day)
        audit.record("board.ended", self, by=by, last_day=last_day, goes_on_as=goes_on_as)

    @verb("board.went_on", _("%(who)s took back the last day of %(about)s"))
    def go_on(self, *, by: Any) -> None:
        """Takes back the last day; offices that ended with it are appointed anew."""
        Board.objects.filter(pk=self.pk).refuse_the_merged()
        ended, self.valid_to = self.valid_to, None
        self.save(update_fields=["valid_to"])
        audit.record("board.went_on", self, by=by, ended=ended)

    @verb("board.sectors_changed", _("%(who)s changed the sectors of %(about)s"))
    def join_sectors(self, sectors: Any, *, by: Any) -> None:
        before = set(self.sectors.values_list("code", flat=True))
        self.sectors.set(sectors)
        after = {sector.code for sector in sectors}
        if before != after:
            self.save_over(None, ())
            audit.record("board.sectors_changed", self, by=by, before=sorted(before), after=sorted(after))


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
