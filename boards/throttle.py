"""Attempts are slowed down, never locked out: the next one is allowed at a time that stands in the database.

An attempt counts as failed from the moment it is made and is given back when it succeeds, so that a hundred
at once are not all free. A browser in which the person has signed in before has a count of its own, so
that somebody who guesses at an account from elsewhere cannot keep its owner out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from math import ceil
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .accounts import known_browser
from .models import Throttle


@dataclass(frozen=True)
class Limit:
    """So many failures are free; then the wait doubles up to the longest; a quiet time forgets them."""

    free: int
    longest: timedelta
    forget: timedelta

    def wait(self, failures: int) -> timedelta:
        if failures <= self.free:
            return timedelta()
        return min(self.longest, timedelta(seconds=2 ** min(failures - self.free - 1, 20)))


ACCOUNT = Limit(free=5, longest=timedelta(minutes=5), forget=timedelta(hours=24))
BROWSER = Limit(free=5, longest=timedelta(minutes=5), forget=timedelta(hours=1))
ADDRESS = Limit(free=20, longest=timedelta(minutes=1), forget=timedelta(hours=1))
EVERYBODY = Limit(free=300, longest=timedelta(seconds=2), forget=timedelta(minutes=5))
LONGEST_KEPT = timedelta(days=2)

Counts = dict[str, Limit]


class TooSoonError(Exception):
    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.seconds = max(1, ceil((until - timezone.now()).total_seconds()))


def counts(request: HttpRequest, what: str, account: str) -> Counts:
    """What an attempt is counted by. The account is what was typed, whether or not there is one."""
    account = account.strip().casefold()
    known = known_browser.nonce(request, account)
    if known:
        return {digest(what, "browser", account, known): BROWSER}
    wanted = {digest(what, "address", address(request)): ADDRESS, digest(what, "everybody"): EVERYBODY}
    # Attempts that name nobody share no count, or anybody's failures would be everybody's wait.
    return {digest(what, "account", account): ACCOUNT, **wanted} if account else wanted


def digest(*parts: str) -> str:
    return salted_hmac("boards.throttle", "\0".join(parts), algorithm="sha256").hexdigest()


def address(request: HttpRequest) -> str:
    """Where the request came from; what a client claims about itself is not believed."""
    if settings.BEHIND_PROXY:
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        return hops[-1].strip() or request.META["REMOTE_ADDR"]
    return request.META["REMOTE_ADDR"]


@transaction.atomic
def begin(wanted: Counts) -> None:
    """Counts an attempt, or raises TooSoonError and counts nothing."""
    now = timezone.now()
    fresh = [Throttle(key=key, last_at=now, next_at=now) for key in wanted]
    Throttle.objects.bulk_create(fresh, ignore_conflicts=True)
    rows = _locked(wanted)
    until = max(row.next_at for row in rows)
    if until > now:
        raise TooSoonError(until)
    for row in rows:
        limit = wanted[row.key]
        row.failures = 1 if now - row.last_at > limit.forget else row.failures + 1
        row.last_at, row.next_at = now, now + limit.wait(row.failures)
    Throttle.objects.bulk_update(rows, ["failures", "last_at", "next_at"])


def look(wanted: Counts) -> None:
    """Raises TooSoonError as an attempt would, without being one."""
    waiting = Throttle.objects.filter(key__in=wanted, next_at__gt=timezone.now())
    if waits := list(waiting.values_list("next_at", flat=True)):
        raise TooSoonError(max(waits))


@transaction.atomic
def succeeded(wanted: Counts) -> None:
    """Gives the attempt back: the account starts afresh, while the rest keep what others have failed."""
    rows = _locked(wanted)
    for row in rows:
        afresh = wanted[row.key] in (ACCOUNT, BROWSER)
        row.failures, row.next_at = 0 if afresh else max(0, row.failures - 1), timezone.now()
    Throttle.objects.bulk_update(rows, ["failures", "next_at"])


def _locked(wanted: Counts) -> list[Throttle]:
    return list(Throttle.objects.select_for_update().filter(key__in=wanted).order_by("key"))


def once(*parts: str) -> bool:
    """True the first time for something that must not be used again, as a code from a phone."""
    now = timezone.now()
    try:
        with transaction.atomic():
            Throttle.objects.create(key=digest("once", *parts), failures=1, last_at=now, next_at=now)
    except IntegrityError:
        return False
    return True


def forget_old() -> None:
    Throttle.objects.filter(last_at__lt=timezone.now() - LONGEST_KEPT).delete()


View = Callable[..., HttpResponse]
Account = Callable[[HttpRequest], str]
WentWell = Callable[[HttpRequest, HttpResponse], bool]


def led_on(request: HttpRequest, response: HttpResponse) -> bool:
    """A form that was right leads on; one that was wrong is shown again."""
    return response.status_code in (301, 302, 303)


def never(request: HttpRequest, response: HttpResponse) -> bool:
    return False


def throttled(what: str, account: Account, went_well: WentWell = led_on) -> Callable[[View], View]:
    """A door whose POSTs are attempts."""

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **kwargs)
            wanted = counts(request, what, account(request))
            try:
                begin(wanted)
            except TooSoonError as wait:
                return too_soon(request, wait)
            response = view(request, *args, **kwargs)
            if went_well(request, response):
                succeeded(wanted)
            return response

        return door

    return decorate


def too_soon(request: HttpRequest, wait: TooSoonError) -> HttpResponse:
    response = render(request, "account/too_soon.html", {"seconds": wait.seconds}, status=429)
    response["Retry-After"] = str(wait.seconds)
    return response


def typed(field: str) -> Account:
    return lambda request: request.POST.get(field, "")


def own(request: HttpRequest) -> str:
    return getattr(request.user, "email", "")
