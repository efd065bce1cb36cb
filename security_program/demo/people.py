"""Everybody in the demo: who works where, at which unit and under whom; written in a few large inserts."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from boards.models import Board, Unit, User
from boards.models.boards import Kind

from .names import email, names
from .numbers import desk_numbers, mobile_numbers
from .roles import ROLES

STAFF = "medarbetare"
FORMER = "tidigare"
# Gives nobody a way in by password: people of the demo are signed in by one press.
UNUSABLE = "!demo"

TITLES = {
    "forvaltningschef": "Förvaltningschef",
    "sakerhetssamordnare": "Säkerhetssamordnare",
    "informationssakerhetssamordnare": "Informationssäkerhetssamordnare",
    "registrator": "Registrator",
    "dataskyddsombud": "Dataskyddsombud",
    "vb": "Avdelningschef",
    "chef": "Enhetschef",
    "slk_sakerhetschef": "Säkerhetschef",
    "sakerhetsskyddschef": "Säkerhetsskyddschef",
    "slk_handlaggare": "Säkerhetsstrateg",
    "tib": "Tjänsteman i beredskap",
    "ckl": "Direktör",
    "krisledningsnamndens_ordforande": "Ordförande",
    "revisor": "Revisor",
    "systemforvaltare": "Systemförvaltare",
    "fortroendevald": "Förtroendevald",
}
STAFF_TITLES = ["Handläggare", "Administratör", "Samordnare", "Assistent", "Utredare", "Planerare"]
EVERY_BOARD = {
    "forvaltningschef": 1,
    "sakerhetssamordnare": 1,
    "informationssakerhetssamordnare": 1,
    "registrator": 1,
    "chef": 2,
    STAFF: 2,
}
CITY_OFFICES = {
    "slk_sakerhetschef": 2,
    "sakerhetsskyddschef": 1,
    "slk_handlaggare": 4,
    "tib": 4,
    "ckl": 6,
    "krisledningsnamndens_ordforande": 2,
    "revisor": 2,
    "systemforvaltare": 2,
}
# Where the data protection officers sit who serve several boards.
OFFICERS = ("bromma_sdn", "servicenamnden", "stockholms_stadshus_ab", "kommunstyrelsen")
SEATS = {Kind.DISTRICT: 4, Kind.BOARD: 4, Kind.EXECUTIVE: 4, Kind.COMPANY: 2, Kind.PARENT_COMPANY: 2}
UNITS = {
    Kind.DISTRICT: ["Stab", "Äldreomsorg", "Förskola och öppen fritid", "Individ- och familjeomsorg"],
    Kind.BOARD: ["Stab", "Verksamhetsstöd", "Fält och drift"],
    Kind.EXECUTIVE: ["Stab", "Säkerhetsavdelningen", "Kommunikationsavdelningen"],
    Kind.COMPANY: ["Stab", "Drift", "Kundservice"],
    Kind.PARENT_COMPANY: ["Stab", "Ägarstyrning", "Ekonomi"],
}
MEMBERS = "fortroendevald"


@dataclass
class Town:
    """Who fills which post at which board, by the boards' codes."""

    boards: dict[str, Board]
    posts: dict[tuple[str, str], list[User]] = field(default_factory=lambda: defaultdict(list))

    def at(self, board: str, post: str) -> list[User]:
        return self.posts[board, post]

    def the(self, board: str, post: str) -> User:
        return self.posts[board, post][0]

    def bound(self) -> list[Board]:
        """The organisations the programme binds that still are."""
        return [board for board in self.boards.values() if board.is_bound and board.valid_to is None]

    def ended(self) -> list[Board]:
        return [board for board in self.boards.values() if board.is_bound and board.valid_to]

    def everybody(self) -> Iterator[User]:
        return (person for people in self.posts.values() for person in people)


def settle(chance: Random) -> Town:
    # Sorted here and not by the database, whose order of signs is its own.
    boards = sorted(Board.objects.all(), key=lambda board: board.code)
    town = Town({board.code: board for board in boards})
    people = names(chance)
    desks, mobiles = desk_numbers(), mobile_numbers()
    for board, post in _posts(town):
        role = _role_for(town, board, post)
        person = _person(role or next(people), post, board, chance)
        if post not in (STAFF, MEMBERS):
            person.phone = next(mobiles if post in ("vb", "tib", "ckl") else desks)
        town.at(board.code, post).append(person)
    User.objects.bulk_create(town.everybody())
    _place(town)
    return town


def _posts(town: Town) -> Iterator[tuple[Board, str]]:
    """Every post to fill, in a fixed order, so that chance falls the same way each time."""
    for board in town.bound():
        wanted = {**EVERY_BOARD, "vb": 0 if board.is_company else 2, MEMBERS: SEATS[Kind(board.kind)]}
        for post, count in wanted.items():
            yield from ((board, post) for _ in range(count))
    for board in town.ended():
        yield from ((board, post) for post in ("forvaltningschef", "sakerhetssamordnare", MEMBERS))
    for code in OFFICERS:
        yield town.boards[code], "dataskyddsombud"
    for board in town.bound()[::4]:
        yield board, FORMER
    for post, count in CITY_OFFICES.items():
        yield from ((town.boards["kommunstyrelsen"], post) for _ in range(count))


def _role_for(town: Town, board: Board, post: str) -> str | None:
    if town.at(board.code, post):
        return None
    wanted = (board.code, "" if post == STAFF else post)
    return next((role.name for role in ROLES if (role.board, role.office) == wanted), None)


def _person(name: str, post: str, board: Board, chance: Random) -> User:
    title = TITLES.get(post) or chance.choice(STAFF_TITLES)
    if post == "forvaltningschef" and board.is_company:
        title = "Vd"
    address = email(name)
    outside = post in (MEMBERS, "krisledningsnamndens_ordforande")
    return User(
        name=name,
        email=address,
        password=UNUSABLE,
        title=title,
        directory_id=None if outside else address.split("@")[0],
    )


def _place(town: Town) -> None:
    """Gives every board its units, every unit its manager and everybody employed a unit and a manager."""
    placed = []
    for board in town.bound():
        head = town.the(board.code, "forvaltningschef")
        managers = town.at(board.code, "chef")
        staff_office, *others = _units(board, [head, *managers, head])
        for post in (*CITY_OFFICES, *EVERY_BOARD, "vb", "dataskyddsombud", FORMER):
            placed += [_put(person, staff_office, head) for person in town.at(board.code, post)]
        for turn, person in enumerate(managers):
            _put(person, others[turn], head)
        for turn, person in enumerate(town.at(board.code, STAFF)):
            _put(person, others[turn % len(managers)], managers[turn % len(managers)])
    User.objects.bulk_update(placed, ["unit", "manager"], batch_size=200)


def _units(board: Board, managers: list[User]) -> list[Unit]:
    rows = [
        Unit(board=board, name=name, manager=manager)
        for name, manager in zip(UNITS[Kind(board.kind)], managers, strict=False)
    ]
    return Unit.objects.bulk_create(rows)


def _put(person: User, unit: Unit, manager: User) -> User:
    employed = person.directory_id is not None
    person.unit = unit if employed else None
    person.manager = manager if employed and manager != person else None
    return person
