"""HTML in, an accessible PDF out, by way of one long-lived renderer process (boards.pdf_renderer).

A document that takes too long or too much memory costs its renderer, never the worker.
"""

import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.template.loader import render_to_string

from . import sealed_fields
from .classes import Place

HOME = Path(__file__).resolve().parent.parent
TIME_LIMIT = 300.0
# A renderer is retired after this much work, since what it has once allocated it keeps.
DOCUMENTS, PEAK_KB = 200, 900_000


class PdfError(Exception):
    """The document could not be printed; the text says why, without its content."""


@dataclass(frozen=True)
class Attached:
    """Figures that travel inside the PDF as a file of their own."""

    name: str
    text: str
    description: str


@dataclass(frozen=True)
class Printed:
    content: bytes
    # Why the file does not call itself PDF/A and PDF/UA; empty when it does.
    faults: tuple[str, ...]


@dataclass
class Renderer:
    time_limit: float = TIME_LIMIT
    process: subprocess.Popen[bytes] | None = None
    turn: threading.Lock = field(default_factory=threading.Lock)

    def print(self, html: str, attachments: Sequence[Attached] = ()) -> Printed:
        with self.turn:
            order = {"html": html, "attachments": [vars(attached) for attached in attachments]}
            try:
                head, content = self._ask(json.dumps(order).encode() + b"\n")
            except BaseException:
                # Whatever happened, an answer may be left half read: the next document gets a new renderer.
                self.stop()
                raise
        if "error" in head:
            raise PdfError(head["error"])
        return Printed(content, tuple(head["faults"]))

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe:
                    pipe.close()
            self.process = None

    def _ask(self, order: bytes) -> tuple[dict[str, Any], bytes]:
        process = self._running()
        assert process.stdin
        assert process.stdout
        until = time.monotonic() + self.time_limit
        try:
            process.stdin.write(order)
            process.stdin.flush()
        except BrokenPipeError:
            raise PdfError("the renderer had died") from None
        head = json.loads(_read_line(process.stdout, until))
        content = _read(process.stdout, head.get("size", 0), until)
        if head["printed"] >= DOCUMENTS or head["peak_kb"] > PEAK_KB:
            self.stop()
        return head, content

    def _running(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "boards.pdf_renderer"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=HOME,
                # Nothing of the worker's environment, above all no secrets, goes in with the document.
                env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONPATH": str(HOME)},
            )
        return self.process


def _read_line(pipe: IO[bytes], until: float) -> bytes:
    line = bytearray()
    while not line.endswith(b"\n"):
        line += _read(pipe, 1, until)
    return bytes(line)


def _read(pipe: IO[bytes], size: int, until: float) -> bytes:
    """Reads past the pipe's own buffer, so that waiting for the next byte can be timed."""
    parts = []
    while size:
        ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise PdfError("the document took too long")
        part = os.read(pipe.fileno(), min(size, 1 << 20))
        if not part:
            raise PdfError("the renderer ended without an answer, most likely for lack of memory")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


# What is strongly limited stands on its page alone: whatever asks for it on the way to paper gets no document.
on_paper = sealed_fields.writing_for(Place.DOCUMENT)


@on_paper
def fill_in(template: str, facts: dict[str, Any]) -> str:
    """The one way from a template to the HTML of a document."""
    return render_to_string(template, facts)


_renderer = Renderer()


def print_pdf(html: str, attachments: Sequence[Attached] = ()) -> Printed:
    return _renderer.print(html, attachments)
