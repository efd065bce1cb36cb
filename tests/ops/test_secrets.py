"""The secrets of an installation, and how the scripts read them from files."""

import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]


def bash(command: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        ["bash", "-c", f"set -euo pipefail; source script/lib.sh; {command}"],
        check=False,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
    )


def make(folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run([ROOT / "script" / "secrets", folder], check=False, capture_output=True, text=True)


def test_secrets_are_made_once_in_a_folder_that_only_its_owner_opens(tmp_path):
    folder = tmp_path / "secrets"
    assert make(folder).returncode == 0
    assert folder.stat().st_mode & 0o777 == 0o700
    made = {path.name: path.read_text() for path in folder.iterdir()}
    assert set(made) == {
        "django_secret_key",
        "django_secret_key_fallbacks",
        "database_password",
        "database_url",
    }
    assert len(made["django_secret_key"]) >= 50
    assert made["database_password"] in made["database_url"]
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
