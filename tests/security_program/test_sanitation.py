"""A text that should never have been written is removed wherever it stands, and what remains is told."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from boards import commitments, key_store, letters, outbox, sanitation
from boards.days import today
from boards.models import AccessRequest, Board, Dispatch, Event, FactorReset, KeptText
from risk_analysis.models import MethodVersion
from tests.conftest import Cast, signed_in

WORDS = "Kaninens gömställe"
TEXT = f"Här står {WORDS} med mera."


@pytest.fixture
def protector(cast: Cast) -> Client:
    return signed_in(cast.protective_chief)


@pytest.fixture
def written(cast: Cast) -> AccessRequest:
    return AccessRequest.objects.ask(cast.bromma, by=cast.employee, reason=TEXT)


def remove(browser: Client, **fields: str) -> Any:
    given = {"words": WORDS, "diary_number": "KS 2026/1", "step": "remove", **fields}
    return browser.post(reverse("sanitation"), given)


def test_finding_shows_where_and_removes_nothing(protector: Client, written: AccessRequest) -> None:
    page = remove(protector, step="find").content.decode()
    assert "What you need it for" in page or "Vad du behöver det till" in page
    assert TEXT not in page
    written.refresh_from_db()
    assert written.reason == TEXT


def test_it_goes_from_fields_sealed_fields_and_snapshots(
    protector: Client, written: AccessRequest, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    reset = FactorReset.ask(cast.employee, by=cast.chief, reason=TEXT)
    old_key = str(reset.record_key)
    method = MethodVersion.objects.current()
    version = MethodVersion.objects.create(
        number=99,
        likelihoods=[{"name": TEXT}, {"name": "x"}],
        consequences=method.consequences,
        protected_values=[],
        criticalities=[],
        levels=method.levels,
    )
    with django_capture_on_commit_callbacks(execute=True):
        assert remove(protector).status_code == 302
    for row in (written, reset, version):
        row.refresh_from_db()
    assert written.reason.startswith("[borttaget ")
    assert reset.reason.startswith("[borttaget ")
    assert version.likelihoods[0]["name"].startswith("[borttaget ")
    assert version.likelihoods[1]["name"] == "x"
    # What an older dump holds of the sealed one cannot be opened any more.
    with pytest.raises(key_store.KeyGoneError):
        key_store.find(old_key)


def test_it_goes_from_drafts_waiting_mail_files_and_cache(
    protector: Client, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    cast.employee.kept_texts.create(browser="x", sealed="y", expires_at="2030-01-01T00:00Z")
    letters.send("password_changed", cast.employee)
    outbox.write("any", cast.employee, subject="Hej", body=TEXT)
    cache.set("page", TEXT)
    name = default_storage.save("lists/one.csv", ContentFile(TEXT.encode()))
    other = default_storage.save("lists/two.csv", ContentFile(b"ordinary"))
    try:
        with django_capture_on_commit_callbacks(execute=True):
            remove(protector)
        assert not default_storage.exists(name)
        assert default_storage.exists(other)
    finally:
        default_storage.delete(name)
        default_storage.delete(other)
    assert not KeptText.objects.exists()
    (left,) = Dispatch.objects.exclude(sealed="")
    assert left.kind == "password_changed", "a letter without the words is still sent"
    assert cache.get("page") is None


def test_the_event_holds_a_commitment_and_not_the_words(protector: Client, written: AccessRequest) -> None:
    remove(protector)
    event = Event.objects.get(verb="text.sanitized")
    facts = json.loads(event.body)["facts"]
    assert "Kanin" not in event.body
    assert commitments.was_meant(event, WORDS)
    assert facts["texts"] == [f"boards.AccessRequest.reason {written.pk}"]
    assert facts["in_backups_until"] > today().isoformat()


def test_the_page_says_until_when_backups_hold_it(protector: Client, written: AccessRequest) -> None:
    remove(protector)
    page = protector.get(reverse("sanitation")).content.decode()
    assert f"I säkerhetskopior som längst till och med {sanitation.in_backups_until()}" in page
    assert "KS 2026/1" in page


def test_the_address_does_not_repeat_the_text(protector: Client, written: AccessRequest) -> None:
    assert WORDS not in remove(protector)["Location"]


def test_words_with_a_marking_may_be_given_here(protector: Client, cast: Cast) -> None:
    board = Board.objects.get(pk=cast.bromma.pk)
    Board.objects.filter(pk=board.pk).update(note="BEGRÄNSAT HEMLIG kaninburen")
    remove(protector, words="BEGRÄNSAT HEMLIG")
    board.refresh_from_db()
    assert board.note.startswith("[borttaget ")


def test_too_few_letters_are_refused(protector: Client, written: AccessRequest) -> None:
    assert remove(protector, words="Kanin").status_code == 200
    assert not Event.objects.filter(verb="text.sanitized").exists()


@pytest.mark.parametrize("who", ["coordinator", "administrator", "duty_officer"])
def test_others_may_not(cast: Cast, who: str) -> None:
    assert remove(signed_in(getattr(cast, who))).status_code == 403
