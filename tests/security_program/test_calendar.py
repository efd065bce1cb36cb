"""The dates of the year, moved to the working day before when they fall on a weekend or a holiday."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from boards.days import today
from boards.models import Event
from boards.workdays import is_worked, or_earlier
from security_program.models import CalendarRule
from security_program.year_line import RADIUS, line_of
from tests.conftest import Cast, load_reference, signed_in


@pytest.mark.parametrize("good_friday", [date(2024, 3, 29), date(2026, 4, 3), date(2027, 3, 26)])
def test_easter_is_where_the_almanac_has_it(good_friday: date) -> None:
    days = [good_friday + timedelta(days=number) for number in range(-1, 5)]
    assert [is_worked(day) for day in days] == [True, False, False, False, False, True]


def test_swedish_holidays_of_2026_are_not_worked() -> None:
    """The public holidays on weekdays, and the three eves that the law treats alike."""
    free = ["01-01", "01-06", "04-03", "04-06", "05-01", "05-14", "06-19", "12-24", "12-25", "12-31"]
    weekdays = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    found = [day for day in weekdays if day.weekday() < 5 and not is_worked(day)]
    assert found == [date.fromisoformat(f"2026-{day}") for day in free]


@pytest.mark.parametrize(
    ("anchor", "falls_on"),
    [
        (date(2027, 10, 31), date(2027, 10, 29)),
        (date(2026, 12, 31), date(2026, 12, 30)),
        (date(2027, 1, 1), date(2026, 12, 30)),
        (date(2026, 4, 30), date(2026, 4, 30)),
    ],
)
def test_a_free_day_moves_to_the_working_day_before(anchor: date, falls_on: date) -> None:
    assert or_earlier(anchor) == falls_on


def rule(**changes: object) -> CalendarRule:
    return CalendarRule(**{"code": "x", "what": "X", "what_en": "X", "month": 10, "day": 31, **changes})


def test_the_report_to_the_county_comes_every_fourth_year() -> None:
    report = rule(every_years=4, first_year=2027)
    assert report.on(2026) is None
    assert report.next_date(date(2026, 11, 21)) == date(2027, 10, 29)
    assert report.next_date(date(2027, 10, 30)) == date(2031, 10, 31)


def test_a_date_just_after_new_year_may_fall_in_the_old() -> None:
    new_year = rule(month=1, day=1)
    assert new_year.next_date(date(2026, 12, 30)) == date(2026, 12, 30)
    assert new_year.next_date(date(2026, 12, 31)) == date(2027, 12, 30)


def test_an_offset_counts_from_the_anchor() -> None:
    assert rule(month=4, day=30, offset_days=-14).on(2026) == date(2026, 4, 16)


def test_the_last_of_february_is_found_in_every_year() -> None:
    assert rule(month=2, day=29).on(2027) == date(2027, 2, 26)


def test_a_month_has_the_days_it_has() -> None:
    with pytest.raises(ValidationError):
        rule(month=4, day=31).full_clean(exclude=["code"])


def test_what_the_city_has_moved_stays_when_reference_data_is_loaded(cast: Cast) -> None:
    call_command("load_reference")
    CalendarRule.objects.get(code="rsa").move(by=cast.security_chief, month=5, day=20)
    call_command("load_reference")
    assert CalendarRule.objects.get(code="rsa").month == 5
    assert Event.objects.filter(verb="calendar.moved").count() == 1


def test_the_year_is_a_list_of_twelve_months_with_next_dates(cast: Cast) -> None:
    call_command("load_reference")
    page = signed_in(cast.coordinator).get("/arshjul/").content.decode()
    for month in ("Januari", "April", "December"):
        assert month in page
    assert "Tertial 1" in page


def test_the_year_is_a_line_of_twelve_months_with_the_numbers_of_the_list(cast: Cast) -> None:
    load_reference()
    coming = CalendarRule.objects.all().coming()
    page = signed_in(cast.coordinator).get("/arshjul/").content.decode()
    (months,) = re.findall(r'<ol class="year-months">(.*?)</ol>', page, re.DOTALL)
    assert months.count("<li>") == 12
    drawn = re.findall(r'text-anchor="middle">(\d+)<', page)
    far = sum(day >= date(today().year + 1, today().month, 1) for day, _rule in coming)
    assert drawn == [str(number) for number in range(1, len(coming) - far + 1)]
    assert page.count('class="year-number"') == len(coming)
    first = coming[0][1].label
    assert page.count(first) >= 3, "in the title, the table and the list"
    assert 'style="' not in page


def test_marks_that_would_cover_each_other_stand_above_each_other() -> None:
    day = today() + timedelta(days=40)
    line = line_of([(1, day), (2, day), (3, day + timedelta(days=90))])
    assert [mark.row for mark in line.marks] == [0, 1, 0]
    assert line.marks[1].middle < line.marks[0].middle
    assert all(mark.middle - RADIUS >= 0 for mark in line.marks)
    assert not line_of([(1, day + timedelta(days=400))]).marks


def test_one_date_of_the_year_is_fetched_as_a_file(cast: Cast) -> None:
    load_reference()
    browser = signed_in(cast.employee)
    answer = browser.get("/arshjul/rsa.ics")
    day = CalendarRule.objects.get(code="rsa").next_date()
    assert answer["Content-Disposition"] == f'inline; filename="date-rsa-{day.year}.ics"'
    said = answer.content.decode()
    assert said.count("BEGIN:VEVENT") == 1
    assert f"UID:date-rsa-{day.year}@" in said
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}" in said
    assert browser.get("/arshjul/finns-inte.ics").status_code == 404


def test_an_empty_year_says_so(cast: Cast) -> None:
    assert "Inga datum än" in signed_in(cast.coordinator).get("/arshjul/").content.decode()
