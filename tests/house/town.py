"""The town that the generated tests walk: every role of the cast, and something of each kind at three boards."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client

from boards import mandates
from boards.days import today
from boards.models import Board, CouncilMeeting, Office, OfficeHolder, User
from tests.conftest import LONG_AGO, Cast, signed_in
from tests.routes import ENDED, FOREIGN, ONE, OWN

ANONYMOUS = "anonymous"
ONE_FACTOR = "coordinator_one_factor"
PEOPLE = [ANONYMOUS, "employee", "member", "coordinator_elsewhere", "coordinator_until_yesterday", ONE_FACTOR]
# Every office of the mandates is a role of its own, so that a new one gets its column by itself.
ROLES = [*PEOPLE, *(code for code in mandates.TABLE if code != mandates.MEMBER)]
# Who is asked for a page when one pair of eyes is enough, in this order.
EYES = [
    "sakerhetssamordnare",
    "slk_sakerhetschef",
    "systemforvaltare",
    "sakerhetsskyddschef",
    "revisor",
    ANONYMOUS,
]


@dataclass
class Place:
    """A board with something of each kind, and whose personal things are meant there."""

    board: Board
    person: User | None
    holding: OfficeHolder | None = None
    proposal: OfficeHolder | None = None
    office: Office | None = None
    meeting: CouncilMeeting | None = None
    things: dict[str, Any] = field(default_factory=dict)


class Town:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.people: dict[str, User | None] = {role: self.visitor(role) for role in ROLES}
        self.boards = {OWN: cast.bromma, FOREIGN: cast.farsta, ENDED: cast.norrmalm}
        self.furnished = {whose: self.furnish(board) for whose, board in self.boards.items()}

    def visitor(self, role: str) -> User | None:
        cast = self.cast
        match role:
            case "anonymous":
                return None
            case "employee":
                return cast.employee
            case "member":
                return cast.member
            case "coordinator_elsewhere":
                return cast.farsta_coordinator
            case "coordinator_until_yesterday":
                return self.former_coordinator()
            case "coordinator_one_factor" | "sakerhetssamordnare":
                return cast.coordinator
        return cast.holder(*self.holder_of(role))

    def holder_of(self, code: str) -> tuple[str, str, Board | None]:
        names = {
            "forvaltningschef": "Maria Holm",
            "slk_handlaggare": "Sara Lind",
            "slk_sakerhetschef": "Olof Dahl",
            "sakerhetsskyddschef": "Eva Ström",
            "systemforvaltare": "Nils Falk",
            "tib": "Jonas Vik",
            "revisor": "Rut Alm",
        }
        at_the_board = not mandates.TABLE[code].city
        return names.get(code, f"Holder {code}"), code, self.cast.bromma if at_the_board else None

    def former_coordinator(self) -> User:
        """Somebody whose office ended yesterday, with no job having run since."""
        person = self.cast.person("Ture Gren")
        if not person.office_holdings.exists():
            office = Office.objects.of(self.cast.bromma, "sakerhetssamordnare")
            yesterday = today() - timedelta(days=1)
            ended = office.appoint(person, by=None, valid_from=LONG_AGO, valid_to=yesterday, is_deputy=True)
            ended.approve(by=self.cast.person("Second Person"))
        return person

    def furnish(self, board: Board) -> Place:
        office = Office.objects.of(board, "chef")
        boss = self.cast.person(f"Boss {board.code}")
        holding = OfficeHolder.objects.filter(office=office).first() or office.appoint(
            boss, by=None, valid_from=LONG_AGO
        )
        protected = Office.objects.of(board, "krisledningschef")
        proposal = protected.appoint(boss, by=None, valid_from=LONG_AGO, is_deputy=True)
        meeting = CouncilMeeting.objects.create(board=board, kind="lokalt_riskhanteringsrad", held_on=today())
        return Place(board, boss, holding, proposal, office, meeting)

    def place(self, whose: str, role: str) -> Place:
        """The visitor's own personal things at the own board; somebody else's at the others."""
        place = self.furnished[OWN if whose == ONE else whose]
        if whose in (OWN, ONE) and self.people[role]:
            return Place(**{**vars(place), "person": self.people[role]})
        return place

    def client(self, role: str, *, csrf: bool = False) -> Client:
        person = self.people[role]
        if person is None:
            return Client(enforce_csrf_checks=csrf)
        if role == ONE_FACTOR:
            client = Client(enforce_csrf_checks=csrf)
            client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
            return client
        return signed_in(person, csrf=csrf)
