"""A process of its own for looking into a file that somebody sent: little memory, little time, no secrets.

The module that looks is started as `python -m`, reads the file on standard input and answers with a line of JSON
followed by bytes. It knows nothing of Django or the database. What happens to it happens to it alone.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent.parent
SECONDS, MEMORY, OPEN_FILES = 20, 1_000 * 1024 * 1024, 64


class RefusedFileError(Exception):
    """The file is not taken; the code says why, and whoever shows it finds the words."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def ask(module: str, content: bytes, *arguments: str) -> tuple[dict[str, Any], bytes]:
    """What the module says of the file, or RefusedFileError; a file that kills its reader is refused too."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            input=content,
            capture_output=True,
            timeout=SECONDS * 2,
            cwd=HOME,
            check=False,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONPATH": str(HOME)},
        )
    except subprocess.TimeoutExpired:
        raise RefusedFileError("too_demanding") from None
    line, _newline, body = done.stdout.partition(b"\n")
    if done.returncode or not line:
        raise RefusedFileError("too_demanding")
    head = json.loads(line)
    if "refused" in head:
        raise RefusedFileError(head["refused"], **head["facts"])
    return head, body


def answer(look: Callable[[bytes], tuple[dict[str, Any], bytes]]) -> None:
    """The other side of `ask`: limits first, then the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    body = b""
    try:
        head, body = look(sys.stdin.buffer.read())
    except RefusedFileError as error:
        head = {"refused": error.code, "facts": error.facts}
    except MemoryError:
        head = {"refused": "too_demanding", "facts": {}}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
    sys.stdout.buffer.flush()
