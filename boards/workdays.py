"""Which days are worked in Sweden: not weekends, public holidays or the three eves that are free like them."""

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)


@cache
def holidays(year: int) -> frozenset[date]:
    # Takes half a second to load, which each process would wait for at its start.
    from holidays.constants import DE_FACTO, PUBLIC
    from holidays.countries.sweden import Sweden

    return frozenset(Sweden(years=year, categories=(PUBLIC, DE_FACTO)))


def is_worked(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def or_earlier(day: date) -> date:
    """The day itself if it is worked, else the last worked day before it."""
    while not is_worked(day):
        day -= DAY
    return day


def or_later(day: date) -> date:
    """The day itself if it is worked, else the first worked day after it."""
    while not is_worked(day):
        day += DAY
    return day
