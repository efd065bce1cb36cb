"""What changes things: each verb with its code, and the sentence people read about it in the log.

`@verb("office.appointed", _("%(who)s appointed %(person)s …"))` makes the function one transaction. A verb leaves
one event of its own and a bulk verb one in each stream; only a verb that found nothing to change leaves none.
Where `settings.WATCH_VERBS` is on, as in the tests, one that writes to the database in silence is an error.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection, transaction

# Tables that follow from what was done, or that nobody changes by a decision of theirs.
BOOKKEEPING = {
    "boards_event": "the log itself",
    "boards_stream": "the head of the log",
    "boards_seal": "what proves the log",
    "boards_readlog": "who has read what is a log of its own",
    "boards_dispatch": "a message follows from a verb; the row says itself how it went",
    "boards_notice": "tells somebody of what a verb did",
    "boards_job": "work that somebody's verb asked for; the row says itself how it went",
    "boards_heartbeat": "a process shows that it is alive",
    "boards_throttle": "attempts that were slowed down; digests alone",
    "boards_kepttext": "an unsaved text of somebody whose session ended, sealed for half an hour",
    "boards_answeredform": "which form led to which answer; what the form did is an event",
    "django_session": "a session's own notes; that it began and ended are events",
    "usersessions_usersession": "the list of one's own sessions",
}
WRITE = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


class VerbError(AssertionError):
    """A verb that does not keep the books."""


@dataclass(frozen=True)
class Verb:
    code: str
    says: Any
    is_bulk: bool = False


VERBS: dict[str, Verb] = {}


@dataclass
class Doing:
    """One call of a verb: what it has recorded and written itself, not by the verbs it calls."""

    codes: frozenset[str]
    is_bulk: bool
    streams: list[str] = field(default_factory=list)
    wrote: set[str] = field(default_factory=set)

    def check(self) -> None:
        if len(self.streams) > 1 and (not self.is_bulk or len(set(self.streams)) < len(self.streams)):
            raise VerbError(f"{self} left {len(self.streams)} events")
        if self.wrote and not self.streams:
            raise VerbError(f"{self} wrote {', '.join(sorted(self.wrote))} and left no event")

    def __str__(self) -> str:
        return " or ".join(sorted(self.codes))


_doing: ContextVar[tuple[Doing, ...]] = ContextVar("doing", default=())


def verb(code: str, says: Any = "", *, is_bulk: bool = False) -> Callable[[Callable], Any]:
    """Registers what changes things, stacked where only the outcome decides; the sentence is said once a code."""

    def register(act: Callable) -> Callable:
        before = VERBS.get(code)
        VERBS[code] = Verb(code, says or (before.says if before else ""), is_bulk)
        known: frozenset[str] = getattr(act, "verbs", frozenset())
        return _one_transaction(getattr(act, "__wrapped__", act) if known else act, known | {code}, is_bulk)

    return register


def bulk_verb(code: str, says: Any) -> Callable[[Callable], Any]:
    """Many rows by set-based statements: one event in each stream, with the count and a hash of the ids."""
    return verb(code, says, is_bulk=True)


def _one_transaction(act: Callable, codes: frozenset[str], is_bulk: bool) -> Callable:
    @wraps(act)
    def do(*args: Any, **kwargs: Any) -> Any:
        with transaction.atomic(), _watched(Doing(codes, is_bulk)):
            return act(*args, **kwargs)

    do.verbs = codes  # type: ignore[attr-defined]
    return do


@contextmanager
def _watched(doing: Doing) -> Iterator[None]:
    outer = _doing.get()
    token = _doing.set((*outer, doing))
    try:
        with ExitStack() as stack:
            if settings.WATCH_VERBS and not outer:
                stack.enter_context(connection.execute_wrapper(_note_write))
            yield
        doing.check()
    finally:
        _doing.reset(token)


def _note_write(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
    found = WRITE.match(sql)
    if found and found[1] not in BOOKKEEPING and (now := _doing.get()):
        now[-1].wrote.add(found[1])
    return execute(sql, params, many, context)


def note_event(code: str, stream: str) -> None:
    """Called for every event: only the verb that is registered for it may leave it."""
    now = _doing.get()
    if not now or code not in now[-1].codes:
        raise VerbError(f"{code} is left by {now[-1] if now else 'no verb'}: register it with @verb")
    now[-1].streams.append(stream)
