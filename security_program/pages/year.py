"""The year as all see it, and each one's own calendar, which their own programs may fetch."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boards import throttle
from boards.access import SignedInRequest, rights_of
from boards.days import today
from boards.letters import language_of
from boards.throttle import Limit, TooSoonError

from .. import ical
from ..models import CalendarAddress, CalendarRule
from ..own_calendar import calendar_of

# Calendars fetch a few times a day; whoever has got hold of an address is not to load the service with it.
USE = Limit(free=20, longest=timedelta(minutes=5), forget=timedelta(minutes=10))


@require_safe
def year_wheel(request: HttpRequest) -> HttpResponse:
    """The next time each date comes, month by month from now on."""
    coming = CalendarRule.objects.all().coming()
    unchecked = any(not rule.is_checked for _day, rule in coming)
    facts = {"months": _by_month(coming, lambda pair: pair[0]), "unchecked": unchecked}
    return render(request, "security_program/year_wheel.html", facts)


def _by_month(rows: Iterable[Any], day_of: Any) -> list[dict[str, Any]]:
    months = groupby(rows, key=lambda row: (day_of(row).year, day_of(row).month))
    return [
        {"name": date_format(date(*month, 1), "F Y").capitalize(), "dates": list(dates)}
        for month, dates in months
    ]


@require_safe
def own_calendar(request: SignedInRequest) -> HttpResponse:
    occasions = calendar_of(request.user)
    facts = {
        "late": [each for each in occasions if each.is_late],
        "months": _by_month((each for each in occasions if each.on >= today()), lambda each: each.on),
        "address": CalendarAddress.objects.of(request.user),
        "may_have": bool(rights_of(request.user).offices),
    }
    return render(request, "security_program/own_calendar.html", facts)


@require_POST
def calendar_address_new(request: SignedInRequest) -> HttpResponse:
    try:
        secret = CalendarAddress.objects.make(request.user)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
        return redirect("own_calendar")
    address = settings.PUBLIC_URL + reverse("calendar_feed", args=[secret])
    return render(request, "security_program/calendar_address.html", {"address": address})


@require_POST
def calendar_address_end(request: SignedInRequest) -> HttpResponse:
    CalendarAddress.objects.end(request.user)
    messages.success(request, _("The address no longer works."))
    return redirect("own_calendar")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """One's own calendar, to whoever has the address. One that does not work is an attempt, and counted as one."""
    wrong = throttle.counts(request, "calendar", "")
    try:
        throttle.look(wrong)
        address = CalendarAddress.objects.with_secret(secret)
        throttle.begin({throttle.digest("calendar use", str(address.pk)): USE} if address else wrong)
    except TooSoonError as wait:
        return throttle.too_soon(request, wait)
    if address is None:
        raise Http404
    address.note_use()
    return _file(address)


def _file(address: CalendarAddress) -> HttpResponse:
    person = address.person
    person.is_of_a_request = True
    with translation.override(language_of(person)):
        content = ical.write(_("Your dates in Säkerhetsprogrammet"), calendar_of(person), now=timezone.now())
    response = HttpResponse(content, content_type=ical.CONTENT_TYPE)
    response["Content-Disposition"] = 'inline; filename="kalender.ics"'
    return response
