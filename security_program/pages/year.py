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
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boards import throttle
from boards.access import SignedInRequest, rights_of
from boards.charts import NumberTable
from boards.days import today
from boards.letters import language_of
from boards.panels import Occasion
from boards.throttle import Limit, TooSoonError

from .. import ical
from ..follow_up_panels import occasion_of
from ..models import CalendarAddress, CalendarRule
from ..own_calendar import calendar_of
from ..year_line import line_of
from .rounds import find_round

# Calendars fetch a few times a day; whoever has got hold of an address is not to load the service with it.
USE = Limit(free=20, longest=timedelta(minutes=5), forget=timedelta(minutes=10))


@require_safe
def year_wheel(request: HttpRequest) -> HttpResponse:
    """The next time each date comes, month by month from now on."""
    coming = CalendarRule.objects.all().coming()
    numbered = [(number, day, rule) for number, (day, rule) in enumerate(coming, 1)]
    facts = {
        "months": _by_month(numbered, lambda row: row[1]),
        "unchecked": any(not rule.is_checked for _day, rule in coming),
        "next": coming[0] if coming else None,
        "line": line_of((number, day) for number, day, _rule in numbered),
        "table": _as_table(numbered),
    }
    return render(request, "security_program/year_wheel.html", facts)


def _as_table(numbered: list[tuple[int, date, CalendarRule]]) -> NumberTable:
    rows = [
        (day.isoformat(), number, rule.label, rule.get_audience_display()) for number, day, rule in numbered
    ]
    return NumberTable((_("Date"), _("Number"), _("What"), _("For whom")), rows, is_words=True)


@require_safe
def year_date(request: HttpRequest, code: str) -> HttpResponse:
    """The next time one of the year's dates comes, as a file for a calendar outside the house."""
    rule = get_object_or_404(CalendarRule, code=code)
    day = rule.next_date()
    return _one_day(Occasion(f"date-{rule.code}-{day.year}", day, rule.label, reverse("year_wheel")))


@require_safe
def own_date(request: SignedInRequest, key: str) -> HttpResponse:
    """One of the days in one's own calendar, as a file."""
    found = next((each for each in calendar_of(request.user) if each.key == key), None)
    if found is None:
        raise Http404
    return _one_day(found)


@require_safe
def round_date(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """The day a round is due, as a file; under the key that the own calendar of a reviewer has it."""
    return _one_day(occasion_of(find_round(year, kind)))


def _one_day(occasion: Occasion) -> HttpResponse:
    content = ical.write(occasion.title, [occasion], now=timezone.now())
    return _as_calendar(content, occasion.key)


def _as_calendar(content: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=ical.CONTENT_TYPE)
    response["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return response


def _by_month(rows: Iterable[Any], day_of: Any) -> list[dict[str, Any]]:
    months = groupby(rows, key=lambda row: (day_of(row).year, day_of(row).month))
    return [
        {
            "key": "{:04}-{:02}".format(*month),
            "name": date_format(date(*month, 1), "F Y").capitalize(),
            "dates": list(dates),
        }
        for month, dates in months
    ]


@require_safe
def own_calendar(request: SignedInRequest) -> HttpResponse:
    occasions = calendar_of(request.user)
    coming = [each for each in occasions if each.on >= today()]
    facts = {
        "late": [each for each in occasions if each.is_late],
        "months": _by_month(coming, lambda each: each.on),
        "next": coming[0] if coming else None,
        "line": line_of((day.day, day) for day in dict.fromkeys(each.on for each in coming)),
        "table": NumberTable(
            (_("Date"), _("What"), _("Board or company")),
            [(each.on.isoformat(), each.what, each.board or "–") for each in coming],
            is_words=True,
        ),
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
    return _as_calendar(content, "kalender")
