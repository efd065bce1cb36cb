"""Dates and times as people write them, in Swedish or English: "i går", "3/4", "den 3 april", "today 14.10".

Pure: what is today is given, nothing is asked of a clock. Day comes before month, as in both languages here.
"""

import re
from datetime import date, datetime, time, timedelta
from enum import Enum

MONTHS = (
    ("januari", "january", "jan"),
    ("februari", "february", "feb", "febr"),
    ("mars", "march", "mar"),
    ("april", "apr"),
    ("maj", "may"),
    ("juni", "june", "jun"),
    ("juli", "july", "jul"),
    ("augusti", "august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "october", "okt", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
WEEKDAYS = (
    ("måndag", "måndags", "mån", "monday", "mon"),
    ("tisdag", "tisdags", "tis", "tuesday", "tue"),
    ("onsdag", "onsdags", "ons", "wednesday", "wed"),
    ("torsdag", "torsdags", "tors", "tor", "thursday", "thu"),
    ("fredag", "fredags", "fre", "friday", "fri"),
    ("lördag", "lördags", "lör", "saturday", "sat"),
    ("söndag", "söndags", "sön", "sunday", "sun"),
)
NEAR_DAYS = {
    "i dag": 0,
    "idag": 0,
    "today": 0,
    "i går": -1,
    "igår": -1,
    "yesterday": -1,
    "i förrgår": -2,
    "förrgår": -2,
    "i morgon": 1,
    "imorgon": 1,
    "tomorrow": 1,
    "i övermorgon": 2,
    "övermorgon": 2,
}
NUMBERS = {
    "en": 1,
    "ett": 1,
    "a": 1,
    "an": 1,
    "one": 1,
    "två": 2,
    "two": 2,
    "tre": 3,
    "three": 3,
    "fyra": 4,
    "four": 4,
}
UNITS = {
    **dict.fromkeys(("minut", "minuter", "min", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("timme", "timmar", "tim", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("dag", "dagar", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("vecka", "veckor", "week", "weeks"), timedelta(weeks=1)),
}
MONTH_OF = {word: number for number, words in enumerate(MONTHS, 1) for word in words}
WEEKDAY_OF = {word: number for number, words in enumerate(WEEKDAYS) for word in words}

YEAR_FIRST = re.compile(r"(\d{4})[-./ ](\d{1,2})[-./ ](\d{1,2})")
RUN_TOGETHER = re.compile(r"(\d{2}|\d{4})(\d{2})(\d{2})")
DAY_FIRST = re.compile(r"(\d{1,2}) ?[/.-] ?(\d{1,2})(?:\.?[/.,  -]+(\d{4}|\d{2}))?\.?")
DAY_AND_NAME = re.compile(r"(\d{1,2})(?::?[ae]|st|nd|rd|th|\.)? (?:of )?([a-zåäö]+)\.?,?(?: (\d{4}))?")
NAME_AND_DAY = re.compile(r"([a-zåäö]+)\.? (\d{1,2})(?:st|nd|rd|th)?,?(?: (\d{4}))?")
AGO = re.compile(r"(?:för )?(\w+) (\w+) (?:sedan|sen|ago)")
AHEAD = re.compile(r"(?:om|in) (\w+) (\w+)")
CLOCK = re.compile(
    r"(?:^|[ ,t])(?:at |kl\.? ?|klockan )?(\d{1,2})(?:[.:](\d{2}))(?:[.:]\d{2})?( ?[ap]\.?m\.?)?$"
    r"|(?:^|[ ,])(?:at |kl\.? ?|klockan )(\d{1,2})( ?[ap]\.?m\.?)?$"
    r"|(?:^|[ ,])(\d{1,2})( ?[ap]\.?m\.?)$"
)
NOW = {"nu", "nyss", "just nu", "now", "just now"}
# The oldest of the city's companies is from the nineteenth century; a day outside is a slip of the finger.
EARLIEST, LATEST = date(1800, 1, 1), date(2199, 12, 31)


class Lean(Enum):
    """Which way a date without a year is meant: what happened, what is to be done, or whatever is closest."""

    PAST = "past"
    FUTURE = "future"
    NEAREST = "nearest"


def read_day(text: str, today: date, lean: Lean = Lean.NEAREST) -> date:
    """Raises ValueError for what is not a day."""
    words = tidy(text)
    if words in NEAR_DAYS:
        return today + timedelta(days=NEAR_DAYS[words])
    words = re.sub(r"^(?:den|the|on|på) ", "", words)
    for reader in (_distant, _weekday, _numbers, _named):
        day = reader(words, today, lean)
        if day is not None:
            return day
    raise ValueError(text)


def is_near_enough(day: date) -> bool:
    """A day the city can have to do with, with room for a day before and one after."""
    return EARLIEST <= day <= LATEST


def read_moment(text: str, now: datetime, lean: Lean = Lean.PAST) -> datetime:
    """A day with a time, a time today, or so long ago. Raises ValueError when either part is missing."""
    words = tidy(text)
    if words in NOW:
        return now.replace(second=0, microsecond=0)
    if distance := _distance(words):
        return (now + distance).replace(second=0, microsecond=0)
    found = CLOCK.search(words)
    if not found:
        raise ValueError(text)
    rest = words[: found.start()].strip(" ,")
    day = read_day(rest, now.date(), lean) if rest else now.date()
    return datetime.combine(day, _time(found), now.tzinfo)


def tidy(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[‐‑–]", "-", text).strip().rstrip("!").lower())


def _time(found: re.Match[str]) -> time:
    hour = int(found[1] or found[4] or found[6])
    half = (found[3] or found[5] or found[7] or "").strip().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(found[0])
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, int(found[2] or 0))


def _distance(words: str) -> timedelta | None:
    if found := AGO.fullmatch(words):
        sign = -1
    elif found := AHEAD.fullmatch(words):
        sign = 1
    else:
        return None
    how_many = NUMBERS.get(found[1]) or (
        int(found[1]) if found[1].isdecimal() and len(found[1]) < 5 else None
    )
    unit = UNITS.get(found[2])
    return sign * how_many * unit if how_many and unit else None


def _distant(words: str, today: date, lean: Lean) -> date | None:
    distance = _distance(words)
    return today + distance if distance and distance % timedelta(days=1) == timedelta(0) else None


def _weekday(words: str, today: date, lean: Lean) -> date | None:
    """ "i måndags" and "last monday" lie behind, "på måndag" and "next monday" ahead; today itself counts as neither."""
    first, _, last = words.rpartition(" ")
    if last not in WEEKDAY_OF or first not in ("", "i", "last", "next", "nästa", "this", "nu på"):
        return None
    ahead = (WEEKDAY_OF[last] - today.weekday()) % 7
    behind = ahead - 7
    if first in ("i", "last") or last.endswith("dags"):
        return today + timedelta(days=behind)
    if first in ("next", "nästa", "this", "nu på") or lean is Lean.FUTURE:
        return today + timedelta(days=ahead or 7)
    if lean is Lean.PAST:
        return today + timedelta(days=behind if ahead else 0)
    return today + timedelta(days=ahead)


def _numbers(words: str, today: date, lean: Lean) -> date | None:
    if found := YEAR_FIRST.fullmatch(words):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := RUN_TOGETHER.fullmatch(words):
        return date(_full_year(found[1]), int(found[2]), int(found[3]))
    if found := DAY_FIRST.fullmatch(words):
        return _day(int(found[1]), int(found[2]), found[3], today, lean)
    return None


def _named(words: str, today: date, lean: Lean) -> date | None:
    weekday, _, rest = words.partition(" ")
    if weekday.rstrip(",.") in WEEKDAY_OF and rest:
        words = re.sub(r"^(?:den|the) ", "", rest)
    if found := DAY_AND_NAME.fullmatch(words):
        day, name, year = found[1], found[2], found[3]
    elif found := NAME_AND_DAY.fullmatch(words):
        name, day, year = found[1], found[2], found[3]
    else:
        return None
    return _day(int(day), MONTH_OF[name], year, today, lean) if name in MONTH_OF else None


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _day(day: int, month: int, year: str | None, today: date, lean: Lean) -> date:
    if year:
        return date(_full_year(year), month, day)
    possible = [found for around in range(-4, 5) if (found := _exists(today.year + around, month, day))]
    if lean is Lean.PAST:
        possible = [found for found in possible if found <= today] or possible
    if lean is Lean.FUTURE:
        possible = [found for found in possible if found >= today] or possible
    if not possible:
        raise ValueError(f"{day}/{month}")
    return min(possible, key=lambda found: abs(found - today))


def _exists(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
