"""The scanner is asked for real, over a socket or as a command; without its word nothing is filed."""

import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from boards import documents, virus_scan
from tests.boards import hostile_files


class Clamd:
    """Speaks as clamd does with INSTREAM, and calls what holds the word an infection."""

    def __init__(self, place: Path, says: bytes = b"") -> None:
        self.says, self.received = says, b""
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(str(place))
        self.socket.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _address = self.socket.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as said:
                assert said.read(10) == b"zINSTREAM\0"
                while size := int.from_bytes(said.read(4), "big"):
                    self.received += said.read(size)
                found = b"stream: Eicar FOUND\0" if b"EICAR" in self.received else b"stream: OK\0"
                caller.sendall(self.says or found)


@pytest.fixture
def clamd(tmp_path: Path, settings: Any) -> Iterator[Clamd]:
    settings.VIRUS_SCAN = f"unix:{tmp_path}/clamd"
    clamd = Clamd(tmp_path / "clamd")
    yield clamd
    clamd.socket.close()


def refused(content: bytes) -> str:
    with pytest.raises(ValidationError) as error:
        documents.inspected(content)
    return error.value.error_list[0].code or ""


def test_clamd_sees_the_whole_file_and_lets_a_clean_one_through(clamd: Clamd) -> None:
    content = hostile_files.word(body="x" * 50)
    assert documents.inspected(content)[2] == "unix"
    assert clamd.received == content


def test_what_clamd_finds_is_refused(clamd: Clamd) -> None:
    assert refused(b"EICAR") == "infected"


def test_an_answer_that_is_no_answer_is_a_refusal(clamd: Clamd) -> None:
    clamd.says = b"stream: INSTREAM size limit exceeded. ERROR\0"
    assert refused(hostile_files.pdf()) == "not_scanned"


@pytest.mark.parametrize(
    "scanner", ["unix:/nowhere/clamd", "tcp:127.0.0.1:1", "/nowhere/scan", "tcp:x", "false 'x"]
)
def test_a_scanner_that_is_not_there_stops_every_file(settings: Any, scanner: str) -> None:
    settings.VIRUS_SCAN = scanner
    assert refused(hostile_files.pdf()) == "not_scanned"


@pytest.mark.parametrize(("ends_with", "reason"), [(0, ""), (1, "infected"), (2, "not_scanned")])
def test_a_command_says_it_by_how_it_ends(tmp_path: Path, settings: Any, ends_with: int, reason: str) -> None:
    command = tmp_path / "scan"
    command.write_text(f"#!/bin/sh\ncat >/dev/null\nexit {ends_with}\n")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    settings.VIRUS_SCAN = str(command)
    if reason:
        assert refused(hostile_files.pdf()) == reason
    else:
        assert virus_scan.scan(b"x") == "scan"
