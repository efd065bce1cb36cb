"""Asks a virus scanner about a file before it is kept, where VIRUS_SCAN names one.

`unix:/run/clamav/clamd.ctl` or `tcp:host:3310` speaks with clamd; anything else is a command that reads the file on
standard input and ends with 0 (clean) or 1 (infected). With a scanner named, no answer means no.
"""

import shlex
import socket
import subprocess

from django.conf import settings

from .sealed_room import RefusedFileError

SECONDS, PIECE = 60, 64 * 1024


def scan(content: bytes) -> str:
    """Who looked, or nothing where no scanner is set up; refuses what is infected or could not be looked at."""
    scanner = settings.VIRUS_SCAN
    if not scanner:
        return ""
    try:
        clean = (
            _ask_clamd(scanner, content) if scanner.startswith(("unix:", "tcp:")) else _run(scanner, content)
        )
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise RefusedFileError("not_scanned") from error
    if not clean:
        raise RefusedFileError("infected")
    return scanner.partition(":")[0].partition(" ")[0].rsplit("/", 1)[-1][:40]


def _run(command: str, content: bytes) -> bool:
    done = subprocess.run(
        shlex.split(command), input=content, capture_output=True, timeout=SECONDS, check=False
    )
    if done.returncode not in (0, 1):
        raise ValueError(f"the scanner ended with {done.returncode}")
    return done.returncode == 0


def _ask_clamd(address: str, content: bytes) -> bool:
    with _connected(address) as clamd:
        clamd.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            clamd.sendall(len(piece).to_bytes(4, "big") + piece)
        clamd.sendall(bytes(4))
        said = _all_of(clamd).rstrip(b"\0\n").decode("utf-8", "replace")
    if said.endswith("FOUND"):
        return False
    if said != "stream: OK":
        raise ValueError("the scanner did not say that the file is clean")
    return True


def _connected(address: str) -> socket.socket:
    kind, _colon, place = address.partition(":")
    if kind == "tcp":
        host, _colon, port = place.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=SECONDS)
    clamd = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    clamd.settimeout(SECONDS)
    clamd.connect(place)
    return clamd


def _all_of(clamd: socket.socket) -> bytes:
    parts = []
    while part := clamd.recv(4096):
        parts.append(part)
    return b"".join(parts)
