"""Days as an iCalendar file (RFC 5545), which calendars outside the house fetch: titles and dates, nothing else."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from boards.panels import Occasion

CONTENT_TYPE = "text/calendar; charset=utf-8"
# A line is at most 75 octets; those that follow begin with a space.
LONGEST = 75
ALARM = "-P3D"
REFRESH = "PT6H"


def write(name: str, occasions: Iterable[Occasion], *, now: datetime) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Säkerhetsprogrammet//SV",
        "CALSCALE:GREGORIAN",
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    for occasion in occasions:
        lines += _event(occasion, now)
    lines.append("END:VCALENDAR")
    return "".join(folded(line) for line in lines)


def _event(occasion: Occasion, now: datetime) -> Iterator[str]:
    """All day, and free time to others: that something is due does not make the person busy."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    yield "BEGIN:VEVENT"
    yield f"UID:{text(occasion.key)}@{host}"
    yield f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(occasion.on)}"
    yield f"DTEND;VALUE=DATE:{_day(occasion.on + timedelta(days=1))}"
    yield f"SUMMARY:{text(occasion.title)}"
    yield f"URL:{settings.PUBLIC_URL}{occasion.url}"
    yield "TRANSP:TRANSPARENT"
    if occasion.is_deadline:
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{ALARM}")
        yield from (f"DESCRIPTION:{text(occasion.title)}", "END:VALARM")
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def text(value: str) -> str:
    """On one line, without what the format uses as signs of its own."""
    one_line = " ".join(value.split())
    plain = "".join(sign for sign in one_line if sign.isprintable())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> str:
    """No letter is cut in two, however many octets it takes."""
    parts, part, length = [], "", 0
    for sign in line:
        size = len(sign.encode())
        if length + size > LONGEST:
            parts.append(part)
            part, length = " ", 1
        part, length = part + sign, length + size
    return "\r\n".join([*parts, part]) + "\r\n"
