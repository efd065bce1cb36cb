"""When a session ends: after 30 idle minutes, after 12 hours, or 24 for who is on duty."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

BEGAN, SEEN = "began", "seen"
# Writing the time at every click would cost a row lock a click.
SEEN_EVERY = timedelta(seconds=60)


class SessionClock:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if is_over(request):
                logout(request)
            else:
                note_seen(request)
        return self.get_response(request)


def is_over(request: HttpRequest) -> bool:
    began, seen = _time(request, BEGAN), _time(request, SEEN)
    now = timezone.now()
    idle = seen is not None and now - seen > settings.SESSION_IDLE
    return idle or (began is not None and now - began > longest(request))


def longest(request: HttpRequest) -> timedelta:
    return settings.SESSION_ABSOLUTE_ON_DUTY if request.session.get("on_duty") else settings.SESSION_ABSOLUTE


def note_seen(request: HttpRequest) -> None:
    now, seen = timezone.now(), _time(request, SEEN)
    request.session.setdefault(BEGAN, now.isoformat())
    if seen is None or now - seen > SEEN_EVERY:
        request.session[SEEN] = now.isoformat()


def _time(request: HttpRequest, key: str) -> datetime | None:
    text = request.session.get(key)
    return datetime.fromisoformat(text) if text else None
