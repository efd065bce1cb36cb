"""The last line of script/test, which others believe."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

SCRIPT = Path(__file__).resolve().parents[2] / "script" / "count_results.py"


def lines(folder: Path, failed_stage: str = "") -> list[str]:
    command = [sys.executable, str(SCRIPT), str(folder), failed_stage]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


def last_line(folder: Path, failed_stage: str = "") -> str:
    return lines(folder, failed_stage)[-1]


def report(folder: Path, name: str, **counts: int) -> None:
    numbers = " ".join(f'{key}="{value}"' for key, value in counts.items())
    (folder / f"{name}.xml").write_text(f"<testsuites><testsuite {numbers}/></testsuites>")


def test_the_runs_are_summed(tmp_path):
    report(tmp_path, "sqlite", tests=10, failures=1, errors=1, skipped=2)
    report(tmp_path, "browser", tests=5, failures=0, errors=0, skipped=0)
    assert last_line(tmp_path) == "11 passed, 2 failed, 2 skipped"


def test_nothing_run_is_nothing_passed(tmp_path):
    assert last_line(tmp_path) == "0 passed, 0 failed, 0 skipped"


@pytest.mark.parametrize("stage", ["Lint and format", "Types"])
def test_a_stage_that_broke_without_a_count_is_a_failure(tmp_path, stage):
    report(tmp_path, "sqlite", tests=10, failures=0, errors=0, skipped=0)
    assert last_line(tmp_path, stage) == "10 passed, 1 failed, 0 skipped"


def test_what_failed_is_named_with_the_first_line_of_why(tmp_path):
    case = '<testcase classname="tests.boards.test_x" name="test_y"><error message="Too slow&#10;more"/></testcase>'
    facts = 'tests="1" failures="0" errors="1" skipped="0"'
    (tmp_path / "postgres.xml").write_text(f"<testsuites><testsuite {facts}>{case}</testsuite></testsuites>")
    assert lines(tmp_path)[0] == "postgres: tests.boards.test_x::test_y: Too slow"
