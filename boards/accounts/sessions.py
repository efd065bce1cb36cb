"""When a session ends: after 30 idle minutes, after 12 hours, or 24 for who is on duty; and at sign-out."""

from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import access, audit, logs
from ..models import User
from ..verbs import verb
from .signed_in import SignedIn

BEGAN, SEEN, ON_DUTY = "began", "seen", "on_duty"
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


def begin(request: HttpRequest, person: User) -> None:
    """A session that begins is judged by the offices of the day, and counts as a proof of who it is."""
    now = timezone.now().isoformat()
    request.session[BEGAN] = request.session[SEEN] = now
    request.session[ON_DUTY] = is_on_duty(person)
    for record in request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, []):
        record["reauthenticated"] = True
    request.session.modified = True


def is_on_duty(person: User) -> bool:
    return any(office.mandate.on_duty for office in access.rights_of(person).offices)


def extend(request: HttpRequest) -> None:
    """Counts as having been seen just now, though the last minute's note would still do."""
    request.session[SEEN] = timezone.now().isoformat()


@verb("session.ended", _("%(who)s ended a session of %(about)s"))
def end(request: HttpRequest) -> None:
    person = request.user
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logs.note("signed_out")
    logout(request)
    if isinstance(person, User):
        audit.record("session.ended", person, by=person)


@verb("session.ended")
def end_one(session: UserSession, *, by: User) -> None:
    session.end()
    audit.record("session.ended", session.user, by=by)


@verb("sessions.ended")
def end_others(request: SignedIn) -> None:
    for session in UserSession.objects.filter(user=request.user):
        if not session.is_current():
            session.end()
    audit.record("sessions.ended", request.user, by=request.user)


def is_over(request: HttpRequest) -> bool:
    ends = ends_at(request)
    return ends is not None and timezone.now() > ends


def ends_at(request: HttpRequest) -> datetime | None:
    """Whichever comes first: too long idle, or too long altogether."""
    began, seen = _time(request, BEGAN), _time(request, SEEN)
    limits = []
    if seen:
        limits.append(seen + settings.SESSION_IDLE)
    if began:
        limits.append(began + longest(request))
    return min(limits, default=None)


def longest(request: HttpRequest) -> timedelta:
    return settings.SESSION_ABSOLUTE_ON_DUTY if request.session.get(ON_DUTY) else settings.SESSION_ABSOLUTE


def note_seen(request: HttpRequest) -> None:
    now, seen = timezone.now(), _time(request, SEEN)
    request.session.setdefault(BEGAN, now.isoformat())
    if seen is None or now - seen > SEEN_EVERY:
        request.session[SEEN] = now.isoformat()
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)


def _time(request: HttpRequest, key: str) -> datetime | None:
    text = request.session.get(key)
    return datetime.fromisoformat(text) if text else None
