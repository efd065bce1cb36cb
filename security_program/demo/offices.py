"""Who holds which office since when, told as acts: proposed, approved, handed over, ended."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from boards import mandates
from boards.models import Board, Office, OfficeHolder, OfficeType, User

from .clock import Act, moment, workday
from .holdings import BEFORE_THE_MERGER, LEFT, VACANT, Holding, at_boards, begun, has_changed
from .people import CITY_OFFICES, FORMER, MEMBERS, STAFF, Town


@dataclass(frozen=True)
class Book:
    """Turns what somebody holds into acts, with the right people proposing and approving."""

    town: Town
    today: date

    @property
    def begun(self) -> date:
        return begun(self.today)

    @property
    def administrators(self) -> list[User]:
        return self.town.at("kommunstyrelsen", "systemforvaltare")

    @property
    def security_chief(self) -> User:
        return self.town.the("kommunstyrelsen", "slk_sakerhetschef")

    def acts(self, holding: Holding, *, day: date | None = None, minutes: int = 0) -> Iterator[Act]:
        """Proposed that day and approved the day after, if it is an office that needs it."""
        day = workday(day or max(self.begun, holding.first - timedelta(days=12)))
        yield self.proposed(holding, moment_of=(day, minutes))
        if mandates.of(holding.office).needs_approval:
            yield Act(moment(workday(day + timedelta(days=1)), minutes), lambda: self.approve(holding))

    def proposed(self, holding: Holding, *, moment_of: tuple[date, int]) -> Act:
        return Act(moment(*moment_of), lambda: self._propose(holding))

    def _propose(self, holding: Holding) -> None:
        Office.objects.of(holding.board, holding.office).appoint(
            holding.person,
            by=self._proposer(holding),
            valid_from=holding.first,
            valid_to=holding.last,
            share_percent=holding.share,
            is_deputy=holding.is_deputy,
            shared_reason=holding.reason,
        )

    def _proposer(self, holding: Holding) -> User | None:
        """The head proposes at home; the administrator the heads and the city's own; nobody the first ones."""
        if holding.person in self.administrators:
            return None
        head = self.town.the(holding.board.code, "forvaltningschef")
        of_the_city = holding.office in CITY_OFFICES or holding.person == head or holding.board.valid_to
        return self.administrators[0] if of_the_city else head

    def approve(self, holding: Holding) -> None:
        waiting(holding.board, holding.office, holding.person).approve(by=self._approver(holding))

    def _approver(self, holding: Holding) -> User:
        one, other = self.administrators
        if holding.person in (one, other):
            return other if holding.person == one else one
        if holding.person == self.security_chief or self._proposer(holding) != one:
            return other
        return self.security_chief


def waiting(board: Board, office: str, person: User) -> OfficeHolder:
    return OfficeHolder.objects.awaiting_approval().get(
        office__board=board, office__type__code=office, person=person
    )


def found(town: Town) -> None:
    """The offices demanded of each board, and those the demo fills besides."""
    kinds = {kind.code: kind for kind in OfficeType.objects.all()}
    for board in town.bound():
        demanded = [kind for kind in kinds.values() if kind.is_expected_of(board) and not kind.mandate.city]
        Office.objects.found((board, kind) for kind in (*demanded, kinds["chef"], kinds[MEMBERS]))
    for board in town.ended():
        Office.objects.found((board, kinds[code]) for code in BEFORE_THE_MERGER)


def enter(town: Town, today: date, chance: Random) -> None:
    """What was so already the day the city began, as one read-in register: several hundred rows at once."""
    book = Book(town, today)
    offices = {
        (office.board_id, office.type.code): office for office in Office.objects.select_related("type")
    }
    OfficeHolder.objects.bulk_create(
        OfficeHolder(
            office=offices.get((row.board.pk, row.office)) or Office.objects.of(row.board, row.office),
            person=row.person,
            valid_from=row.first,
            valid_to=row.last,
            share_percent=row.share,
            is_deputy=row.is_deputy,
            shared_reason=row.reason,
            confirmed_at=moment(book.begun),
        )
        for row in at_boards(town, today, chance)
    )


def acts(town: Town, today: date) -> Iterator[Act]:
    book = Book(town, today)
    for turn, holding in enumerate(_city_offices(book)):
        yield from book.acts(holding, minutes=2 * turn)
    yield from _changes(book)


def _city_offices(book: Book) -> Iterator[Holding]:
    home = book.town.boards["kommunstyrelsen"]
    for office in ("systemforvaltare", *(code for code in CITY_OFFICES if code != "systemforvaltare")):
        for turn, person in enumerate(book.town.at("kommunstyrelsen", office)):
            alone = office in ("slk_sakerhetschef", "krisledningsnamndens_ordforande")
            last = date(book.today.year + 1, 6, 30) if office == "revisor" else None
            yield Holding(
                office, home, person, date(2023, 1 + 2 * turn, 1), last, is_deputy=alone and turn > 0
            )


def _changes(book: Book) -> Iterator[Act]:
    """What has happened since the city began: successors, deputies, departures and open questions."""
    yield from _successors(book)
    yield from _deputies(book)
    yield from _departures(book)
    yield from _open_questions(book)


def _successors(book: Book) -> Iterator[Act]:
    changed = [board for board in book.town.bound() if has_changed(book.town, board)]
    for turn, board in enumerate(changed):
        first = book.today - timedelta(days=30 + 18 * turn)
        former = book.town.the(board.code, FORMER)
        successor = book.town.the(board.code, "sakerhetssamordnare")
        yield from _hand_over(book, board, former, successor, first)


def _hand_over(book: Book, board: Board, former: User, successor: User, first: date) -> Iterator[Act]:
    told, head = workday(first - timedelta(days=14)), book.town.the(board.code, "forvaltningschef")
    new = Holding("sakerhetssamordnare", board, successor, first)

    def hand_over() -> None:
        held(board, "sakerhetssamordnare", former).hand_over(successor, by=head, first_day=first)

    yield Act(moment(told, 95), hand_over)
    if first <= book.today:
        yield Act(moment(workday(told + timedelta(days=1)), 140), lambda: book.approve(new))


def held(board: Board, office: str, person: User) -> OfficeHolder:
    return OfficeHolder.objects.confirmed().get(office__board=board, office__type__code=office, person=person)


def _deputies(book: Book) -> Iterator[Act]:
    for turn, board in enumerate(book.town.bound()[1::6]):
        if (board.code, "sakerhetssamordnare") not in VACANT:
            person = book.town.at(board.code, STAFF)[1]
            first = book.today - timedelta(days=200 - 9 * turn)
            yield from book.acts(
                Holding("sakerhetssamordnare", board, person, first, is_deputy=True, share=10), minutes=turn
            )


def _departures(book: Book) -> Iterator[Act]:
    for code, office in LEFT:
        board, person = book.town.boards[code], book.town.at(code, STAFF)[0]
        yield Act(moment(workday(book.today - timedelta(days=55))), _leave(book, board, office, person))


def _leave(book: Book, board: Board, office: str, person: User) -> Callable[[], None]:
    head, last = book.town.the(board.code, "forvaltningschef"), book.today - timedelta(days=41)
    return lambda: held(board, office, person).end(by=head, last_day=last)


def _open_questions(book: Book) -> Iterator[Act]:
    """One proposal to answer today, one for a change to come, one that was refused."""
    town, day = book.town, book.today
    skarpnack, hasselby = town.boards["skarpnack_sdn"], town.boards["hasselby_vallingby_sdn"]
    new = town.the("skarpnack_sdn", "sakerhetssamordnare")
    proposal = Holding("sakerhetssamordnare", skarpnack, new, day + timedelta(days=10), share=60)
    yield book.proposed(proposal, moment_of=(workday(day - timedelta(days=3)), 70))
    leaving, coming = town.the(hasselby.code, "sakerhetssamordnare"), town.at(hasselby.code, STAFF)[0]
    yield from _hand_over(book, hasselby, leaving, coming, day + timedelta(days=12))
    traffic = town.boards["trafiknamnden"]
    person = town.at("trafiknamnden", STAFF)[0]
    unfit = Holding("informationssakerhetssamordnare", traffic, person, day, is_deputy=True)
    yield book.proposed(unfit, moment_of=(workday(day - timedelta(days=28)), 20))
    yield Act(
        moment(workday(day - timedelta(days=25)), 200),
        lambda: waiting(traffic, unfit.office, person).refuse(by=book.security_chief),
    )
