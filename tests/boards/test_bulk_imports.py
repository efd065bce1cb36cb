"""What a file does to many it does in one stroke: by the rules of the single verbs, in the same number of statements."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from boards import audit, imports, notices
from boards.models import Board, Event, Import, Membership, Notice, Office, OfficeHolder, User
from tests.boards.test_imports import BOARDS, HOLDER, MEMBER, MEMBERS, OFFICES, carry_out, read
from tests.conftest import LONG_AGO, Cast

SPRING, SUMMER = date(2026, 3, 1), date(2026, 8, 31)
Do = Callable[[list[Any], User], None]


@pytest.fixture
def people(cast: Cast) -> list[User]:
    return [cast.person(f"Person {n}") for n in range(4)]


def seat(person: User, board: Board, first: date = SPRING, last: date | None = None) -> Membership:
    return Membership(
        person=person, board=board, role=Membership.Role.MEMBER, valid_from=first, valid_to=last
    )


def seat_by_page(seats: list[Membership], by: User) -> None:
    for each in seats:
        days = {"valid_from": each.valid_from, "valid_to": each.valid_to}
        Membership.objects.seat(each.person, each.board, by=by, role=each.role, **days)


def seat_by_file(seats: list[Membership], by: User) -> None:
    Membership.objects.seat_all(seats, by=by)


def held(person: User, board: Board, office: str, last: date | None = None, **facts: Any) -> OfficeHolder:
    return OfficeHolder(
        office=Office.objects.of(board, office), person=person, valid_from=SPRING, valid_to=last, **facts
    )


def appoint_by_page(holdings: list[OfficeHolder], by: User) -> None:
    for each in holdings:
        each.office.appoint(
            each.person,
            by=by,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
            is_deputy=each.is_deputy,
            shared_reason=each.shared_reason,
        )


def appoint_by_file(holdings: list[OfficeHolder], by: User) -> None:
    OfficeHolder.objects.appoint_all(holdings, by=by)


def add_by_page(boards: list[Board], by: User) -> None:
    for each in boards:
        names = ("name", "slug", "kind", "email", "valid_from", "valid_to")
        Board.objects.add(by=by, **{name: getattr(each, name) for name in names})


def add_by_file(boards: list[Board], by: User) -> None:
    Board.objects.add_all(boards, by=by)


def correct_by_page(changes: list[tuple[Board, dict[str, Any]]], by: User) -> None:
    for board, facts in changes:
        board.correct(by=by, **facts)


def correct_by_file(changes: list[tuple[Board, dict[str, Any]]], by: User) -> None:
    Board.objects.correct_all(dict(changes), by=by)


def end_by_page(days: list[tuple[Any, date]], by: User) -> None:
    for row, last_day in days:
        row.end(by=by, last_day=last_day)


def end_by_file(days: list[tuple[Any, date]], by: User) -> None:
    type(days[0][0]).objects.end_each(dict(days), by=by)


SEATING, APPOINTING = (seat_by_page, seat_by_file), (appoint_by_page, appoint_by_file)
ADDING, CORRECTING, ENDING = (
    (add_by_page, add_by_file),
    (correct_by_page, correct_by_file),
    (end_by_page, end_by_file),
)


def outcome(do: Do, rows: list[Any], by: User) -> list[Any]:
    """What stands in the register and who was told, or the words of a refusal; all of it is taken back."""
    with transaction.atomic():
        try:
            do(rows, by)
            found: list[Any] = ["done", *in_the_register()]
        except ValidationError as refused:
            found = ["refused", *refused.messages]
        transaction.set_rollback(True)
    return found


def in_the_register() -> list[Any]:
    holding = ("person", "office", "is_deputy", "share_percent", "valid_to", "proposed_by")
    found = [
        OfficeHolder.objects.values_list(*holding, "shared_reason").exclude(confirmed_at=None),
        OfficeHolder.objects.values_list(*holding, "shared_reason").filter(confirmed_at=None),
        Membership.objects.values_list("person", "board", "role", "valid_from", "valid_to"),
        Board.objects.values_list(
            "code", "slug", "name", "kind", "email", "valid_from", "valid_to", "version"
        ),
        Notice.objects.values_list("kind", "person", "board", "waits_for_mail"),
        Office.objects.values_list("board__code", "type__code", "group__name"),
    ]
    return [sorted(map(str, rows)) for rows in found]


Rows = Callable[[Cast, list[User]], list[Any]]
# The two ways, what they are given, and what that leads to.
CASES: dict[str, tuple[tuple[Do, Do], Rows, str]] = {
    "seats": (
        SEATING,
        lambda cast, who: [seat(who[0], cast.bromma), seat(who[1], cast.bromma), seat(who[0], cast.farsta)],
        "done",
    ),
    "a seat that is taken": (
        SEATING,
        lambda cast, who: [seat(who[0], cast.bromma), seat(who[3], cast.bromma)],
        "refused",
    ),
    "a seat given twice": (
        SEATING,
        lambda cast, who: [seat(who[0], cast.bromma, last=SUMMER), seat(who[0], cast.bromma, SUMMER)],
        "refused",
    ),
    "a seat after the other": (
        SEATING,
        lambda cast, who: [
            seat(who[0], cast.bromma, last=SUMMER),
            seat(who[0], cast.bromma, SUMMER + timedelta(days=1)),
        ],
        "done",
    ),
    "a seat that ends before it begins": (
        SEATING,
        lambda cast, who: [seat(who[0], cast.bromma, SUMMER, SPRING)],
        "refused",
    ),
    "offices": (
        APPOINTING,
        lambda cast, who: (
            [held(each, cast.bromma, "chef") for each in who]
            + [held(who[0], cast.farsta, "sakerhetssamordnare"), held(who[1], cast.farsta, "registrator")]
        ),
        "done",
    ),
    "an office that is taken": (
        APPOINTING,
        lambda cast, who: [held(who[0], cast.bromma, "registrator")],
        "refused",
    ),
    "an office for two": (
        APPOINTING,
        lambda cast, who: [held(each, cast.farsta, "registrator") for each in who[:2]],
        "refused",
    ),
    "an office and a deputy": (
        APPOINTING,
        lambda cast, who: [
            held(who[0], cast.farsta, "registrator"),
            held(who[1], cast.farsta, "registrator", is_deputy=True),
        ],
        "done",
    ),
    "the same office twice over": (
        APPOINTING,
        lambda cast, who: [held(who[0], cast.farsta, "chef"), held(who[0], cast.farsta, "chef")],
        "refused",
    ),
    "the same office elsewhere": (
        APPOINTING,
        lambda cast, who: [held(who[0], board, "registrator") for board in (cast.farsta, cast.company)],
        "refused",
    ),
    "the same office elsewhere for a reason": (
        APPOINTING,
        lambda cast, who: [
            held(who[0], cast.farsta, "registrator"),
            held(who[0], cast.company, "registrator", shared_reason="Två små"),
        ],
        "done",
    ),
    "an office of the city at a district": (
        APPOINTING,
        lambda cast, who: [held(who[0], cast.bromma, "systemforvaltare")],
        "refused",
    ),
    "boards": (
        ADDING,
        lambda cast, who: [Board(name=name, slug=name, kind="facknamnd") for name in ("nya", "andra")],
        "done",
    ),
    "a board with an address that is none": (
        ADDING,
        lambda cast, who: [Board(name="Nya", slug="nya", kind="facknamnd", email="ingen")],
        "refused",
    ),
    "a board of no kind": (
        ADDING,
        lambda cast, who: [Board(name="Nya", slug="nya", kind="okänd")],
        "refused",
    ),
    "a board at an address of the system": (
        ADDING,
        lambda cast, who: [Board(name="Ny", slug="ny", kind="facknamnd")],
        "refused",
    ),
    "corrections": (
        CORRECTING,
        lambda cast, who: [
            (cast.bromma, {"email": "b@example.org", "valid_from": SPRING}),
            (cast.farsta, {"phone": "08-1"}),
            (cast.company, {"name": cast.company.name}),
        ],
        "done",
    ),
    "a correction that ends before it begins": (
        CORRECTING,
        lambda cast, who: [(cast.bromma, {"valid_from": SUMMER, "valid_to": SPRING})],
        "refused",
    ),
    "last days of seats": (
        ENDING,
        lambda cast, who: [(each, SUMMER) for each in Membership.objects.all()],
        "done",
    ),
    "last days of offices": (
        ENDING,
        lambda cast, who: [(each, SUMMER) for each in OfficeHolder.objects.all()],
        "done",
    ),
    "a last day before the first": (
        ENDING,
        lambda cast, who: [(each, date(1990, 1, 1)) for each in OfficeHolder.objects.all()],
        "refused",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_many_at_once_become_what_they_become_one_by_one(cast: Cast, people: list[User], case: str) -> None:
    cast.chief, cast.holder("Rut Registrator", "registrator", cast.bromma)
    seat(people[3], cast.bromma, LONG_AGO).save()
    (by_page, by_file), rows, meant = CASES[case]
    chief = cast.security_chief
    one_by_one = outcome(by_page, rows(cast, people), chief)
    for board in (cast.bromma, cast.farsta, cast.company):
        board.refresh_from_db()
    assert one_by_one[0] == meant, one_by_one
    assert outcome(by_file, rows(cast, people), chief) == one_by_one


def test_each_board_gets_one_event_with_the_number_and_the_ids(cast: Cast, people: list[User]) -> None:
    seats = [seat(people[0], cast.bromma), seat(people[1], cast.bromma), seat(people[1], cast.farsta)]
    Membership.objects.seat_all(seats, by=cast.security_chief)
    told = {
        event.board: json.loads(event.body)["facts"] for event in Event.objects.filter(verb="members.seated")
    }
    assert {board: facts["count"] for board, facts in told.items()} == {cast.bromma: 2, cast.farsta: 1}
    assert told[cast.bromma]["ids"] == audit.hash_of_ids(seat.pk for seat in seats[:2])


def test_what_changed_at_a_board_stands_in_its_own_event(cast: Cast) -> None:
    correct_by_file([(cast.bromma, {"phone": "08-1"}), (cast.farsta, {"email": "f@example.org"})], cast.chief)
    at_bromma = Event.objects.get(verb="boards.corrected", board=cast.bromma)
    assert json.loads(at_bromma.body)["facts"]["changed"] == {"phone": ["", "08-1"]}


def members_file(cast: Cast, people: list[User]) -> Import:
    lines = [f"{board.name};Ledamot;{each.email};2026-01-01;" for each in people for board in boards(cast)]
    for person in people:
        seat(person, cast.company, LONG_AGO).save()
    leaving = [f"{cast.company.name};Ledamot;{each.email};2000-01-01;2026-08-31" for each in people]
    return read(MEMBERS, cast.security_chief, MEMBER, *lines, *leaving)


def offices_file(cast: Cast, people: list[User]) -> Import:
    OfficeHolder.objects.appoint_all([held(each, cast.company, "krisledning") for each in people], by=None)
    lines = [f"{cast.farsta.name};Chef;{each.email};2026-01-01;" for each in people]
    waiting = [f"{cast.bromma.name};vb;{each.email};2026-01-01;" for each in people]
    leaving = [f"{cast.company.name};krisledning;{each.email};2000-01-01;2026-08-31" for each in people]
    return read(OFFICES, cast.security_chief, HOLDER, *lines, *waiting, *leaving)


def boards_file(cast: Cast, people: list[User]) -> Import:
    new = [f"Nämnden för {each.name};Facknämnd;ny@example.org" for each in people]
    others = Board.objects.exclude(kind="").order_by("pk")[: len(people)]
    known = [f"{board.name};{board.get_kind_display()};{n}@example.org" for n, board in enumerate(others)]
    return read(BOARDS, cast.administrator, "Namn;Typ;E-post", *new, *known)


def boards(cast: Cast) -> list[Board]:
    return [cast.bromma, cast.farsta]


@pytest.mark.parametrize("file", [members_file, offices_file, boards_file])
def test_a_longer_file_takes_no_more_statements(cast: Cast, file: Callable[..., Import]) -> None:
    counts = []
    for number in (2, 12):
        with transaction.atomic():
            reading = file(cast, [cast.person(f"Rad {n}") for n in range(number)])
            Office.objects.of(cast.bromma, "chef")
            with CaptureQueriesContext(connection) as asked:
                assert carry_out(reading).writes >= 2 * number
                imports.undo(reading, by=reading.asked_by)
            counts.append(len(asked))
            transaction.set_rollback(True)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("permission", ["manage_offices", "decide_access"])
def test_who_is_to_be_told_is_the_same_asked_of_one_board_or_of_several(cast: Cast, permission: str) -> None:
    cast.chief, cast.coordinator, cast.security_chief, cast.administrator  # noqa: B018
    asked = {cast.bromma, cast.farsta, None}
    found = notices.those_who_at(permission, asked)
    assert {board: {person.pk for person in people} for board, people in found.items()} == {
        board: set(notices.those_who(permission, board).values_list("pk", flat=True)) for board in asked
    }
    assert any(found.values())
