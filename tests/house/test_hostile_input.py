"""What nobody should type: every form of the house is sent it, and answers in words instead of falling over.

A page is opened by the first role that may, and its forms are tried there. What was sent is never kept.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.urls.converters import IntConverter

from tests import routes
from tests.house import html
from tests.house.crawl import Browser
from tests.house.town import ANONYMOUS, Town
from tests.routes import Route

ROLES = ["slk_sakerhetschef", "systemforvaltare", "forvaltningschef", "sakerhetssamordnare", ANONYMOUS]
NUL, FAR_PAST, FAR_FUTURE, HUGE = "a\x00b", "0001-01-01", "9999-12-31", "9" * 23
LONG = "\u202e\u2066👩\u200d👩\u200d👧 <script>{{x}}%s" * 200
# What stands in the fields for text, and in those where one chooses; None: what the page proposes.
TYPED = [(NUL, HUGE), (FAR_PAST, None), (FAR_FUTURE, None), (HUGE, None), (LONG, NUL)]
CHOSEN = {"radio", "checkbox", "hidden"}
# These end the visit.
LEFT_ALONE = {"/konto/logga-ut/", "/demo/"}


@dataclass(frozen=True)
class Form:
    page: str
    address: str
    is_sent: bool
    typed: tuple[str, ...]
    chosen: tuple[tuple[str, str], ...]

    def filled(self, text: str, choice: str | None) -> dict[str, str]:
        chosen = {name: value if choice is None else choice for name, value in self.chosen}
        return {**chosen, **dict.fromkeys(self.typed, text)}


def forms_of(page: str, body: str) -> Iterator[Form]:
    root, _faults = html.read(body)
    for node in root.all("form"):
        address = (node.get("action") or page).split("#")[0]
        yield Form(page, address, node.get("method").lower() == "post", *fields_of(node))


def fields_of(form: html.Node) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    typed, chosen = set(), {}
    for control in form.all("input", "select", "textarea", "button"):
        name, kind = control.get("name"), control.get("type")
        if not name or kind == "file" or name == "csrfmiddlewaretoken":
            continue
        if control.tag == "select":
            chosen[name] = next((row.get("value") for row in control.all("option") if row.get("value")), "")
        elif control.tag == "button" or kind in CHOSEN:
            chosen.setdefault(name, control.get("value"))
        else:
            typed.add(name)
    return tuple(sorted(typed)), tuple(sorted(chosen.items()))


class Visitor:
    def __init__(self, town: Town, role: str) -> None:
        self.town, self.role = town, role
        self.browser = Browser(town.client(role))

    def get(self, url: str, query: Any = None) -> Any:
        return self._answer(lambda client: client.get(url, query))

    def send(self, form: Form, data: dict[str, str]) -> Any:
        if not form.is_sent:
            return self.get(form.address.split("?")[0], data)
        return self._answer(lambda client: client.post(form.address, data))

    def _answer(self, ask: Any) -> Any:
        client = self.browser.client
        client.cookies.clear()
        for name, value in self.browser.cookies.items():
            client.cookies[name] = value
        with transaction.atomic():
            answer = ask(client)
            transaction.set_rollback(True)
        return answer

    def forms(self, opened: set[str]) -> Iterator[Form]:
        """Of the pages that nobody before has opened."""
        for route in routes.pages():
            if route.name in opened:
                continue
            url = route.url(self.town.place(route.whose[0], self.role))
            answer = self.get(url)
            if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
                opened.add(route.name)
                yield from forms_of(url, answer.content.decode())


@pytest.fixture
def quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_every_form_answers_what_nobody_should_type_in_words(town: Town, quiet: None) -> None:
    fallen, tried, opened = [], set(), set()
    for role in ROLES:
        visitor = Visitor(town, role)
        for form in visitor.forms(opened):
            key = (form.address if form.is_sent else form.page, form.typed, form.chosen[:1])
            if key in tried or form.address in LEFT_ALONE:
                continue
            tried.add(key)
            for text, choice in TYPED if form.typed else TYPED[::4]:
                if visitor.send(form, form.filled(text, choice)).status_code >= 500:
                    fallen.append(f"{form.address} with {text[:20]!r} and {choice!r} as {role}")
    assert tried
    assert not fallen


def test_a_number_that_cannot_be_in_an_address_is_missing(town: Town, quiet: None) -> None:
    visitor = Visitor(town, "slk_sakerhetschef")
    numbered = [
        route
        for route in routes.pages()
        if any(isinstance(converter, IntConverter) for _key, converter in route.converters)
    ]
    addresses = [with_number(route, town, number) for route in numbered for number in (0, 10_000, 10**23)]
    assert [url for url in addresses if visitor.get(url).status_code >= 500] == []


def with_number(route: Route, town: Town, number: int) -> str:
    """The address of a thing of one's own, with every number in it exchanged."""
    own = route.url(town.place(route.whose[0], "slk_sakerhetschef"))
    return "/".join(str(number) if part.isdecimal() else part for part in own.split("/"))
