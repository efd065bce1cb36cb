"""The tree itself: short functions, short files, and nothing in it that belongs to one machine."""

import ast
import hashlib
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

ROOT = Path(settings.BASE_DIR)
LONGEST_FUNCTION, LONGEST_FILE = 40, 300
# A file of tests may be a little longer.
LONGEST_TESTS = 350
# Data and files made by tools.
MADE = re.compile(
    r"/migrations/|/reference/|^tests/vendor/|\.(po|lock|json|csv|woff2|png|ico|svg)$|^requirements/|^LICENSE$"
)
BESIDE = {
    "var",
    "__pycache__",
    ".ruff_cache",
    ".mypy_cache",
    ".pytest_cache",
    ".import_linter_cache",
    ".hypothesis",
}
# Written so that this file does not find itself.
UNFINISHED = re.compile("TO[D]O|FIX[M]E|X[X]X")
MACHINE = re.compile(r"/(?:home|Users|root)/\w|/work/\w|/tmp/bash[_]jobs")
PACKAGE_INDEX = re.compile(
    r"https?://[^\s'\"]*(?:py[p]i\.|/simpl[e]\b|registry\.np[m]|pythonhoste[d]|registr[y]\.)|--(?:extra-)?index-[u]rl",
    re.I,
)


def tracked() -> list[str]:
    """What git would commit; a copy of the tree without git is walked instead."""
    if (ROOT / ".git").exists():
        listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
        found = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
            "\n"
        )
    else:
        found = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if not BESIDE & set(path.parts)]
    return sorted({name for name in found if name and (ROOT / name).is_file()})


def written() -> list[str]:
    return [name for name in tracked() if not MADE.search(name)]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8", errors="replace")


def test_functions_stay_under_forty_lines() -> None:
    long = [
        f"{name}:{node.lineno} {node.name} {node.end_lineno - node.lineno + 1}"
        for name in written()
        if name.endswith(".py")
        for node in ast.walk(ast.parse(text_of(name)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 >= LONGEST_FUNCTION
    ]
    assert not long


def test_files_stay_under_three_hundred_lines() -> None:
    kinds = (".py", ".html", ".js", ".sh")
    counted = {
        name: text_of(name).count("\n") for name in written() if name.endswith(kinds) or is_script(name)
    }
    assert not {name: lines for name, lines in counted.items() if lines >= longest(name)}


def longest(name: str) -> int:
    return LONGEST_TESTS if name.startswith("tests/") else LONGEST_FILE


def is_script(name: str) -> bool:
    return name.startswith("script/") and "." not in name


@pytest.mark.parametrize(
    "unwanted", [UNFINISHED, MACHINE, PACKAGE_INDEX], ids=["unfinished", "machine", "package_index"]
)
def test_the_tree_holds_nothing_unfinished_and_nothing_of_one_machine(unwanted: re.Pattern[str]) -> None:
    found = {f"{name}: {match[0]}" for name in written() if (match := unwanted.search(text_of(name)))}
    assert not found


def test_what_is_borrowed_is_unchanged() -> None:
    said = text_of("tests/vendor/README.md")
    for path in (ROOT / "tests/vendor").glob("*.js"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in said, path.name
