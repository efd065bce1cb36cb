"""The log as people read it: in sentences, in their language, of what they may see."""

import io
from datetime import date

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from boards import activity
from boards.models import Event, Office
from tests.conftest import Cast, signed_in


@pytest.fixture
def appointed(cast: Cast) -> Event:
    """Olof Dahl appoints Lina Fors at Bromma."""
    Office.objects.of(cast.bromma, "chef").appoint(
        cast.employee, by=cast.security_chief, valid_from=date(2026, 1, 1)
    )
    return Event.objects.filter(verb="office.appointed").latest_first()[0]


def sentence(event: Event, language: str) -> str:
    with override(language):
        return activity.tell([event])[0].sentence  # type: ignore[attr-defined]


def test_an_event_is_a_sentence_in_the_readers_language(cast: Cast, appointed: Event) -> None:
    assert sentence(appointed, "sv").startswith("Olof Dahl utsåg Lina Fors: ")
    assert sentence(appointed, "sv").endswith(cast.bromma.name)
    assert sentence(appointed, "en").startswith("Olof Dahl appointed Lina Fors: ")


def test_fields_and_days_are_named_in_words(cast: Cast) -> None:
    cast.bromma.correct(by=cast.security_chief, guard_phone="08-1", note="New")
    changed = Event.objects.get(verb="board.corrected")
    assert "väktare, telefon, anteckning" in sentence(changed, "sv") or "security guards, phone, note" in (
        sentence(changed, "en")
    )
    cast.bromma.areas.all().delete()
    cast.bromma.end(by=cast.security_chief, last_day=date(2026, 12, 31))
    assert "31 december 2026" in sentence(Event.objects.get(verb="board.ended"), "sv")


def test_every_event_of_the_cast_has_a_sentence_without_gaps(cast: Cast, appointed: Event) -> None:
    cast.coordinator, cast.member, cast.auditor  # noqa: B018
    for language in ("sv", "en"):
        with override(language):
            for event in activity.tell(list(Event.objects.select_related("actor", "board"))):
                assert "–" not in event.sentence, event.sentence  # type: ignore[attr-defined]
                assert "%(" not in event.sentence  # type: ignore[attr-defined]


def test_an_old_event_whose_verb_is_gone_is_still_shown(cast: Cast, appointed: Event) -> None:
    appointed.verb = "office.knighted"
    assert "office.knighted" in sentence(appointed, "en")


def test_a_coordinator_reads_the_log_of_the_own_board_alone(cast: Cast, appointed: Event) -> None:
    own = signed_in(cast.coordinator).get("/logg/").content.decode()
    assert "Olof Dahl utsåg Lina Fors" in own
    assert (
        "Olof Dahl utsåg Lina Fors" not in signed_in(cast.farsta_coordinator).get("/logg/").content.decode()
    )
    assert signed_in(cast.employee).get("/logg/").status_code == 403


def test_the_auditor_reads_all_of_it_and_what_belongs_to_no_board(cast: Cast, appointed: Event) -> None:
    cast.employee.sign_out_everywhere(by=cast.administrator)
    text = signed_in(cast.auditor).get("/logg/").content.decode()
    assert "Olof Dahl utsåg Lina Fors" in text
    assert "Nils Falk loggade ut Lina Fors överallt" in text
    only = signed_in(cast.auditor).get("/logg/?slag=roller").content.decode()
    assert "loggade ut" not in only


def test_the_log_is_given_out_as_excel(cast: Cast, appointed: Event) -> None:
    answer = signed_in(cast.auditor).get(f"/logg/?namnd={cast.bromma.slug}&format=xlsx")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    cells = [cell for row in book.worksheets[1].iter_rows(values_only=True) for cell in row]
    assert any(str(cell).startswith("Olof Dahl utsåg Lina Fors") for cell in cells)


def test_a_boards_page_tells_its_latest_events_to_those_who_may_read_them(
    cast: Cast, appointed: Event
) -> None:
    for address in (f"/namnder/{cast.bromma.slug}/", f"/namnder/{cast.bromma.slug}/roller/"):
        assert "Olof Dahl utsåg Lina Fors" in signed_in(cast.coordinator).get(address).content.decode()
        assert "Olof Dahl utsåg" not in signed_in(cast.farsta_coordinator).get(address).content.decode()
