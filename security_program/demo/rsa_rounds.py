"""The rounds of analyses that the invented city has held, the last of them still open."""

from collections.abc import Iterator
from datetime import date, timedelta

from risk_analysis.models import RsaCycle

from .people import Town

YEARS = 5
OPENED_AGO, DUE_IN = timedelta(days=100), timedelta(days=21)


def open_all(town: Town, today: date) -> Iterator[RsaCycle]:
    """The same season each year, so that the last one is under way whatever day the demo is built."""
    officer = town.the("kommunstyrelsen", "slk_handlaggare")
    for back in reversed(range(YEARS)):
        opens_on, due_on = (_years_back(today + shift, back) for shift in (-OPENED_AGO, DUE_IN))
        year = opens_on.year
        cycle = RsaCycle.objects.open(
            by=officer,
            slug=str(year),
            name=f"RSA {year}",
            year=year,
            opens_on=opens_on,
            due_on=due_on,
            answered_by=due_on + timedelta(days=45),
        )
        if back:
            cycle.close(by=officer, on=due_on + timedelta(days=60))
        yield cycle


def _years_back(day: date, years: int) -> date:
    return date(day.year - years, day.month, min(day.day, 28))
