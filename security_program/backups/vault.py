"""Encrypted files: what streams in is sealed to the recipients, what streams out needs their identity."""

import hashlib
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings

BLOCK = 1 << 20


class BackupError(Exception):
    """Said to the person at the keyboard in one line."""


def recipients() -> Path:
    file = Path(settings.BACKUP_RECIPIENTS)
    if not file.is_file() or not file.read_text().strip():
        raise BackupError(
            f"{file} holds no age recipient. Make a pair where the backups are not: age-keygen -o identity.txt; "
            f"then: age-keygen -y identity.txt > {file}"
        )
    return file


@contextmanager
def sealed(target: Path) -> Iterator[IO[bytes]]:
    """What is written inside lies encrypted and flushed in the file afterwards."""
    with target.open("xb") as file:
        command = ["age", "--encrypt", "--recipients-file", str(recipients())]
        age = _start(command, stdin=subprocess.PIPE, stdout=file)
        assert age.stdin
        try:
            yield age.stdin
        finally:
            age.stdin.close()
        _end(age, "age")
        os.fsync(file.fileno())


@contextmanager
def opened(source: Path, identity: Path) -> Iterator[IO[bytes]]:
    """The content of an encrypted file. A changed or cut file is an error, at the latest at its end."""
    if not identity.is_file():
        raise BackupError(f"{identity} is not there; a backup is opened only with its identity")
    with source.open("rb") as file:
        age = _start(["age", "--decrypt", "--identity", str(identity)], stdin=file, stdout=subprocess.PIPE)
        assert age.stdout
        try:
            yield age.stdout
        finally:
            age.stdout.close()
        _end(age, f"age, opening {source.name}")


def pour(
    command: Sequence[str], target: Path, *, environment: dict[str, str], fine: Sequence[int] = (0,)
) -> None:
    """The command's output goes encrypted into the file, and nowhere else on its way."""
    with sealed(target) as stream:
        source = _start(command, stdout=stream, env=os.environ | environment)
        _end(source, command[0], fine)


def draw(source: Path, command: Sequence[str], identity: Path, *, environment: dict[str, str]) -> None:
    """The file's content becomes the command's input."""
    with opened(source, identity) as stream:
        sink = _start(command, stdin=stream, env=os.environ | environment)
        _end(sink, command[0])


def _start(command: Sequence[str], **streams: Any) -> subprocess.Popen[bytes]:
    streams = {"stdin": subprocess.DEVNULL, "stderr": subprocess.PIPE, **streams}
    try:
        return subprocess.Popen(command, **streams)
    except FileNotFoundError:
        raise BackupError(f"{command[0]} is not installed on this machine") from None


def _end(process: subprocess.Popen[bytes], name: str, fine: Sequence[int] = (0,)) -> None:
    assert process.stderr
    said = process.stderr.read().decode(errors="replace").strip()
    if process.wait() not in fine:
        raise BackupError(f"{name} failed: {said[-500:]}")


def digest(file: Path) -> str:
    sha = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            sha.update(block)
    return sha.hexdigest()
