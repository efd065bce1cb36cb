"""Doors that change something, and methods that nobody should use."""

import re

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests import routes
from tests.house import html
from tests.house.crawl import LANGUAGES, Visit, form_or_json
from tests.house.town import ANONYMOUS, Town

UNUSUAL = ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"]
SIGNED_IN = "sakerhetssamordnare"


@pytest.mark.parametrize("role", [ANONYMOUS, SIGNED_IN])
def test_a_change_without_the_pages_token_is_refused(town: Town, role: str) -> None:
    """So that another site cannot make a signed-in person's browser do it."""
    client = town.client(role, csrf=True)
    client.raise_request_exception = False
    for route in routes.doors():
        url = route.url(town.place(route.whose[0], role))
        for method in sorted(route.methods - routes.SAFE):
            status = client.generic(method, url, **form_or_json(method, url)).status_code
            assert status in (401, 403), f"{method} {route} without a token as {role}: {status}"


def test_the_token_is_switched_off_nowhere_but_in_the_list() -> None:
    exempt = {
        route.name
        for route in routes.all_routes()
        if getattr(route.view, "csrf_exempt", False) and not route.is_api
    }
    assert exempt == set(routes.CSRF_ELSEWHERE), "Say in CSRF_ELSEWHERE of tests/routes.py what protects it"


@pytest.mark.parametrize("role", [ANONYMOUS, SIGNED_IN])
def test_an_unusual_method_is_refused(town: Town, role: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = town.client(role).cookies
    for route in routes.crawled_routes():
        url = route.url(town.place(route.whose[0], role))
        for method in UNUSUAL:
            if method not in route.methods:
                status = client.generic(method, url).status_code
                assert status in (401, 403, 404, 405) or turned_away(status), f"{method} {route}: {status}"


def turned_away(status: int) -> bool:
    return status == 302


def test_every_form_leads_to_a_door_that_the_table_knows(walk: list[Visit]) -> None:
    known = {visit.route for visit in walk if visit.method == "POST"}
    known |= {route.name for route in routes.all_routes() if not routes.is_wanted(route.name)}
    unknown = set()
    for visit in walk:
        if visit.is_html and visit.language == LANGUAGES[0] and visit.status < 500:
            unknown |= {(target, visit.route) for target in posts(visit)} if visit.body else set()
    unknown = {(target, route) for target, route in unknown if door(target) not in known}
    assert not unknown, f"The view hides that it takes POST: name it in METHODS of tests/routes.py: {unknown}"


FORM = re.compile(r"<form\b[^>]*>", re.IGNORECASE)


def posts(visit: Visit) -> set[str]:
    """Where the page's forms are sent."""
    found = set()
    for tag in FORM.findall(visit.body):
        form = html.read(tag + "</form>")[0].all("form")[0]
        if form.get("method").lower() == "post":
            found.add(form.get("action").split("?")[0] or visit.url)
    return found


def door(url: str) -> str:
    """The name of the route that a form's address leads to, whichever thing it is about."""
    try:
        return resolve(url).url_name or url
    except Resolver404:
        return url
