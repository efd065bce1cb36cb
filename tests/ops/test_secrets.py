"""The secrets of an installation, and how the scripts read them from files."""

import base64
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]


def bash(command: str, **environment: str) -> subprocess.CompletedProcess:
    kept = {"VENV": os.environ["VENV"]} if "VENV" in os.environ else {}
    return subprocess.run(
        ["bash", "-c", f"set -euo pipefail; source script/lib.sh; {command}"],
        check=False,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **kept, **environment},
        capture_output=True,
        text=True,
    )


def make(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run([ROOT / "script" / "secrets", folder], check=False, capture_output=True, text=True)


def base64_key(pair: str) -> bytes:
    name, _colon, key = pair.partition(":")
    decoded = base64.urlsafe_b64decode(key + "=" * (-len(key) % 4))
    assert name
    assert len(decoded) == 32
    return decoded


def test_secrets_are_made_once_in_a_folder_that_only_its_owner_opens(tmp_path):
    folder = tmp_path / "secrets"
    assert make(folder).returncode == 0
    assert folder.stat().st_mode & 0o777 == 0o700
    made = {path.name: path.read_text() for path in folder.iterdir()}
    assert set(made) == {
        "backup_recipients",
        "django_secret_key",
        "django_secret_key_fallbacks",
        "field_keys",
        "seal_key",
        "seal_public_key",
        "database_password",
        "database_url",
        "key_store_password",
        "key_store_url",
    }
    assert base64_key(made["field_keys"]) != made["django_secret_key"]
    assert len(made["django_secret_key"]) >= 50
    assert made["database_password"] in made["database_url"]
    assert made["key_store_password"] in made["key_store_url"]
    assert make(folder).returncode == 1
    assert {path.name: path.read_text() for path in folder.iterdir()} == made


def test_a_setting_may_be_given_as_a_file(tmp_path):
    (tmp_path / "url").write_text("postgres://somewhere\n")
    said = bash("read_secret_files; echo $DATABASE_URL", DATABASE_URL_FILE=str(tmp_path / "url"))
    assert said.stdout == "postgres://somewhere\n"


def test_a_file_that_is_not_there_is_named(tmp_path):
    said = bash("read_secret_files", DATABASE_URL_FILE=str(tmp_path / "absent"))
    assert said.returncode == 1
    assert f"DATABASE_URL_FILE names {tmp_path / 'absent'}" in said.stderr


@pytest.mark.parametrize("start", [1, 2])
def test_a_laptop_keeps_one_key_of_its_own_that_others_cannot_read(tmp_path, start):
    keys = [
        bash("own_secret_key; echo $DJANGO_SECRET_KEY", VAR_DIR=str(tmp_path)).stdout for _ in range(start)
    ]
    assert len(set(keys)) == 1
    assert len(keys[0].strip()) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_laptop_seals_fields_with_a_key_of_its_own(tmp_path):
    key = bash("own_secret_key; echo $FIELD_KEYS", VAR_DIR=str(tmp_path)).stdout.strip()
    assert base64_key(key)
    assert (tmp_path / "field_keys").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("missing", ["DJANGO_SECRET_KEY", "FIELD_KEYS"])
def test_nothing_starts_in_operation_without_its_keys(missing, tmp_path):
    given = {"DJANGO_SECRET_KEY": "x" * 50, "FIELD_KEYS": "one:" + "A" * 43, "VAR_DIR": str(tmp_path)}
    given.pop(missing)
    said = subprocess.run(
        [sys.executable, "manage.py", "check"],
        check=False,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DEMO": "0", "DEBUG": "0", **given},
        capture_output=True,
        text=True,
    )
    assert said.returncode != 0
    assert f"{missing} is missing" in said.stderr
