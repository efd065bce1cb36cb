"""Which days are worked in Sweden: not weekends, public holidays or the three eves that are free like them."""

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
FIXED = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
# Days from Easter Sunday: Good Friday, Easter Monday, Ascension Day.
FROM_EASTER = (-2, 1, 39)


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    fixed = {date(year, month, day) for month, day in FIXED}
    moving = {easter(year) + timedelta(days=days) for days in FROM_EASTER}
    # The Friday between 19 and 25 June; All Saints' and Midsummer Day are Saturdays already.
    midsummer_eve = next(d for n in range(7) if (d := date(year, 6, 19) + n * DAY).weekday() == 4)
    return frozenset(fixed | moving | {midsummer_eve})


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
