"""Every address of the house, read from the URLconf and the API router, and how its parameters are filled.

A new address without parameters needs nothing here. One with parameters gets one line in PARAMETERS: what to
fill in, given a `Place` (tests/house/town.py): the own board, a foreign one or one that has ended.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

Fill = Callable[[Any], dict[str, Any]]
OWN, FOREIGN, ENDED, MISSING, ONE = "own", "foreign", "ended", "missing", "-"
SAFE_BESIDE_GET = {"HEAD", "OPTIONS"}
SAFE = {"GET", *SAFE_BESIDE_GET}


@dataclass(frozen=True)
class Parameters:
    fill: Fill
    # False where the parameter has nothing to do with a board or a person, as a page of the help.
    owned: bool = True


def of_board(place: Any) -> dict[str, Any]:
    return {"slug": place.board.slug}


PARAMETERS: dict[str, Parameters] = {
    "board_page": Parameters(of_board),
    "api_board-detail": Parameters(of_board),
}

# Where the method cannot be read from the view itself.
METHODS: dict[str, set[str]] = {}

# Answers that are no pages of ours: outward protocols that their own tests drive.
NOT_CRAWLED: dict[str, str] = {}


# Open to whoever comes by, signed in or not.
PUBLIC = {"front", "account_login"}

# Addresses that answer with a file instead of a page.
FILES: set[str] = set()

# Changes that no form of ours asks for; what protects them instead.
CSRF_ELSEWHERE: dict[str, str] = {}


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
    """An address that cannot be filled is left out here and fails a test of its own."""
    left_out = {*NOT_CRAWLED, *(route.name for route in unfilled())}
    return [route for route in all_routes() if route.name not in left_out]


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
    """Read from the view: the API's table of actions, a class's own methods, or the text of a function."""
    if actions := getattr(view, "actions", None):
        return {method.upper() for method in actions} - SAFE_BESIDE_GET
    if view_class := getattr(view, "view_class", None) or getattr(view, "cls", None):
        return {method for method in ("GET", "POST") if hasattr(view_class, method.lower())}
    return methods_in(inspect.getsource(inspect.unwrap(view)))


def methods_in(source: str) -> set[str]:
    if "@require_POST" in source:
        return {"POST"}
    if listed := re.search(r"@require_http_methods\(\[(.*?)\]\)", source):
        return {word.strip("\"' ") for word in listed[1].split(",")} - SAFE_BESIDE_GET
    if "@require_safe" in source or "@require_GET" in source:
        return {"GET"}
    return {"GET", "POST"} if re.search(r"request\.(method|POST|FILES)", source) else {"GET"}
