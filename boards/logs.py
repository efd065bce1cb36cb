"""The structured log: one JSON object a line, with the fields docs/operations.md describes and no others.

Nothing above K0 stands in it: numbers of people and records, words of the code, never what somebody wrote.
`note` is for what a SIEM wants to know; everything else comes by way of Python's own logging.
"""

import json
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from logging.handlers import SysLogHandler
from socket import SOCK_DGRAM, SOCK_STREAM
from typing import Any
from urllib.parse import urlsplit

OWN = ("boards", "crisis", "incidents", "risk_analysis", "security_program")
EVENTS = {
    "signed_in": "somebody signed in; `ways` says how",
    "signed_out": "somebody signed out",
    "sign_in_refused": "a sign-in failed; `account` and `address` are digests that can be compared, not read",
    "refused": "a page was refused by the rules of access: `status` 403, or 404 with `why` hidden or missing",
    "slowed_down": "attempts came too fast and were answered 429",
    "exported": "a list was taken out as a file",
    "mass_reading": "somebody opened more protected things within ten minutes than work explains",
    "marking_stopped": "a text with a marking of protective security was stopped",
    "sanitized": "a text that should never have been written was removed",
    "key_destroyed": "the key of a record was destroyed",
}
FACTS = {
    "person": "number of who did it",
    "status": "the answer's HTTP status",
    "route": "name of the page's route",
    "method": "the request's method",
    "why": "the reason, as a word of the code",
    "ways": "ways of signing in, as words",
    "account": "digest of the account that was tried",
    "address": "digest of where the request came from",
    "what": "which list, field or kind",
    "kind": "kind of job, or of file",
    "count": "how many",
    "about": "model and number of the record",
}
ALWAYS = {
    "time": "UTC, with microseconds",
    "level": "DEBUG … CRITICAL",
    "logger": "which module",
    "message": "a sentence of the code; from packages without what they would fill in",
    "event": "one of the events below, else empty",
    "request": "the request it happened in; the same in the events and jobs that came of it",
    "job": "number of the job it happened in",
    "error": "class of the error and where it came from, without its text",
}
log = logging.getLogger(__name__)


@dataclass
class Origin:
    """What is being done just now: a request, or a job that one asked for."""

    request: str = ""
    job: int | None = None
    person: int | None = None
    # Set where access is refused, read where the answer is noted.
    why: str = ""
    # Which sealed texts the request has opened: each is noted once.
    opened: set[tuple[Any, ...]] = field(default_factory=set)


_origin: ContextVar[Origin | None] = ContextVar("origin", default=None)


def origin() -> Origin:
    return _origin.get() or Origin()


def request_id() -> str:
    return origin().request


@contextmanager
def within(here: Origin) -> Iterator[Origin]:
    token = _origin.set(here)
    try:
        yield here
    finally:
        _origin.reset(token)


def note(event: str, level: int = logging.INFO, **facts: Any) -> None:
    """Something a SIEM wants to know. A field nobody has described is a fault of ours."""
    if event not in EVENTS or not facts.keys() <= FACTS.keys():
        raise ValueError(f"{event} {sorted(facts)} is not described in boards.logs")
    log.log(level, EVENTS[event].partition(":")[0].partition(";")[0], extra={"event": event, "facts": facts})


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        here = origin()
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": getattr(record, "event", ""),
            "message": message_of(record),
            "request": here.request,
            "job": here.job,
            "person": here.person,
            "error": error_of(record),
            **getattr(record, "facts", {}),
        }
        # ASCII: no line or paragraph sign of any alphabet can end the line early.
        return json.dumps(
            {name: value for name, value in line.items() if value not in ("", None, [])}, default=str
        )


def message_of(record: logging.LogRecord) -> str:
    """Ours as we wrote it. A package's without what it fills in, which may be anything."""
    return record.getMessage() if record.name.split(".")[0] in OWN else str(record.msg)


def error_of(record: logging.LogRecord) -> list[str]:
    """An error's own text often quotes what somebody typed; its class and its place do not."""
    if not record.exc_info or record.exc_info is True:
        return []
    kind, _error, tb = record.exc_info
    frames = [f"{each.filename}:{each.lineno} {each.name}" for each in traceback.extract_tb(tb)]
    return [kind.__name__ if kind else "", *frames[-12:]]


def handlers(syslog: str) -> dict[str, dict[str, Any]]:
    """Standard error, and the syslog server that the setting names: udp://host:514, tcp://host:601, /dev/log."""
    console = {"class": "logging.StreamHandler", "formatter": "json"}
    if not syslog:
        return {"console": console}
    return {"console": console, "syslog": {"()": syslog_handler, "url": syslog, "formatter": "json"}}


def syslog_handler(url: str) -> SysLogHandler:
    parts = urlsplit(url)
    if not parts.scheme:
        handler = SysLogHandler(address=url)
    else:
        kind = SOCK_STREAM if parts.scheme == "tcp" else SOCK_DGRAM
        handler = SysLogHandler((parts.hostname or "localhost", parts.port or 514), socktype=kind)
    handler.ident = "sakerhetsprogrammet: "
    if parts.scheme == "tcp":
        # Over a stream a line feed ends each message; over datagrams the datagram does.
        handler.append_nul, handler.terminator = False, "\n"
    return handler
