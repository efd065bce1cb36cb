"""Every address of the house, read from the URLconf and the API router, and how its parameters are filled.

A new address without parameters needs nothing here. One with parameters gets one line in tests/parameters.py: what to
fill in, given a `Place` (tests/house/town.py): the own board, a foreign one or one that has ended.
"""

import inspect
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from tests.parameters import PARAMETERS

OWN, FOREIGN, ENDED, MISSING, ONE = "own", "foreign", "ended", "missing", "-"
SAFE_BESIDE_GET = {"HEAD", "OPTIONS"}
SAFE = {"GET", *SAFE_BESIDE_GET}

# A developer who has added a few doors walks to these alone: WALK_ROUTES="document_* api_document*".
WANTED = os.environ.get("WALK_ROUTES", "*").split()

# Where the method cannot be read from the view itself.
METHODS: dict[str, set[str]] = {}

# Answers that are no pages of ours: outward protocols that their own tests drive.
PROTOCOL = "An outward protocol, driven against a real provider in tests/boards"
NOT_CRAWLED: dict[str, str] = dict.fromkeys(
    [
        "openid_connect_login",
        "openid_connect_callback",
        "saml_login",
        "saml_acs",
        "saml_finish_acs",
        "saml_sls",
        "saml_metadata",
    ],
    PROTOCOL,
)


# Open to whoever comes by, signed in or not.
PUBLIC = {
    "front",
    "set_language",
    "city_logo",
    "city_font",
    "style",
    "health",
    "help",
    "glossary",
    "privacy",
    "accessibility",
    "barrier_new",
    # the link at the end of a mail, which must work for whoever reads it
    "notice_unsubscribe",
    # fetched by calendars, which do not sign in
    "calendar_feed",
    # so that nobody has to sign in to be told whom to call
    "incident_new",
    "demo_sign_in",
    # signing in, and what leads to it
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "invitation",
    "invitation_open",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
}

# Addresses that answer with a file instead of a page.
FILES = {
    "document_file",
    "hand_over_file",
    "rsa_paper",
    "import_template",
    "mfa_login_webauthn",
    "mfa_download_recovery_codes",
    "health",
    "year_date",
    "round_date",
}

# A link from a letter that no longer works is explained, to whoever has it.
EXPLAINS = {"account_reset_password_from_key"}

# Changes that no form of ours asks for; what protects them instead.
CSRF_ELSEWHERE: dict[str, str] = {
    "saml_acs": "The assertion is signed by the identity provider and answers a request of ours",
    "saml_sls": "The request to sign out is signed by the identity provider",
}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    view: Callable[..., Any]
    converters: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        return self.name

    @property
    def has_parameters(self) -> bool:
        return bool(self.converters)

    @property
    def methods(self) -> set[str]:
        return METHODS.get(self.name) or methods_of(self.view)

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("api/")

    @property
    def whose(self) -> list[str]:
        if not self.has_parameters or not PARAMETERS[self.name].owned:
            return [ONE]
        return [OWN, FOREIGN, ENDED]

    def url(self, place: Any) -> str:
        if not self.has_parameters:
            return reverse(self.name)
        return reverse(self.name, kwargs=PARAMETERS[self.name].fill(place))

    def url_of_nothing(self) -> str:
        return reverse(self.name, kwargs={key: nothing(converter) for key, converter in self.converters})


def nothing(converter: Any) -> Any:
    if isinstance(converter, IntConverter):
        return 999_999_999
    return "6f1c0000-0000-4000-8000-000000000000" if isinstance(converter, UUIDConverter) else "finns-inte"


@cache
def all_routes() -> tuple[Route, ...]:
    return tuple(sorted(walk(get_resolver()), key=lambda route: (route.pattern, route.name)))


def unfilled() -> list[Route]:
    known = {*PARAMETERS, *NOT_CRAWLED}
    return [route for route in all_routes() if route.has_parameters and route.name not in known]


def crawled_routes() -> list[Route]:
    """An address without a name, or that cannot be filled, is left out here and fails a test of its own."""
    left_out = {*NOT_CRAWLED, *(route.name for route in unfilled())}
    return [r for r in all_routes() if r.name and r.name not in left_out and is_wanted(r.name)]


def is_wanted(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in WANTED)


def pages() -> list[Route]:
    return [route for route in crawled_routes() if "GET" in route.methods]


def doors() -> list[Route]:
    return [route for route in crawled_routes() if route.methods - SAFE]


def walk(resolver: URLResolver, before: str = "", converters: tuple = ()) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern).lstrip("^")
        found = (*converters, *entry.pattern.converters.items())
        if isinstance(entry, URLResolver):
            yield from walk(entry, pattern, found)
        elif isinstance(entry, URLPattern):
            named = re.compile(str(entry.pattern)).groupindex if "(?P<" in str(entry.pattern) else {}
            found = (*found, *((key, None) for key in named if key not in dict(found)))
            yield Route(entry.name or "", pattern.replace("$", ""), entry.callback, found)


def methods_of(view: Callable[..., Any]) -> set[str]:
    """From the API's table of actions, a class's own methods, or what Django's decorators let through."""
    if actions := getattr(view, "actions", None):
        return {method.upper() for method in actions} - SAFE_BESIDE_GET
    if view_class := getattr(view, "view_class", None) or getattr(view, "cls", None):
        return {method for method in ("GET", "POST") if hasattr(view_class, method.lower())}
    if (allowed := let_through(view)) is not None:
        return allowed
    reads_what_is_sent = re.search(r"request\.(method|POST|FILES)", inspect.getsource(inspect.unwrap(view)))
    return {"GET", "POST"} if reads_what_is_sent else {"GET"}


def let_through(view: Any) -> set[str] | None:
    while view is not None:
        kept = inspect.getclosurevars(view).nonlocals if inspect.isfunction(view) else {}
        if "request_method_list" in kept:
            return set(kept["request_method_list"]) - SAFE_BESIDE_GET
        view = getattr(view, "__wrapped__", None)
    return None
