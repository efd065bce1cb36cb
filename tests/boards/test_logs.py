"""The log is one JSON object a line, says what a SIEM asks about, and holds nothing that somebody wrote."""

import io
import json
import logging
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.urls import reverse

from boards import logs, tasks, work  # noqa: F401 (the kinds of work name themselves)
from boards.models import Event, Job
from tests.boards.test_sign_in import sign_in, somebody
from tests.conftest import Cast, signed_in


class Lines(io.StringIO):
    @property
    def every(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]

    def of(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.every if line.get("event") == event]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What standard error would get."""
    stream = Lines()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_signing_in_and_out_and_failing_to_are_lines(cast: Cast, lines: Lines) -> None:
    person = somebody(cast)
    sign_in(Client(), person.email, password="helt fel gissning")
    browser = Client()
    sign_in(browser, person.email)
    browser.post(reverse("account_logout"))
    refused, begun, ended = lines.of("sign_in_refused"), lines.of("signed_in"), lines.of("signed_out")
    assert len(refused[0]["account"]) == len(refused[0]["address"]) == 64
    assert begun[0]["person"] == person.pk
    assert begun[0]["ways"] == ["password"]
    assert ended[0]["person"] == person.pk
    assert person.email not in lines.getvalue()


def test_a_refusal_says_who_and_where_and_whether_there_was_something_to_hide(
    cast: Cast, lines: Lines
) -> None:
    mine, foreign = signed_in(cast.employee), cast.farsta
    meeting = foreign.council_meetings.create(kind="lokalt_riskhanteringsrad", held_on="2026-02-01")
    for number in (meeting.pk, 999_999):
        assert mine.get(reverse("council_page", args=[foreign.slug, number])).status_code == 404
    assert mine.get(reverse("settings_home")).status_code == 403
    found = [(line["status"], line["route"], line.get("why"), line["person"]) for line in lines.of("refused")]
    assert found == [
        (404, "council_page", "hidden", cast.employee.pk),
        (404, "council_page", "missing", cast.employee.pk),
        (403, "settings_home", None, cast.employee.pk),
    ]


def test_taking_a_list_out_is_a_line(cast: Cast, lines: Lines) -> None:
    signed_in(cast.coordinator).get("/namnder/?format=csv")
    (line,) = lines.of("exported")
    assert (line["what"], line["kind"], line["person"]) == ("namnder-och-bolag", "csv", cast.coordinator.pk)


def test_a_marked_text_is_a_line_without_the_text(cast: Cast, lines: Lines) -> None:
    signed_in(cast.employee).post("/atkomst/ny/", {"board": cast.bromma.pk, "reason": "HEMLIG Kaninen"})
    assert lines.of("marking_stopped")
    assert "Kanin" not in lines.getvalue()


def test_one_id_goes_through_the_request_its_event_and_its_job(cast: Cast, lines: Lines) -> None:
    person = somebody(cast)
    browser = signed_in(person)
    browser.post(reverse("account_logout"))
    request = lines.of("signed_out")[0]["request"]
    body = json.loads(Event.objects.get(verb="session.ended").body)
    assert body["request"] == request
    with logs.within(logs.Origin(request="abcdefgh")):
        job = Job.objects.ask("heartbeat", key="one")
    seen: list[logs.Origin] = []
    original = work.KINDS["heartbeat"].run
    object.__setattr__(work.KINDS["heartbeat"], "run", lambda job: seen.append(logs.origin()))
    try:
        assert work.do(job.pk)
    finally:
        object.__setattr__(work.KINDS["heartbeat"], "run", original)
    assert (seen[0].request, seen[0].job) == ("abcdefgh", job.pk)
    assert logs.request_id() == ""


@pytest.mark.parametrize(
    ("behind", "given", "taken"), [(True, "from-the-proxy-1", True), (False, "x" * 20, False)]
)
def test_only_a_proxy_names_requests(
    cast: Cast, lines: Lines, settings: LazySettings, behind: bool, given: str, taken: bool
) -> None:
    settings.BEHIND_PROXY = behind
    client = signed_in(cast.employee)
    client.get(reverse("settings_home"), headers={"X-Request-ID": given, "X-Forwarded-Proto": "https"})
    assert (lines.of("refused")[0]["request"] == given) is taken


@pytest.mark.parametrize("hostile", ["a\nb", "a\r\nb", "\x1b[31mred", "a\u2028b", "a\x85b", '"}{"'])
def test_a_line_stays_one_line(lines: Lines, hostile: str) -> None:
    logging.getLogger("boards.any").warning("said %s", hostile)
    (line,) = lines.every
    assert line["message"] == f"said {hostile}"
    assert lines.getvalue().isascii()


def test_what_a_package_fills_in_is_left_out(lines: Lines) -> None:
    logging.getLogger("celery.any").error("Task %s raised %r", "work", ValueError("Kanin"))
    assert lines.every[0]["message"] == "Task %s raised %r"


def test_an_errors_own_words_are_left_out_and_its_place_kept(lines: Lines) -> None:
    try:
        int("Kanin")
    except ValueError:
        logging.getLogger("boards.any").exception("it went wrong")
    (line,) = lines.every
    assert line["error"][0] == "ValueError"
    assert line["error"][1].endswith("test_an_errors_own_words_are_left_out_and_its_place_kept")
    assert "Kanin" not in lines.getvalue()


def test_a_field_that_nobody_has_described_is_refused() -> None:
    with pytest.raises(ValueError, match="not described"):
        logs.note("signed_in", email="lina@example.org")
    with pytest.raises(ValueError, match="not described"):
        logs.note("danced")


def test_every_field_and_event_is_described_for_those_who_operate() -> None:
    page = (settings.BASE_DIR / "docs" / "operations.md").read_text()
    assert [name for name in (*logs.EVENTS, *logs.FACTS, *logs.ALWAYS) if f"`{name}`" not in page] == []


def test_a_syslog_server_gets_the_same_lines() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(5)
        handler = logs.syslog_handler(f"udp://127.0.0.1:{server.getsockname()[1]}")
        handler.setFormatter(logs.JsonLines())
        handler.handle(logging.makeLogRecord({"name": "boards.any", "msg": "said", "levelname": "INFO"}))
        handler.close()
        got = server.recv(4096).decode()
    priority, _ident, line = got.partition("sakerhetsprogrammet: ")
    assert priority.startswith("<")
    assert json.loads(line.rstrip("\0"))["message"] == "said"
