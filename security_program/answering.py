"""Which organisations answer for whom the programme speaks of: one table, actor by actor.

The programme speaks of "the city", "managers" or "a board"; a duty needs an organisation that can be asked. An
organisation answers in a year it exists, from its first day or 1 January up to its last day or 31 December: in
the year of a merger the predecessors up to it and the successor from it. A company answers from the day its own
board has adopted the version, which stands with the duty and not here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from boards.models import Board
from boards.models.boards import BOUND_KINDS, COMPANIES, Kind

from .models.vocabulary import Actor

EXECUTIVE = "kommunstyrelsen"


@dataclass(frozen=True)
class Answerers:
    """Organisations by kind or by code, and why it is they."""

    kinds: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    why: Any = ""

    def include(self, board: Board) -> bool:
        return board.kind in self.kinds or board.code in self.codes


def _kinds(*kinds: str, why: Any = "") -> Answerers:
    return Answerers(kinds=kinds, why=why)


def _code(code: str, why: Any = "") -> Answerers:
    return Answerers(codes=(code,), why=why)


LEADS = _("The city executive board leads and answers for the work in the whole city.")
PREPARES = _("The city executive board prepares what the council decides and accounts for it.")
ITS_OFFICE = _("The city executive office works for the city executive board.")
EMPLOYS = _("Whoever employs them answers for what is asked of them.")
OUTSIDE = Answerers(why=_("Outside the city: nobody in the city answers for them."))
ONLY_TOLD = Answerers(why=_("Is told or consulted, and has no duty of its own."))

TABLE: dict[str, Answerers] = {
    # the city as a whole
    Actor.CITY: _code(EXECUTIVE, LEADS),
    Actor.COUNCIL: _code(EXECUTIVE, PREPARES),
    Actor.EXECUTIVE: _code(EXECUTIVE),
    Actor.OFFICE: _code(EXECUTIVE, ITS_OFFICE),
    Actor.DIRECTOR: _code(EXECUTIVE, ITS_OFFICE),
    Actor.PROTECTIVE_CHIEF: _code(EXECUTIVE, ITS_OFFICE),
    Actor.RISK_COUNCIL: _code(EXECUTIVE, ITS_OFFICE),
    Actor.CKL: _code(EXECUTIVE, ITS_OFFICE),
    Actor.CRISIS_BOARD: _code(EXECUTIVE, ITS_OFFICE),
    Actor.CRISIS_CHAIR: _code(EXECUTIVE, ITS_OFFICE),
    # boards and companies; the executive board is a board too
    Actor.BOARD: _kinds(Kind.EXECUTIVE, Kind.BOARD, Kind.DISTRICT),
    Actor.DISTRICT: _kinds(Kind.DISTRICT, why=_("The duty follows the district's own area.")),
    Actor.SOCIAL: _code("socialnamnden", _("Crisis support when the offices of the districts are closed.")),
    Actor.COMPANY: _kinds(*COMPANIES, why=_("From the day the company's own board has adopted the version.")),
    Actor.PARENT_COMPANY: _code("stockholms_stadshus_ab"),
    Actor.INSURER: _code("s_t_erik_forsakring"),
    Actor.FIRE_BRIGADE: _code("ssbf", _("A federation of its own, which the city belongs to.")),
    # people
    Actor.MANAGER: _kinds(*BOUND_KINDS, why=EMPLOYS),
    Actor.EMPLOYEE: _kinds(*BOUND_KINDS, why=EMPLOYS),
    Actor.COORDINATOR: _kinds(*BOUND_KINDS, why=EMPLOYS),
    # nobody
    Actor.CONSULTED: ONLY_TOLD,
    Actor.PUBLIC: ONLY_TOLD,
    Actor.INCIDENT_SYSTEM: ONLY_TOLD,
    Actor.OUTSIDE: OUTSIDE,
    Actor.POLICE: OUTSIDE,
    Actor.COUNTY: OUTSIDE,
    Actor.REGION: OUTSIDE,
    Actor.TELECOM: OUTSIDE,
}


@dataclass(frozen=True)
class Span:
    """The days of one year on which an organisation answers."""

    first: date
    last: date


def span_of(board: Board, year: int) -> Span | None:
    first = max(board.valid_from or date.min, date(year, 1, 1))
    last = min(board.valid_to or date.max, date(year, 12, 31))
    return Span(first, last) if first <= last else None


def answering_in(year: int) -> dict[Board, Span]:
    """Everybody who can answer that year, and on which of its days."""
    boards = Board.objects.overlapping(date(year, 1, 1), date(year, 12, 31)).in_city_order()
    spans = ((board, span_of(board, year)) for board in boards.order_by("kind_order", "name"))
    return {board: span for board, span in spans if span and _is_named(board)}


def _is_named(board: Board) -> bool:
    return any(each.include(board) for each in TABLE.values())


def answers(board: Board, actors: Iterable[str]) -> bool:
    return any(TABLE[actor].include(board) for actor in actors)
