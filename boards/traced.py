"""Each request gets an id that its log lines, its events and its jobs carry; what was refused is noted."""

import logging
import re
import secrets
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import logs

GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
EVENTS = {403: "refused", 404: "refused", 429: "slowed_down"}


class Traced:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with logs.within(logs.Origin(request=_id(request))) as here:
            response = self.get_response(request)
            here.person = _person(request)
            _note(request, response, here)
            return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        logs.origin().person = _person(request)


def _id(request: HttpRequest) -> str:
    """The proxy's own, when there is one to be believed."""
    given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
    return given if GIVEN.fullmatch(given) else secrets.token_hex(8)


def _person(request: HttpRequest) -> int | None:
    """Only if somebody has asked who it is: the log asks the database nothing."""
    person = getattr(request, "_cached_user", None)
    return person.pk if person is not None else None


def _note(request: HttpRequest, response: HttpResponse, here: logs.Origin) -> None:
    match = request.resolver_match
    if response.status_code not in EVENTS or match is None:
        return
    logs.note(
        EVENTS[response.status_code],
        logging.WARNING,
        status=response.status_code,
        route=match.view_name,
        method=request.method,
        why=here.why,
    )
