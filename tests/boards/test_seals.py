"""A seal finds what the chain alone cannot: a tail cut off with its head, a log written anew."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from boards import audit, seals
from boards.models import Event, Seal, Stream
from boards.verbs import verb
from boards.verification import verify
from tests import append_only
from tests.conftest import Cast


@pytest.fixture(autouse=True)
def key(settings: Any, tmp_path: Path) -> Path:
    settings.SEAL_KEY_FILE = str(tmp_path / "seal.pem")
    return tmp_path / "seal.pem"


@verb("test.sealed", "sealed")
def note(cast: Cast, number: int) -> None:
    audit.record("test.sealed", cast.bromma, by=None, number=number)


@pytest.fixture
def sealed(cast: Cast) -> Seal:
    for number in range(5):
        note(cast, number)
    seal = seals.seal_now()
    assert seal
    return seal


def rewrite_from(seq: int) -> None:
    """As somebody with the database's own rights would: the tail gone, and the head with it."""
    Event.objects.filter(stream_id="bromma_sdn", seq__gte=seq).delete()
    last = Event.objects.filter(stream_id="bromma_sdn").order_by("-seq").first()
    head = (last.seq, last.hash) if last else (0, "")
    Stream.objects.filter(name="bromma_sdn").update(seq=head[0], head=head[1])


def test_a_tail_cut_off_with_its_head_is_found(cast: Cast, sealed: Seal) -> None:
    assert verify().is_whole
    with append_only.lifted():
        rewrite_from(4)
    assert "stream bromma_sdn is not what was sealed" in str(verify())


def test_a_log_written_anew_is_found(cast: Cast, sealed: Seal) -> None:
    with append_only.lifted():
        rewrite_from(2)
        for number in range(9):
            note(cast, 100 + number)
    result = verify()
    assert result.finding is None
    assert result.seal == sealed
    assert result.seal_fault == "stream bromma_sdn is not what was sealed"


def alter(seal: Seal) -> None:
    Seal.objects.filter(pk=seal.pk).update(heads=seal.heads.replace("bromma_sdn", "farsta_sdn"))


def antedate(seal: Seal) -> None:
    Seal.objects.filter(pk=seal.pk).update(at=seal.at.replace(year=2020))


def forge(seal: Seal) -> None:
    """Counted rightly, but without the key."""
    heads = seal.heads.replace("bromma_sdn", "farsta_sdn")
    digest = seals.digest_of(seal.at.isoformat(), seal.prev, heads)
    Seal.objects.filter(pk=seal.pk).update(heads=heads, digest=digest)


def delete(seal: Seal) -> None:
    seal.delete()


@pytest.mark.parametrize(
    ("bend", "fault"),
    [
        (alter, "the seal was altered"),
        (antedate, "the seal was altered"),
        (forge, "the signature is false"),
        (delete, "the seal before it is gone"),
    ],
)
def test_a_bent_seal_is_found(cast: Cast, sealed: Seal, bend: Callable[[Seal], None], fault: str) -> None:
    note(cast, 99)
    seals.seal_now()
    assert verify().is_whole
    with append_only.lifted():
        bend(sealed)
    assert verify().seal_fault == fault


def test_a_seal_signed_with_another_key_is_not_believed(cast: Cast, sealed: Seal, key: Path) -> None:
    key.unlink()
    note(cast, 99)
    seals.seal_now()
    assert verify().seal_fault == "signed with a key that we do not know"


def test_after_a_change_of_key_the_old_public_half_is_enough(
    cast: Cast, sealed: Seal, key: Path, settings: Any, tmp_path: Path
) -> None:
    old = tmp_path / "old.pub"
    old.write_text(seals.public_pem(seals.private_key().public_key()))
    key.unlink()
    settings.SEAL_PUBLIC_KEY_FILES = [str(old)]
    note(cast, 99)
    seals.seal_now()
    assert verify().is_whole


def test_nothing_is_sealed_twice(cast: Cast, sealed: Seal) -> None:
    assert seals.seal_now() is None
    note(cast, 99)
    assert seals.seal_now()


def test_from_the_last_seal_only_what_came_after_is_read(cast: Cast, sealed: Seal) -> None:
    for number in range(3):
        note(cast, number)
    assert verify(since_seal=True).events == 3
    with append_only.lifted():
        last = Event.objects.filter(stream_id="bromma_sdn").order_by("-seq")[1]
        Event.objects.filter(pk=last.pk).update(body=last.body.replace("number", "Number"))
    assert f"event {last.seq}: altered" in str(verify(since_seal=True))


@pytest.mark.parametrize("change", [lambda rows: rows.update(key_id=""), lambda rows: rows.delete()])
def test_the_database_refuses_to_bend_a_seal(sealed: Seal, change: Callable[[Any], object]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(Seal.objects.all())


def test_an_installation_makes_its_key_once(tmp_path: Path) -> None:
    file = tmp_path / "secrets" / "key.pem"
    call_command("seal_key", file)
    assert file.stat().st_mode & 0o077 == 0
    assert "PUBLIC KEY" in file.with_suffix(".pub").read_text()
    with pytest.raises(FileExistsError):
        call_command("seal_key", file)


def test_a_protected_value_stands_in_the_log_only_as_a_commitment() -> None:
    told = audit.commitment("Karin Ek, Storgatan 1", b"salt of the record")
    assert told == audit.commitment("Karin Ek, Storgatan 1", b"salt of the record")
    assert told != audit.commitment("Karin Ek, Storgatan 1", b"another salt")
    assert "Karin" not in told
