"""Backup, wipe, restore and verify as their commands, on an installation of its own; and the whole drill, made short."""

import json
import os
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests import remembered_schema

ROOT = Path(__file__).resolve().parents[2]
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


class Installation:
    def __init__(self, place: Path, url: str, name: str) -> None:
        self.place, self.name = place, name
        (place / "var").mkdir()
        self.identity = place / "identity"
        subprocess.run(["age-keygen", "-o", self.identity], check=True, capture_output=True)
        self.environment = {
            **{key: os.environ[key] for key in ("PATH", "HOME", "LANG", "VENV") if key in os.environ},
            "VAR_DIR": str(place / "var"),
            "DATABASE_URL": url,
            "BACKUP_DIR": str(place / "backup"),
            "BACKUP_RECIPIENTS": str(place / "recipients"),
            "DEBUG": "1",
            "MIGRATE_VERBOSITY": "0",
        }
        public = subprocess.run(["age-keygen", "-y", self.identity], check=True, capture_output=True).stdout
        (place / "recipients").write_bytes(public)

    def run(self, script: str, *arguments: str | Path, fine: bool = True) -> str:
        answer = subprocess.run(
            [ROOT / "script" / script, *arguments],
            check=False,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert (answer.returncode == 0) == fine, answer.stdout + answer.stderr
        return answer.stdout + answer.stderr

    def do(self, code: str) -> str:
        return self.run("manage", "shell", "--no-imports", "--command", code).strip()

    @property
    def backup(self) -> Path:
        return next((self.place / "backup" / "sets").glob("2*"))


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    if not ON_POSTGRESQL:
        made = Installation(tmp_path, f"sqlite:///{tmp_path}/var/city.sqlite3", "city.sqlite3")
        remembered_schema.copy_to(tmp_path / "var" / "city.sqlite3")
        yield made
        return
    url, name = os.environ["DATABASE_URL"], f"restore_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield Installation(tmp_path, url.rsplit("/", 1)[0] + f"/{name}", name)
        connection.execute(f"drop database {name} with (force)")


REASON = "Visade legitimation Kaninkort"
SOMEBODY = (
    "from boards.models import City, FactorReset, User; City.objects.create(name='Storstad'); "
    "anna, bo = (User.objects.create_user(f'{name}@example.org', name) for name in ('Anna Ek', 'Bo Al')); "
    f"FactorReset.ask(anna, by=bo, reason='{REASON}'); "
)
RESET = "from boards.models import FactorReset; reset = FactorReset.objects.get(); "
DESTROY = RESET + "from boards import key_store; print(reset.reason); key_store.destroy([reset.record_key])"
LOOK = RESET + (
    "from boards.models import Event; print(reset.reason); "
    "print(Event.objects.get(verb='city.restored').body)"
)


def test_backup_wipe_restore_verify(installation: Installation):
    """One way through it all. A key destroyed after the backup stays destroyed: no restore touches the newer store."""
    installation.run("prepare")
    installation.do(SOMEBODY)
    files = installation.place / "var" / "files"
    files.mkdir(exist_ok=True)
    (files / "bilaga.txt").write_text("en bilaga")
    installation.run("backup")
    installation.run("backup", "keys")
    assert REASON in installation.do(DESTROY)
    identity = ("--identity", installation.identity)

    assert "is not empty" in installation.run("restore", installation.backup, *identity, fine=False)
    assert "name the database" in installation.run("wipe", "another", fine=False)
    installation.run("wipe", installation.name)
    assert not files.exists()
    installation.run("restore", installation.backup, *identity)
    assert (files / "bilaga.txt").read_text() == "en bilaga"
    assert "whole:" in installation.run("verify", installation.backup, *identity)

    said = installation.do(LOOK)
    assert installation.backup.name in said
    assert REASON not in said
    assert len(list((installation.place / "backup" / "keys").glob("*.age"))) == 1
    installation.do("from boards.models import User; User.objects.update(name='Anna Al')")
    assert "boards_user: 2 of 2 sampled rows differ" in installation.run(
        "verify", installation.backup, *identity, fine=False
    )
    for part in installation.backup.iterdir():
        assert b"Anna Ek" not in part.read_bytes()


@pytest.mark.skipif(not ON_POSTGRESQL, reason="the log is archived by PostgreSQL")
@pytest.mark.xdist_group("drill")
def test_the_whole_drill_made_short(tmp_path: Path):
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG", "VENV", "PG_BIN") if key in os.environ}
    answer = subprocess.run(
        [ROOT / "script" / "drill", "--short"],
        check=False,
        env={**kept, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    found = json.loads(answer.stdout.splitlines()[-1])
    counts = found["acknowledged_writes"]
    assert counts["moment_before"] == {"acknowledged": 40, "lost": 0, "lost_seconds": 0}
    assert counts["moment_after"]["lost"] == counts["moment_after"]["acknowledged"], (
        "the mistake and after it"
    )
    assert 0 < counts["disk_lost"]["lost"] < counts["disk_lost"]["acknowledged"]
    assert counts["disk_lost"]["lost_seconds"] < 60
    assert set(found["rto_seconds"]) == {"to a moment", "disk lost", "dump"}
