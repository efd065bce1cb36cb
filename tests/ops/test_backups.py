"""Backups: sealed, kept as long as said and no longer, and proved by what is in them."""

import hashlib
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from boards.models import Board, CouncilMeeting
from security_program.backups import facts, keeping, sets, vault, verifying
from tests.conftest import Cast

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def identity(tmp_path: Path, settings) -> Path:
    """A pair of keys; the public half is where the settings say."""
    if not shutil.which("age-keygen"):
        pytest.skip("age is not installed")
    file, recipients = tmp_path / "identity", tmp_path / "recipients"
    subprocess.run(["age-keygen", "-o", file], check=True, capture_output=True)
    recipients.write_bytes(subprocess.run(["age-keygen", "-y", file], check=True, capture_output=True).stdout)
    settings.BACKUP_RECIPIENTS, settings.BACKUP_DIR = str(recipients), tmp_path / "backup"
    return file


def sealed_file(folder: Path, content: bytes) -> Path:
    with vault.sealed(folder / "part.age") as stream:
        stream.write(content)
    return folder / "part.age"


def test_what_is_sealed_is_read_only_with_the_identity(identity, tmp_path):
    part = sealed_file(tmp_path, b"hemligt" * 50_000)
    assert b"hemligt" not in part.read_bytes()
    with vault.opened(part, identity) as stream:
        assert stream.read() == b"hemligt" * 50_000
    other = tmp_path / "other"
    subprocess.run(["age-keygen", "-o", other], check=True, capture_output=True)
    with pytest.raises(vault.BackupError), vault.opened(part, other) as stream:
        stream.read()


@pytest.mark.parametrize("harm", ["changed", "cut"])
def test_a_harmed_part_is_an_error_and_never_half_a_backup(identity, tmp_path, harm):
    part = sealed_file(tmp_path, b"x" * 300_000)
    content = bytearray(part.read_bytes())
    if harm == "changed":
        content[250_000] ^= 1
    part.write_bytes(content[:200_000] if harm == "cut" else content)
    with pytest.raises(vault.BackupError), vault.opened(part, identity) as stream:
        stream.read()


def test_without_recipients_nothing_is_written(identity, tmp_path, settings):
    settings.BACKUP_RECIPIENTS = str(tmp_path / "none")
    with pytest.raises(vault.BackupError, match="age-keygen"):
        sets.make()
    assert not (tmp_path / "backup").exists()


def test_each_day_is_kept_two_weeks_and_each_week_two_months():
    nightly = [NOW - timedelta(days=days) for days in range(120)]
    twice = [at + timedelta(minutes=5) for at in nightly]
    kept = keeping.to_keep(nightly + twice, NOW + timedelta(hours=1))
    ages = sorted((NOW - at).days for at in kept)
    assert kept <= set(twice), "the later of two on a day"
    assert set(range(13)) <= set(ages)
    assert len(kept) == 14 + 6
    assert max(ages) <= 56


def test_the_newest_is_kept_however_old_it_is():
    ancient = NOW - timedelta(days=900)
    assert keeping.to_keep([ancient, ancient - timedelta(days=1)], NOW) == {ancient}


@pytest.mark.django_db
def test_facts_show_what_a_restore_has_lost_or_bent(cast: Cast):
    meeting = CouncilMeeting.objects.hold(
        cast.bromma, by=cast.coordinator, kind="sakerhetsrad", held_on=NOW.date(), agenda="Brandskydd"
    )
    known = facts.gather()
    assert list(verifying.faults(known)) == []
    CouncilMeeting.objects.filter(pk=meeting.pk).update(agenda="Inget")
    assert [said.partition(":")[0] for said in facts.differences(known)] == ["boards_councilmeeting"]
    meeting.delete()
    assert "0 rows, there were 1" in next(facts.differences(known))


@pytest.mark.django_db
def test_a_log_that_has_gone_on_is_whole_and_another_log_is_not(cast: Cast):
    CouncilMeeting.objects.hold(cast.bromma, by=None, kind="sakerhetsrad", held_on=NOW.date())
    known = facts.gather()
    CouncilMeeting.objects.hold(cast.bromma, by=None, kind="sakerhetsrad", held_on=NOW.date())
    CouncilMeeting.objects.order_by("-pk").first().delete()
    assert list(facts.differences(known)) == []
    seq, _head = known.heads[cast.bromma.code]
    known.heads[cast.bromma.code] = [seq, hashlib.sha256(b"another").hexdigest()]
    assert "stream bromma_sdn" in next(facts.differences(known))


@pytest.mark.django_db
def test_every_table_of_ours_is_counted(cast: Cast):
    known = facts.gather()
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    assert tables - set(known.rows) <= {*facts.ENDED_BY_RESTORE, "django_migrations"}
    assert known.rows["boards_board"] == Board.objects.count()
