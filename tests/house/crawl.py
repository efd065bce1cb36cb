"""One walk through every address as every role, kept as plain facts that many tests read.

The walk is done once per test run: the workers share it through a folder, one role at a time each.
"""

import pickle
import re
import time
import traceback
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from security_program import urls
from tests import routes
from tests.house.town import EYES, ROLES, Town
from tests.house.undefined import UndefinedVariables
from tests.routes import MISSING, ONE, OWN, Route

LANGUAGES = SWEDISH, ENGLISH = ["sv", "en"]
# Whose refusals and missing pages are read, and who sees their pages in English as well. Both databases
# answer in the same words, so that English is read on one.
READERS = {*EYES, "employee", "member", "forvaltningschef"}
READS_ENGLISH = READERS if connection.vendor == "sqlite" else set()
NOBODY = "nobody at all"
# Even the page that says that something went wrong could not be made.
CRASHED = 599
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
TOKEN = re.compile(
    rb'(name="(?:csrfmiddlewaretoken|once|draft|base)" value=")[^"]*|(<meta name="csrf-token" content=")[^"]*'
)


@dataclass
class Visit:
    route: str
    role: str
    whose: str
    method: str
    language: str
    url: str
    status: int
    headers: dict[str, str]
    queries: int
    writes: list[str]
    undefined: list[str] = field(default_factory=list)
    error: str = ""
    name: str = ""
    packed: bytes = b""

    def __str__(self) -> str:
        return f"{self.method} {self.url} as {self.role} in {self.language}"

    @property
    def body(self) -> str:
        return zlib.decompress(self.packed).decode("utf-8", "replace") if self.packed else ""

    @property
    def is_html(self) -> bool:
        return self.headers.get("Content-Type", "").startswith("text/html")

    @cached_property
    def nameless(self) -> str:
        """The answer without what differs of itself from one request to the next."""
        return self.body.replace(self.url, "ADDRESS")


def part(town: Town, role: str) -> list[Visit]:
    """Everything one role can try: each page and door at each board, and things that are not there."""
    person = town.people[role]
    browser = Browser(town.client(role), person.name if person else NOBODY)
    browser.answer("GET", "/", SWEDISH)
    visits = []
    with nullcontext() if role in READERS else refusals_in_one_word():
        for route, whose, method, url in itinerary(town, role):
            visits.append(visit(browser, role, route, whose, method, SWEDISH, url))
            if method == "GET" and is_read_in_english(visits[-1]):
                visits.append(visit(browser, role, route, whose, method, ENGLISH, url))
    return visits


@contextmanager
def refusals_in_one_word() -> Iterator[None]:
    """Most answers to most roles are refusals; the page around them is the same for all, and read by READERS."""
    kept = {name: getattr(urls, name) for name in ("handler403", "handler404")}
    for name in kept:
        status = int(name.removeprefix("handler"))
        setattr(urls, name, lambda request, exception, status=status: HttpResponse(status=status))
    yield
    for name, handler in kept.items():
        setattr(urls, name, handler)


def itinerary(town: Town, role: str) -> Iterator[tuple[Route, str, str, str]]:
    for route in routes.crawled_routes():
        for method in sorted(route.methods):
            for whose in route.whose:
                yield route, whose, method, route.url(town.place(whose, role))
            if route.has_parameters and role in READERS:
                yield route, MISSING, method, route.url_of_nothing()


def is_read_in_english(swedish: Visit) -> bool:
    """Access is the same in both; so one role reads everything in English and a few read what they get."""
    if swedish.role not in READS_ENGLISH:
        return False
    return swedish.role == EYES[0] or (swedish.whose in (ONE, OWN) and swedish.status == 200)


def visit(
    browser: "Browser", role: str, route: Route, whose: str, method: str, language: str, url: str
) -> Visit:
    asked = Asked()
    with transaction.atomic(), UndefinedVariables() as undefined, connection.execute_wrapper(asked):
        status, headers, body = browser.answer(method, url, language)
        transaction.set_rollback(True)
    mail.outbox.clear()
    return Visit(
        route=route.name,
        role=role,
        whose=whose,
        method=method,
        language=language,
        url=url,
        status=status,
        headers=headers,
        queries=len(asked.words),
        writes=sorted({found[1] for words in asked.words if (found := WRITES.match(words))}),
        undefined=sorted(set(undefined.found)),
        error=browser.error,
        name=browser.name,
        packed=zlib.compress(TOKEN.sub(rb"\1\2", body), 1),
    )


class Asked:
    """The words of each question to the database, without the values: filling those in takes as long again."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.words.append(sql)
        return execute(sql, params, many, context)


class Browser:
    """One person's browser, whose cookies are put back before each request."""

    def __init__(self, client: Client, name: str = NOBODY) -> None:
        self.client, self.name = client, name
        self.client.raise_request_exception = False
        self.cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.error = ""

    def note(self, **kwargs: Any) -> None:
        self.error = traceback.format_exc(limit=-3)

    def go(self, method: str, url: str, language: str = "sv") -> HttpResponse:
        self.client.cookies.clear()
        for name, value in {**self.cookies, settings.LANGUAGE_COOKIE_NAME: language}.items():
            self.client.cookies[name] = value
        return self.client.generic(method, url, **form_or_json(method, url))

    def answer(self, method: str, url: str, language: str) -> tuple[int, dict[str, str], bytes]:
        self.error = ""
        got_request_exception.connect(self.note, weak=False)
        try:
            response = self.go(method, url, language)
            body = b"".join(response.streaming_content) if response.streaming else response.content
        except Exception:
            self.note()
            return CRASHED, {}, b""
        finally:
            got_request_exception.disconnect(self.note)
        return response.status_code, dict(response.items()), body


def form_or_json(method: str, url: str) -> dict[str, Any]:
    if method in routes.SAFE:
        return {}
    if url.startswith("/api/"):
        return {"data": "{}", "content_type": "application/json"}
    return {"data": "", "content_type": "application/x-www-form-urlencoded"}


class SharedWalk:
    """Each role's part is made by whichever worker comes first to it, and read by all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, role: str) -> bool:
        try:
            (self.folder / f"{role}.taken").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def keep(self, role: str, visits: list[Visit]) -> None:
        unfinished = self.folder / f"{role}.unfinished"
        unfinished.write_bytes(pickle.dumps(visits))
        unfinished.rename(self.folder / f"{role}.done")

    def read_all(self, patience: float = 900) -> list[Visit]:
        deadline = time.monotonic() + patience
        while not all((self.folder / f"{role}.done").exists() for role in ROLES):
            if time.monotonic() > deadline:
                raise TimeoutError("Another worker's part of the walk never came")
            time.sleep(0.1)
        return [row for role in ROLES for row in pickle.loads((self.folder / f"{role}.done").read_bytes())]
