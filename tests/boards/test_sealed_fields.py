"""A strongly limited text lies sealed with a key of its own record, and goes when the key goes."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from boards import key_store, letters, pdf, sealed_fields, verification
from boards.classes import Place
from boards.models import Event, FactorReset
from boards.sealing import BrokenSealError
from tests.conftest import Cast, signed_in

REASON = "Visade legitimation Kaninkort"


@pytest.fixture
def reset(cast: Cast) -> FactorReset:
    return FactorReset.ask(cast.employee, by=cast.chief, reason=REASON)


def in_database(reset: FactorReset) -> str:
    return FactorReset.objects.values_list("reason", flat=True).get(pk=reset.pk)


def test_it_lies_sealed_and_opens_from_its_object(reset: FactorReset) -> None:
    assert "Kanin" not in in_database(reset)
    assert FactorReset.objects.get(pk=reset.pk).reason == REASON
    assert FactorReset.objects.defer("reason").get(pk=reset.pk).reason == REASON


def test_the_event_says_nothing_of_it(reset: FactorReset) -> None:
    assert not Event.objects.filter(body__contains="Kanin").exists()


def test_each_record_has_a_key_of_its_own(reset: FactorReset, cast: Cast) -> None:
    other = FactorReset.ask(cast.coordinator, by=cast.chief, reason=REASON)
    assert other.record_key != reset.record_key
    assert in_database(other) != in_database(reset)


def test_moved_to_another_row_it_does_not_open(reset: FactorReset, cast: Cast) -> None:
    other = FactorReset.ask(cast.coordinator, by=cast.chief, reason="another")
    sealed, key = in_database(reset), reset.record_key
    FactorReset.objects.filter(pk=reset.pk).update(record_key=None)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE boards_factorreset SET reason = %s, record_key = %s WHERE id = %s",
            [sealed, key, other.pk],
        )
    with pytest.raises(BrokenSealError):
        _ = FactorReset.objects.get(pk=other.pk).reason


def test_changing_it_seals_it_anew_and_leaving_it_does_not(reset: FactorReset) -> None:
    before = in_database(reset)
    again = FactorReset.objects.get(pk=reset.pk)
    again.save()
    assert in_database(reset) == before
    again.reason = "Ringde tillbaka"
    again.save()
    assert FactorReset.objects.get(pk=reset.pk).reason == "Ringde tillbaka"


def test_a_record_read_again_writes_what_lay_there(reset: FactorReset) -> None:
    before = in_database(reset)
    reset.refresh_from_db()
    reset.save()
    assert in_database(reset) == before
    reset.forget()
    reset.refresh_from_db()
    reset.save()
    assert in_database(reset) == before


@pytest.mark.parametrize("lookup", ["reason", "reason__contains", "reason__icontains", "reason__startswith"])
def test_nobody_can_search_it(reset: FactorReset, lookup: str) -> None:
    with pytest.raises(FieldError):
        list(FactorReset.objects.filter(**{lookup: "Kanin"}))


def test_no_query_writes_it_in_clear(reset: FactorReset) -> None:
    with pytest.raises(TypeError):
        FactorReset.objects.update(reason="Kanin")
    with pytest.raises(TypeError):
        FactorReset.objects.bulk_create(
            [FactorReset(person=reset.person, asked_by=reset.asked_by, reason="Kanin")]
        )


@pytest.mark.parametrize("place", [place for place in Place if place is not Place.PAGE])
def test_what_is_written_for_somewhere_else_cannot_open_it(reset: FactorReset, place: Place) -> None:
    reset.refresh_from_db()
    with sealed_fields.writing_for(place), pytest.raises(sealed_fields.OutOfPlaceError):
        _ = reset.reason
    assert reset.reason == REASON


def test_a_letter_that_would_hold_it_is_not_written(
    reset: FactorReset, monkeypatch: pytest.MonkeyPatch
) -> None:
    reset.refresh_from_db()
    monkeypatch.setattr(letters, "render_to_string", lambda name, facts: f"Hej\n{facts['reset'].reason}")
    with pytest.raises(sealed_fields.OutOfPlaceError):
        letters.send("any", reset.person, reset=reset)


def test_a_document_that_would_hold_it_is_not_printed(reset: FactorReset) -> None:
    reset.refresh_from_db()
    sheet = {"sheet": {"board": {"name": OnlyWhenAsked(reset)}, "members": [], "areas": []}, "language": "sv"}
    with pytest.raises(sealed_fields.OutOfPlaceError):
        pdf.fill_in("pdf/board_sheet.html", sheet)


class OnlyWhenAsked:
    def __init__(self, reset: FactorReset) -> None:
        self.reset = reset

    def __str__(self) -> str:
        return self.reset.reason


def test_every_paper_is_filled_in_where_nothing_sealed_opens() -> None:
    """Whoever renders a template of templates/pdf does it by boards.pdf."""
    floors = ("boards", "crisis", "incidents", "risk_analysis", "security_program")
    texts = {path: path.read_text() for floor in floors for path in (settings.BASE_DIR / floor).rglob("*.py")}
    rendered = {
        path.name
        for path, text in texts.items()
        if re.search(r'(render|render_to_string|get_template)\([^)]*"pdf/', text)
    }
    assert rendered == set()


def test_forgotten_it_never_opens_again_and_the_rest_stays(
    reset: FactorReset, django_capture_on_commit_callbacks: Any
) -> None:
    key, sealed = reset.record_key, in_database(reset)
    with django_capture_on_commit_callbacks(execute=True):
        reset.forget()
    after = FactorReset.objects.get(pk=reset.pk)
    assert after.is_forgotten
    assert str(after.reason) == "Borttaget: tiden har gått ut"
    with pytest.raises(key_store.KeyGoneError):
        key_store.find(str(key))
    # An older dump has both the sealed text and the number of the key, and is none the wiser.
    FactorReset.objects.filter(pk=reset.pk).update(record_key=key)
    assert in_database(reset) == sealed
    assert str(FactorReset.objects.get(pk=reset.pk).reason) == "Borttaget: tiden har gått ut"
    assert verification.first_fault() is None


def test_a_deleted_record_takes_its_key_along(
    reset: FactorReset, django_capture_on_commit_callbacks: Any
) -> None:
    key = str(reset.record_key)
    with django_capture_on_commit_callbacks(execute=True):
        reset.delete()
    with pytest.raises(key_store.KeyGoneError):
        key_store.find(key)


def test_many_are_shown_with_one_question_for_their_keys(reset: FactorReset, cast: Cast) -> None:
    FactorReset.ask(cast.coordinator, by=cast.chief, reason="another")
    rows = sealed_fields.fetch_keys(FactorReset.objects.order_by("pk"))
    key_store.destroy([row.record_key for row in rows])
    assert [row.reason for row in rows] == [REASON, "another"]


def test_the_page_for_those_who_decide_shows_it(reset: FactorReset, cast: Cast) -> None:
    administrator = signed_in(cast.administrator)
    page = administrator.get(f"/konton/{cast.employee.pk}/")
    assert REASON in page.content.decode()
    assert REASON not in administrator.get("/konton/").content.decode(), "the list opens nothing sealed"


def test_a_key_whose_row_never_came_is_noted_and_destroyed_a_week_later(
    reset: FactorReset, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_store.sweep(sealed_fields.keys_in_use(), force=True)
    with transaction.atomic():
        lost = FactorReset.ask(cast.coordinator, by=cast.chief, reason="another").record_key
        transaction.set_rollback(True)
    call_command("sweep_keys", "--force")
    assert key_store.find(str(lost))
    clock = [key_store.time.time() + 2 * 3600]
    monkeypatch.setattr(key_store.time, "time", lambda: clock[0])
    call_command("sweep_keys", "--force")
    assert key_store.find(str(lost)), "noted, not yet destroyed"
    clock[0] += 8 * 24 * 3600
    call_command("sweep_keys", "--force")
    with pytest.raises(key_store.KeyGoneError):
        key_store.find(str(lost))
    assert FactorReset.objects.get(pk=reset.pk).reason == REASON


def test_beside_an_empty_database_nothing_is_swept(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [key_store.make() for _ in range(25)]
    soon = key_store.time.time() + 2 * 3600
    monkeypatch.setattr(key_store.time, "time", lambda: soon)
    with pytest.raises(CommandError, match="is this the right database"):
        call_command("sweep_keys")
    assert len(key_store.find_all(keys)) == 25
