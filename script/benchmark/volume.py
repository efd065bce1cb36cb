"""Fills the demo city up to what a large city gathers in ten years."""

import hashlib
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from boards.models import Board, Event, Office, OfficeHolder, Stream, Unit, User

PEOPLE, HOLDINGS, EVENTS = 20_000, 5_000, 200_000
BATCH = 5_000


def add_people() -> None:
    nobody = make_password(None)
    units = list(Unit.objects.values_list("pk", flat=True)) or [None]
    User.objects.bulk_create(
        (
            User(
                email=f"volume{n}@example.org",
                name=f"Person {n}",
                password=nobody,
                unit_id=units[n % len(units)],
            )
            for n in range(PEOPLE)
        ),
        batch_size=BATCH,
    )


def add_ended_holdings() -> None:
    """Former holders: the history that a long-lived installation gathers."""
    offices = list(Office.objects.values_list("pk", flat=True))
    people = list(User.objects.filter(email__startswith="volume").values_list("pk", flat=True)[:HOLDINGS])
    OfficeHolder.objects.bulk_create(
        (
            OfficeHolder(
                office_id=offices[n % len(offices)],
                person_id=person,
                valid_from=date(2015, 1, 1) + timedelta(n % 3000),
                valid_to=date(2015, 2, 1) + timedelta(n % 3000),
                confirmed_at=timezone.now(),
            )
            for n, person in enumerate(people)
        ),
        batch_size=BATCH,
    )


def add_events() -> None:
    """As many lines as ten years write, in a stream of their own; their chain is not the one that is verified."""
    boards = list(Board.objects.values_list("pk", flat=True))
    actors = list(User.objects.values_list("pk", flat=True)[:500])
    stream = Stream.objects.create(name="volume", seq=EVENTS)
    hashes = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(EVENTS + 1)]
    Event.objects.bulk_create(
        (
            Event(
                stream=stream,
                seq=n,
                at=timezone.now(),
                verb="office.appointed",
                actor_id=actors[n % len(actors)],
                board_id=boards[n % len(boards)],
                object_type="boards.board",
                object_id=str(boards[n % len(boards)]),
                body="{}",
                prev=hashes[n],
                hash=hashes[n + 1],
            )
            for n in range(EVENTS)
        ),
        batch_size=BATCH,
    )


def fill(volume: str) -> None:
    if volume == "large":
        for add in (add_people, add_ended_holdings, add_events):
            add()
