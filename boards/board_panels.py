"""What the ground floor itself shows on a board's page."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from . import activity, vacancies
from .access import may
from .models import Board, CouncilMeeting, Document, Event, Membership, OfficeHolder, Sector, Succession
from .models.boards import COUNCIL_EVERY_MONTHS
from .models.documents import levels_filed_by
from .panels import Panel

SHOWN = 6


@dataclass(frozen=True)
class Standing:
    """Where a board comes from and where it went."""

    went: list[Succession]
    came: list[Succession]

    @property
    def others(self) -> list[Succession]:
        return [*self.went, *self.came]


def standing(board: Board) -> Standing:
    pairs = list(Succession.objects.of(board).order_by("on", "predecessor__name"))
    return Standing(
        went=[pair for pair in pairs if pair.predecessor_id == board.pk],
        came=[pair for pair in pairs if pair.successor_id == board.pk],
    )


def board_panels(board: Board, user: Any) -> list[Panel]:
    panels = [_offices(board, user)] if board.is_bound else []
    panels += [
        panel
        for panel in (
            _members(board),
            _meetings(board, user),
            _documents(board, user),
            _units(board),
            _children(board),
            latest_events(board, user),
        )
        if panel is not None
    ]
    return panels


def _offices(board: Board, user: Any) -> Panel:
    held = OfficeHolder.objects.confirmed().on().of(board)
    holders = held.select_related("person", "office__type").order_by(
        "office__type__order", "is_deputy", "person__name"
    )
    return Panel(
        _("Offices"),
        "boards/board_offices.html",
        {
            "board": board,
            "holders": holders,
            "vacant": vacancies.at([board])[board.pk],
            "manages": may(user, "manage_offices", board) and not board.is_over(),
        },
    )


def _members(board: Board) -> Panel | None:
    seats = Membership.objects.on().filter(board=board).by_rank().select_related("person")
    rows = list(seats.order_by("rank", "person__name")[: SHOWN + 1])
    context = {"board": board, "seats": rows[:SHOWN], "more": len(rows) > SHOWN}
    return Panel(_("Elected members"), "boards/board_members.html", context) if rows else None


def _meetings(board: Board, user: Any) -> Panel | None:
    keeps = may(user, "hold_meetings", board)
    if not (keeps or may(user, "view_internal", board)):
        return None
    visible = CouncilMeeting.objects.visible_to(user).filter(board=board)
    rows = visible.with_decisions().select_related("board").latest_first()[:3]
    context = {
        "board": board,
        "meetings": rows,
        "keeps": keeps and not board.is_over(),
        "overdue": board.council_is_overdue,
        "months": COUNCIL_EVERY_MONTHS,
    }
    return Panel(_("Council meetings"), "boards/board_meetings.html", context)


def _documents(board: Board, user: Any) -> Panel | None:
    files = bool(levels_filed_by(user, board))
    in_use = Document.objects.visible_to(user).of(board).in_use()
    newest = list(in_use.with_latest().newest_first()[:3])
    context = {"board": board, "documents": newest, "files": files}
    return Panel(_("Documents"), "boards/board_documents.html", context) if newest or files else None


def _units(board: Board) -> Panel | None:
    rows = list(board.units.select_related("manager").order_by("name", "pk")[: SHOWN + 1])
    context = {"board": board, "units": rows[:SHOWN], "more": len(rows) > SHOWN}
    return Panel(_("Units"), "boards/board_units.html", context) if rows else None


def _children(board: Board) -> Panel | None:
    rows = list(board.children.on().by_name())
    return (
        Panel(_("Belongs under this board"), "boards/board_children.html", {"boards": rows}) if rows else None
    )


def latest_events(board: Board, user: Any, *verbs: str) -> Panel | None:
    """What has lately been done at the board, or of it what these verbs tell."""
    if not may(user, "view_events", board):
        return None
    events = Event.objects.filter(board=board)
    if verbs:
        events = events.filter(verb__in=verbs)
    context = {"board": board, "events": activity.latest(events)}
    return Panel(_("Latest activity"), "boards/log_panel.html", context)


def _call(number: str) -> str:
    dialled = number.replace(" ", "").replace("-", "")
    return format_html('<a href="tel:{}">{}</a>', dialled, number) if number else ""


def facts(board: Board, user: Any) -> dict[str, Any]:
    """Who the board is: what stands beside the panels."""
    edits = may(user, "edit_register", board)
    return {
        "areas": list(board.areas.on().order_by("name")),
        "sectors": Sector.objects.of(board).order_by("name"),
        "edits": edits,
        "rows": _contacts(board),
    }


def _contacts(board: Board) -> list[dict[str, Any]]:
    rows = [
        (_("E-mail"), board.email and format_html('<a href="mailto:{0}">{0}</a>', board.email)),
        (_("Phone"), _call(board.phone)),
        (_("Security guards"), _call(board.guard_phone)),
        (_("Crisis support"), _call(board.crisis_support_phone)),
        (_("Exists from"), board.valid_from and board.valid_from.isoformat()),
        (_("Last day"), board.valid_to and board.valid_to.isoformat()),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]
