"""The tables of boards, of who holds what, of members and of meetings."""

from dataclasses import replace
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from . import vacancies
from .days import holds_on, today
from .models import Membership, OfficeHolder, Training
from .models.boards import LISTED_KINDS, Kind
from .tables import Choice, Column, Flag, Sort, Table

# What stands above several of a kind.
SEVERAL = {
    Kind.DISTRICT: _("District boards"),
    Kind.BOARD: _("Specialist boards"),
    Kind.COMPANY: _("Companies"),
}


def not_over() -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=today())


def holding_url(held: OfficeHolder) -> str:
    return reverse("office_holder", args=[held.board.slug, held.pk])


def seat_url(seat: Membership) -> str:
    return reverse("member_page", args=[seat.board.slug, seat.pk])


def in_words(training: Training | None, held: OfficeHolder) -> str:
    """Whether the training the office asks for is taken and counts; nothing where none is asked for."""
    if training is None:
        return gettext("Not registered") if held.office.type.minimum_training else ""
    if training.expires_on is None:
        return gettext("Taken %(day)s") % {"day": training.completed_on.isoformat()}
    words = gettext("Expired %(day)s") if training.has_expired else gettext("Counts until %(day)s")
    return words % {"day": training.expires_on.isoformat()}


class BoardTable(Table):
    quiet_caption = True
    caption = _("Boards and companies")
    dense = True
    noun = ngettext_lazy("board or company", "boards and companies")
    empty = _("There are no boards yet.")
    level = "K0"
    file_name = "namnder-och-bolag"
    columns: ClassVar = [
        Column(
            "namn",
            _("Name"),
            lambda board: board.name,
            link=lambda board: board.get_absolute_url(),
            sort="namn",
            swedish=True,
            reads="name",
        ),
        Column("typ", _("Kind"), lambda board: board.get_kind_display(), sort="typ", reads="kind"),
        Column("lediga", _("Vacant offices"), lambda board: board.vacant_in_words, reads=""),
        Column(
            "forvaltning",
            _("Administration"),
            lambda board: board.administration,
            swedish=True,
            reads="administration",
        ),
    ]
    ended = Column("slut", _("Last day"), lambda board: board.valid_to, reads="valid_to")
    filters: ClassVar = [
        Choice(
            "typ",
            _("Kind"),
            lambda: [(kind.value, kind.label) for kind in LISTED_KINDS],
            lambda kind: Q(kind=kind),
        ),
        Flag("upphorda", _("Also those that have ended"), unless=holds_on),
    ]
    sorts: ClassVar = [
        Sort(
            "typ",
            ("kind_order", "name"),
            group=lambda board: SEVERAL.get(board.kind, board.get_kind_display()),
        ),
        Sort("namn", ("name",)),
    ]

    def __init__(self, request: HttpRequest, rows: QuerySet, **texts: Any) -> None:
        super().__init__(request, rows, **texts)
        if self.chosen["upphorda"]:
            self.columns = [*self.columns, self.ended]

    def prepare(self, rows: list[Any]) -> list[Any]:
        empty = vacancies.at(rows)
        for board in rows:
            board.vacant_in_words = ", ".join(vacancy.label for vacancy in empty[board.pk])
        return rows


class HolderTable(Table):
    """Who holds which office at one board; training is shown to those who read what is internal there."""

    quiet_caption = True
    noun = ngettext_lazy("person in an office", "people in offices")
    empty = _("Nobody has been entered here yet.")
    level = "K1"
    columns: ClassVar = [
        Column("person", _("Person"), lambda held: held.person.name, sort="namn", reads="person__name"),
        Column(
            "roll", _("Office"), lambda held: held.office.type.label, sort="roll", reads="office__type__name"
        ),
        Column("som", _("As"), lambda held: held.held_as, reads="is_deputy"),
        Column(
            "del",
            _("Share of a post"),
            lambda held: f"{held.share_percent} %",
            numeric=True,
            reads="share_percent",
        ),
        Column("fran", _("From"), lambda held: held.valid_from, sort="fran", reads="valid_from"),
        Column("till", _("Up to and including"), lambda held: held.valid_to, sort="till", reads="valid_to"),
        Column("lage", _("State"), lambda held: held.state, reads="confirmed_at refused_at"),
    ]
    training = Column("utbildning", _("Training"), lambda held: held.training_in_words, reads="")
    filters: ClassVar = [
        Flag(
            "tidigare",
            _("Also those who have left"),
            unless=lambda: not_over() & Q(refused_at__isnull=True),
        )
    ]
    sorts: ClassVar = [
        Sort("roll", ("office__type__order", "is_deputy", "person__name")),
        Sort("namn", ("person__name",)),
        Sort("fran", ("valid_from", "person__name")),
        Sort("till", ("valid_to", "person__name")),
    ]

    def __init__(
        self, request: HttpRequest, rows: QuerySet, *, sees_training: bool, manages: bool, **texts: Any
    ) -> None:
        super().__init__(request, rows.select_related("person", "office__type", "office__board"), **texts)
        self.sees_training = sees_training
        first, *others = self.columns
        if manages:
            first = replace(first, link=holding_url)
        self.columns = [first, *others, *([self.training] if sees_training else [])]

    def prepare(self, rows: list[OfficeHolder]) -> list[OfficeHolder]:
        if not self.sees_training:
            return rows
        taken = Training.objects.filter(person__in=[held.person_id for held in rows]).latest_first()
        latest: dict[tuple[int, int], Training] = {}
        for training in taken:
            latest.setdefault((training.person_id, training.office_type_id), training)
        for held in rows:
            held.training_in_words = in_words(latest.get((held.person_id, held.office.type_id)), held)
        return rows


class MemberTable(Table):
    quiet_caption = True
    noun = ngettext_lazy("elected member", "elected members")
    empty = _("No elected members have been entered.")
    level = "K0"
    columns: ClassVar = [
        Column("namn", _("Name"), lambda seat: seat.person.name, sort="namn", reads="person__name"),
        Column("uppdrag", _("Role"), lambda seat: seat.get_role_display(), sort="uppdrag", reads="role"),
        Column("fran", _("From"), lambda seat: seat.valid_from, reads="valid_from"),
        Column("till", _("Up to and including"), lambda seat: seat.valid_to, reads="valid_to"),
    ]
    filters: ClassVar = [Flag("tidigare", _("Also earlier members"), unless=not_over)]
    sorts: ClassVar = [Sort("uppdrag", ("rank", "person__name")), Sort("namn", ("person__name",))]

    def __init__(self, request: HttpRequest, rows: QuerySet, *, manages: bool, **texts: Any) -> None:
        super().__init__(request, rows.by_rank().select_related("person", "board"), **texts)
        if manages:
            first, *others = self.columns
            self.columns = [replace(first, link=seat_url), *others]


class MeetingTable(Table):
    quiet_caption = True
    caption = _("Council meetings")
    noun = ngettext_lazy("meeting", "meetings")
    empty = _("No meetings have been entered.")
    level = "K1"
    file_name = "moten"
    columns: ClassVar = [
        Column(
            "datum",
            _("Date"),
            lambda meeting: meeting.held_on,
            link=lambda meeting: meeting.get_absolute_url(),
            sort="datum",
            reads="held_on",
        ),
        Column("slag", _("Kind"), lambda meeting: meeting.get_kind_display(), reads="kind"),
        Column("beslut", _("Decisions"), lambda meeting: meeting.decided, numeric=True, reads=""),
        Column("oppna", _("Not done"), lambda meeting: meeting.left, numeric=True, reads=""),
    ]
    filters: ClassVar = []
    sorts: ClassVar = [Sort("datum", ("-held_on",))]
