"""Elected members by mandate period, who stands in for whom, and who has taken which training when."""

from datetime import date, timedelta
from itertools import cycle
from random import Random

from boards.models import Membership, OfficeHolder, OfficeType, StandIn, Training
from boards.models.boards import Board

from .clock import moment
from .people import MEMBERS, Town

ROLES_IN_ORDER = (
    Membership.Role.CHAIR,
    Membership.Role.VICE,
    Membership.Role.MEMBER,
    Membership.Role.SUBSTITUTE,
)
FIRST_PERIOD = 2023


def mandate_period(day: date) -> tuple[date, date]:
    """Boards sit four calendar years from the year after a general election: 2023–2026, 2027–2030."""
    first = FIRST_PERIOD + (day.year - FIRST_PERIOD) // 4 * 4
    return date(first, 1, 1), date(first + 3, 12, 31)


def elect(town: Town, today: date) -> None:
    first, last = mandate_period(today)
    rows = []
    for board in town.bound():
        for role, person in zip(ROLES_IN_ORDER, town.at(board.code, MEMBERS), strict=False):
            start = max(first, board.valid_from or first)
            rows.append(Membership(person=person, board=board, role=role, valid_from=start, valid_to=last))
    rows += _two_seats(town, first, last) + [_before(board, town) for board in town.ended()]
    Membership.objects.bulk_create(rows)


def _two_seats(town: Town, first: date, last: date) -> list[Membership]:
    """The member of the sign-in page sits on two boards."""
    person, culture = town.the("bromma_sdn", MEMBERS), town.boards["kulturnamnden"]
    role = Membership.Role.SUBSTITUTE
    return [Membership(person=person, board=culture, role=role, valid_from=first, valid_to=last)]


def _before(board: Board, town: Town) -> Membership:
    person = town.the(board.code, MEMBERS)
    return Membership(
        person=person,
        board=board,
        role=Membership.Role.CHAIR,
        valid_from=date(2019, 1, 1),
        valid_to=board.valid_to,
    )


def go_on_leave(town: Town, today: date) -> None:
    """One is away now with an approved deputy; one will be, whose deputy waits for approval."""
    coordinator = "sakerhetssamordnare"
    away = (
        (town.the("kungsholmen_sdn", coordinator), town.the("sodermalm_sdn", coordinator), -5, 16),
        (
            town.the("bromma_sdn", coordinator),
            town.the("bromma_sdn", "informationssakerhetssamordnare"),
            30,
            44,
        ),
    )
    now, coming = StandIn.objects.bulk_create(
        StandIn(
            person=person,
            deputy=deputy,
            valid_from=today + timedelta(days=first),
            valid_to=today + timedelta(days=last),
        )
        for person, deputy, first, last in away
    )
    coming.ask_approval()
    now.ask_approval()
    chief = town.the("kungsholmen_sdn", "forvaltningschef")
    now.offices.update(confirmed_by=chief, confirmed_at=moment(today + timedelta(days=-7)))


# Days since the training was taken; it counts for three years. 1,100 has expired, 1,060 soon will; 0 is never.
TAKEN = (120, 400, 1060, 700, 0, 250, 1100, 30, 900, 540)
COUNTS = timedelta(days=3 * 365)
# Days left for some of the people of the sign-in page, so that there is something to do.
DAYS_LEFT = {"karin.ekhage@demo.example": 40, "amir.sandvik@demo.example": -12}
TRAINED = (
    "sakerhetssamordnare",
    "informationssakerhetssamordnare",
    "krisledningschef",
    "vb",
    "tib",
    "registrator",
)


def train(today: date, chance: Random) -> None:
    """For those who hold an office today, each person once per office however many boards it is at."""
    kinds = {kind.code: kind for kind in OfficeType.objects.all()}
    holders = OfficeHolder.objects.confirmed().on(today).filter(office__type__code__in=TRAINED)
    columns = ("person", "person__email", "office__type__code")
    rows = []
    for (person, address, code), usual in zip(
        dict.fromkeys(holders.order_by("pk").values_list(*columns)), cycle(TAKEN)
    ):
        ago = (
            COUNTS.days - DAYS_LEFT[address]
            if address in DAYS_LEFT
            else usual and usual + chance.randrange(20)
        )
        if ago:
            taken = today - timedelta(days=ago)
            rows.append(
                Training(
                    person_id=person, office_type=kinds[code], completed_on=taken, expires_on=taken + COUNTS
                )
            )
    Training.objects.bulk_create(rows)
