"""What was so already when the demo city began: who held which demanded office, alone or for several."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random

from boards.models import Board, OfficeType, User
from boards.models.boards import Kind

from .clock import workday
from .people import FORMER, STAFF, Town

# In use since then; what people held before was entered when the city began.
IN_USE = timedelta(days=300)


def begun(today: date) -> date:
    return workday(today - IN_USE)


# Empty on purpose, so that the pages have something to say about what is missing.
VACANT = {
    ("farsta_sdn", "informationssakerhetssamordnare"),
    ("skarpnack_sdn", "sakerhetssamordnare"),
    ("kyrkogardsnamnden", "vb"),
    ("micasa", "registrator"),
    ("overformyndarnamnden", "krisledningschef"),
    ("s_t_erik_livforsakring", "informationssakerhetssamordnare"),
}
# Of these, two have a history: somebody was there and left.
LEFT = (("farsta_sdn", "informationssakerhetssamordnare"), ("skarpnack_sdn", "sakerhetssamordnare"))


@dataclass(frozen=True)
class Shared:
    """One person who holds the same office at several organisations, and why."""

    office: str
    home: str
    others: tuple[str, ...]
    reason: str
    share: int = 50


SMALL_COMPANIES = ("sga_fastigheter", "s_t_erik_markutveckling")
SHARED = [
    Shared(
        "sakerhetssamordnare",
        "sga_fastigheter",
        ("s_t_erik_markutveckling",),
        "Två små bolag i samma hus delar samordnare.",
    ),
    Shared(
        "sakerhetssamordnare",
        "s_t_erik_forsakring",
        ("s_t_erik_livforsakring",),
        "Försäkringsbolagen har gemensam stab.",
    ),
    Shared(
        "informationssakerhetssamordnare",
        "stockholms_stadshus_ab",
        SMALL_COMPANIES,
        "Moderbolaget ger små bolag stöd i informationssäkerhet.",
        30,
    ),
]
DATA_PROTECTION = {
    Kind.DISTRICT: ("bromma_sdn", "Stadsdelsnämnderna har ett gemensamt dataskyddsombud."),
    Kind.BOARD: ("servicenamnden", "Facknämnderna har ett gemensamt dataskyddsombud."),
    Kind.COMPANY: ("stockholms_stadshus_ab", "Bolagen har ett gemensamt dataskyddsombud."),
    Kind.PARENT_COMPANY: ("stockholms_stadshus_ab", "Bolagen har ett gemensamt dataskyddsombud."),
    Kind.EXECUTIVE: ("kommunstyrelsen", ""),
}
BEFORE_THE_MERGER = ("forvaltningschef", "sakerhetssamordnare")
PART_TIME = (100, 40, 60, 50, 100, 20, 75, 80, 30)


@dataclass(frozen=True)
class Holding:
    office: str
    board: Board
    person: User
    first: date
    last: date | None = None
    share: int = 100
    is_deputy: bool = False
    reason: str = ""


def at_boards(town: Town, today: date, chance: Random) -> Iterator[Holding]:
    part_time = cycle(PART_TIME)
    for board in town.ended():
        yield from _before_the_merger(town, board)
    for code, office in LEFT:
        yield Holding(office, town.boards[code], town.at(code, STAFF)[0], date(2024, 2, 1))
    kinds = list(OfficeType.objects.order_by("order"))
    for board in town.bound():
        for kind in (kind for kind in kinds if kind.is_expected_of(board) and not kind.mandate.city):
            if (board.code, kind.code) not in VACANT:
                yield from _holders(town, board, kind.code, _some_day(board, today, chance), part_time)
        for person in town.at(board.code, "chef"):
            yield Holding("chef", board, person, _some_day(board, today, chance))
            if board.kind == Kind.DISTRICT:
                yield Holding("krisledning", board, person, begun(today))


def _before_the_merger(town: Town, board: Board) -> Iterator[Holding]:
    for office in BEFORE_THE_MERGER:
        yield Holding(office, board, town.the(board.code, office), date(2017, 9, 1), board.valid_to)


def _some_day(board: Board, today: date, chance: Random) -> date:
    earliest = max(board.valid_from or date.min, date(2021, 1, 1))
    span = (begun(today) - earliest).days
    return earliest + timedelta(days=chance.randrange(max(span, 1)) // 7 * 7)


def _holders(
    town: Town, board: Board, office: str, first: date, part_time: Iterator[int]
) -> Iterator[Holding]:
    """Who holds one demanded office at one board: its own person, or one it shares with others."""
    share = next(part_time) if office.endswith("sakerhetssamordnare") else 100
    shared = next((row for row in SHARED if row.office == office and board.code in row.others), None)
    if office == "dataskyddsombud":
        home, reason = DATA_PROTECTION[Kind(board.kind)]
        person = town.the(home, office)
        yield Holding(office, board, person, first, share=10, reason=reason)
    elif shared:
        person = town.the(shared.home, office)
        yield Holding(office, board, person, first, share=shared.share, reason=shared.reason)
    elif office == "krisledningschef":
        yield Holding(office, board, town.the(board.code, "forvaltningschef"), first)
    else:
        home_of = next((row for row in SHARED if row.office == office and board.code == row.home), None)
        reason = home_of.reason if home_of else ""
        for person in _first_holders(town, board, office):
            yield Holding(office, board, person, first, share=share, reason=reason)


def _first_holders(town: Town, board: Board, office: str) -> list[User]:
    """Where the coordinator has changed since the city began, the one before."""
    if office == "sakerhetssamordnare" and has_changed(town, board):
        return town.at(board.code, FORMER)
    return town.at(board.code, office)


def has_changed(town: Town, board: Board) -> bool:
    shares = {
        code for row in SHARED if row.office == "sakerhetssamordnare" for code in (row.home, *row.others)
    }
    vacant = (board.code, "sakerhetssamordnare") in VACANT
    return bool(town.at(board.code, FORMER)) and not vacant and board.code not in shares
