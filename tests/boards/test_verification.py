"""Whoever bends the log leaves a mark that verification names."""

import json
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F, QuerySet

from boards import audit, verification
from boards.append_only import MAY_GO
from boards.models import Board, Event, Stream
from boards.verbs import verb
from boards.verification import Finding, first_fault
from tests import append_only
from tests.conftest import Cast


@verb("test.noted", "noted")
def note(cast: Cast, number: int) -> None:
    audit.record("test.noted", cast.bromma, by=cast.person("Karin Ek"), number=number, word="åäö")


@pytest.fixture
def log(cast: Cast) -> str:
    """Twenty events of one board, alone in the log."""
    with append_only.lifted():
        Event.objects.all().delete()
    Stream.objects.all().delete()
    with transaction.atomic():
        for number in range(20):
            note(cast, number)
    return cast.bromma.code


def event(seq: int) -> Event:
    return Event.objects.get(seq=seq)


def edit() -> None:
    Event.objects.filter(seq=7).update(body=event(7).body.replace('"number":6', '"number":9'))


def edit_and_rehash() -> None:
    edit()
    seventh = event(7)
    rehashed = audit.chain_hash(seventh.stream_id, 7, seventh.prev, seventh.body)
    Event.objects.filter(seq=7).update(hash=rehashed)


def relabel() -> None:
    Event.objects.filter(seq=7).update(verb="test.something_else")


def antedate() -> None:
    Event.objects.filter(seq=7).update(at=event(7).at - timedelta(days=1))


def move_to_another_board() -> None:
    Event.objects.filter(seq=7).update(board=Board.objects.get(code="farsta_sdn"))


def delete() -> None:
    Event.objects.filter(seq=7).delete()


def insert() -> None:
    for later in Event.objects.filter(seq__gte=7).order_by("-seq"):
        Event.objects.filter(pk=later.pk).update(seq=F("seq") + 1)
    forged = event(6)
    forged.pk, forged.seq, forged.prev = None, 7, "0" * 64
    forged.hash = audit.chain_hash(forged.stream_id, 7, forged.prev, forged.body)
    forged.save()


def swap() -> None:
    seventh, eighth = event(7).pk, event(8).pk
    for pk, seq in ((seventh, 99), (eighth, 7), (seventh, 8)):
        Event.objects.filter(pk=pk).update(seq=seq)


def truncate() -> None:
    Event.objects.filter(seq__gt=15).delete()


@pytest.mark.parametrize(
    ("bend", "seq", "fault"),
    [
        (edit, 7, "altered"),
        (edit_and_rehash, 8, "unchained"),
        (relabel, 7, "mislabelled"),
        (antedate, 7, "mislabelled"),
        (move_to_another_board, 7, "mislabelled"),
        (delete, 8, "missing"),
        (insert, 7, "unchained"),
        (swap, 7, "unchained"),
        (truncate, 16, "cut off"),
    ],
)
def test_verification_names_the_first_bad_row(
    log: str, bend: Callable[[], None], seq: int, fault: str
) -> None:
    assert first_fault() is None
    with append_only.lifted():
        bend()
    assert first_fault() == Finding(log, seq, fault)


def with_another(seq: int, column: str, chance: random.Random) -> None:
    """One column of one event is made another's, or something that was never so."""
    other = event(chance.choice([number for number in range(1, 21) if number != seq]))
    made_up: dict[str, object] = {"body": "no JSON", "object_id": "None", "actor": None, "board": None}
    value = chance.choice([getattr(other, column), made_up.get(column, getattr(other, column))])
    here = Event.objects.filter(seq=seq)
    here.update(**{column: value})
    if chance.random() < 0.5:
        bent = here.get()
        here.update(hash=audit.chain_hash(bent.stream_id, seq, bent.prev, bent.body))


@pytest.mark.parametrize("column", ["body", "at", "object_id", "actor", "board"])
def test_whoever_counts_row_by_row_finds_what_the_database_finds(log: str, column: str) -> None:
    chance = random.Random(column)
    found = set()
    for _ in range(12):
        with append_only.lifted(), transaction.atomic():
            with_another(chance.randint(1, 20), column, chance)
            row_by_row = next(verification._faults_row_by_row({}), None)
            assert verification._fault_in_chains({}) == row_by_row
            found.add(row_by_row)
            transaction.set_rollback(True)
    assert found - {None}


def test_the_log_cannot_fork(log: str) -> None:
    second = event(8)
    second.pk, second.seq = None, 99
    with pytest.raises(IntegrityError):
        second.save()


@pytest.mark.parametrize("change", [lambda rows: rows.update(verb="other"), lambda rows: rows.delete()])
def test_the_database_refuses_to_bend_the_log(log: str, change: Callable[[QuerySet], object]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Event.objects.filter(seq=7))
    assert Event.objects.count() == 20


@pytest.mark.parametrize("table", list(MAY_GO))
def test_every_log_has_its_triggers(db: None, table: str) -> None:
    asked = {
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'"
        " AND tgname LIKE '%%_is_%%'",
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor], [table])
        assert cursor.fetchone() == (2,)


def test_the_command_says_what_it_found_and_the_log_remembers(log: str) -> None:
    call_command("verify_audit")
    with append_only.lifted():
        edit()
    with pytest.raises(CommandError, match=f"stream {log}, event 7: altered"):
        call_command("verify_audit")
    found = [
        json.loads(event.body)["facts"]["found"] for event in Event.objects.filter(verb="audit.verified")
    ]
    assert found == ["whole", f"stream {log}, event 7: altered"]
