"""Dates as people write them, in both languages."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boards.dates import MONTHS, Lean, read_day, read_moment

pytestmark = pytest.mark.once

TODAY = date(2026, 4, 16)  # a Thursday
NOW = datetime(2026, 4, 16, 14, 32, 7)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("i går", "2026-04-15"),
        ("I går ", "2026-04-15"),
        ("igår", "2026-04-15"),
        ("i dag", "2026-04-16"),
        ("today", "2026-04-16"),
        ("Yesterday", "2026-04-15"),
        ("i förrgår", "2026-04-14"),
        ("tomorrow", "2026-04-17"),
        ("3/4", "2026-04-03"),
        ("3/4 2025", "2025-04-03"),
        ("3/4-25", "2025-04-03"),
        ("3.4.2026", "2026-04-03"),
        ("2026-04-03", "2026-04-03"),
        ("2026-4-3", "2026-04-03"),
        ("20260403", "2026-04-03"),
        ("260403", "2026-04-03"),
        ("den 3 april", "2026-04-03"),
        ("den 3:e april 2024", "2024-04-03"),
        ("3 apr.", "2026-04-03"),
        ("fredag den 3 april", "2026-04-03"),
        ("the 3rd of April", "2026-04-03"),
        ("April 3, 2026", "2026-04-03"),
        ("i måndags", "2026-04-13"),
        ("last thursday", "2026-04-09"),
        ("på fredag", "2026-04-17"),
        ("next Thursday", "2026-04-23"),
        ("för tre dagar sedan", "2026-04-13"),
        ("2 weeks ago", "2026-04-02"),
        ("om 2 veckor", "2026-04-30"),
        ("29 februari", "2028-02-29"),
    ],
)
def test_a_day_is_read_as_it_is_written(typed: str, meant: str) -> None:
    assert read_day(typed, TODAY) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    "typed",
    ["", "snart", "31/4", "2026-02-30", "13/13", "3 aprill", "32 maj", "0/4", "för 999999 dagar sedan"],
)
def test_what_is_not_a_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("lean", "meant"),
    [(Lean.PAST, date(2025, 12, 20)), (Lean.FUTURE, date(2026, 12, 20)), (Lean.NEAREST, date(2025, 12, 20))],
)
def test_a_date_without_a_year_leans_the_way_the_field_is_meant(lean: Lean, meant: date) -> None:
    assert read_day("20/12", TODAY, lean) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("i dag 14.10", "2026-04-16T14:10"),
        ("14.10", "2026-04-16T14:10"),
        ("kl. 9", "2026-04-16T09:00"),
        ("klockan 14:10", "2026-04-16T14:10"),
        ("i går kl 23.55", "2026-04-15T23:55"),
        ("2026-04-16 14.10", "2026-04-16T14:10"),
        ("2026-04-16T14:10", "2026-04-16T14:10"),
        ("3/4 kl 8", "2026-04-03T08:00"),
        ("3 april, 08:15", "2026-04-03T08:15"),
        ("yesterday at 2.10 pm", "2026-04-15T14:10"),
        ("12 am", "2026-04-16T00:00"),
        ("nyss", "2026-04-16T14:32"),
        ("för en timme sedan", "2026-04-16T13:32"),
        ("20 minutes ago", "2026-04-16T14:12"),
    ],
)
def test_a_moment_is_read_as_it_is_written(typed: str, meant: str) -> None:
    assert read_moment(typed, NOW) == datetime.fromisoformat(meant)


@pytest.mark.parametrize("typed", ["i går", "25.00", "14.61", "3/4", "13 pm", ""])
def test_a_moment_needs_both_a_day_and_a_time_that_exist(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        read_moment(typed, NOW)


def ways_to_write(day: date) -> list[str]:
    ways = [
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.day}/{day.month} {day.year}",
        f"{day.day}.{day.month}.{day.year}",
    ]
    for month in MONTHS[day.month - 1]:
        ways += [
            f"{day.day} {month} {day.year}",
            f"den {day.day} {month} {day.year}",
            f"{month} {day.day}, {day.year}",
        ]
    return ways


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_comes_back_however_it_is_written_out(day: date) -> None:
    assert {read_day(way, TODAY) for way in ways_to_write(day)} == {day}


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 31)))
def test_every_moment_comes_back(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    for written in (f"{moment:%Y-%m-%d %H.%M}", f"{moment:%Y-%m-%d kl. %H:%M}", moment.isoformat()):
        assert read_moment(written, NOW) == moment


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_date_without_a_year_is_never_on_the_wrong_side(today: date, day: date) -> None:
    written = f"{day.day}/{day.month}"
    assert read_day(written, today, Lean.PAST) <= today <= read_day(written, today, Lean.FUTURE)
    assert abs(read_day(written, today) - today) <= timedelta(days=4 * 366)


@given(st.text(max_size=40))
def test_nothing_typed_breaks_it(typed: str) -> None:
    try:
        read_day(typed, TODAY)
        read_moment(typed, NOW)
    except (ValueError, OverflowError):
        pass
