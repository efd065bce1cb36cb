"""One's own calendar: the days that each floor offers, and the city's dates that concern the person."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

import risk_analysis.panels
from boards import own_dates
from boards.access import Rights, rights_of
from boards.days import today
from boards.panels import Occasion

from . import follow_up_panels, panels
from .models import CalendarRule, Round

OFFERS = (own_dates.dates, risk_analysis.panels.dates, panels.dates, follow_up_panels.dates)
# What is late stands here as long as anybody is likely to do something about it in a calendar.
BACK = timedelta(days=60)
AHEAD = timedelta(days=400)
ANSWERING = ("edit_internal", "approve")


def calendar_of(user: Any) -> list[Occasion]:
    since = today() - BACK
    found = [occasion for offer in OFFERS for occasion in offer(user, since)]
    return sorted([*found, *_of_the_city(user, since)], key=lambda each: (each.on, each.what, each.board))


def _of_the_city(user: Any, since: date) -> list[Occasion]:
    """The dates of the year that concern the person, save those on which a round asks the boards themselves."""
    rights, last = rights_of(user), today() + AHEAD
    asked = {
        (code_of[kind], due)
        for kind, due in Round.objects.filter(due_on__gte=since).values_list("kind", "due_on")
    }
    return [
        Occasion(f"date-{rule.code}-{day.year}", day, rule.label, reverse("year_wheel"))
        for day, rule in CalendarRule.objects.all().coming()
        if day <= last and (rule.code, day) not in asked and concerns(rule, rights)
    ]


code_of = {kind: code for kind, (code, _later) in Round.RULES.items()}


def concerns(rule: CalendarRule, rights: Rights) -> bool:
    """What the council decides is prepared by the city office, and it is there that the day is kept."""
    whom = CalendarRule.Audience
    match rule.audience:
        case whom.EVERYONE:
            return True
        case whom.BOARDS:
            return any(rights.at.get(word) for word in ANSWERING)
        case whom.COORDINATORS:
            return any(office.code == "sakerhetssamordnare" for office in rights.offices)
    return "review" in rights.city
