from datetime import date
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from ..models import CalendarRule


@require_safe
def year_wheel(request: HttpRequest) -> HttpResponse:
    """The next time each date comes, month by month from now on."""
    coming = CalendarRule.objects.all().coming()
    months = [
        {"name": date_format(date(*month, 1), "F Y").capitalize(), "dates": list(dates)}
        for month, dates in groupby(coming, key=lambda pair: (pair[0].year, pair[0].month))
    ]
    facts = {"months": months, "unchecked": any(not rule.is_checked for _day, rule in coming)}
    return render(request, "security_program/year_wheel.html", facts)
