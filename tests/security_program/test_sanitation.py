"""A text that should never have been written is removed wherever it stands, and what remains is told."""

import json
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from boards import commitments, documents, key_store, letters, outbox, pdf, sanitation
from boards.days import today
from boards.models import AccessRequest, Board, Dispatch, Draft, Event, FactorReset, Import, KeptText
from risk_analysis.models import MethodVersion
from tests.boards import hostile_files
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


def filed(cast: Cast, content: bytes, name: str, level: str = "K1") -> Any:
    facts = {"title": "Plan", "kind": "plan", "level": level}
    return documents.publish(cast.bromma, content, name, by=cast.coordinator, **facts)


def word_file(text: str) -> bytes:
    """A text that the program has cut into pieces, as it does where somebody has gone back and corrected."""
    half = len(text) // 2
    runs = f"<w:p><w:r><w:t>{text[:half]}</w:t></w:r><w:r><w:t>{text[half:]}</w:t></w:r></w:p>"
    return hostile_files.zipped(**{"word/document.xml": runs.encode()})


def test_it_goes_from_stored_papers_whatever_they_are(
    protector: Client, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    printed = pdf.print_pdf(f"<html lang='sv'><title>Plan</title><p style='width:3em'>{TEXT}</p></html>")
    other = pdf.print_pdf("<html lang='sv'><title>Plan</title><p>Något helt annat.</p></html>")
    holding = [
        filed(cast, printed.content, "plan.pdf"),
        filed(cast, printed.content, "hemlig.pdf", level="K3"),
        filed(cast, word_file(TEXT), "plan.docx"),
    ]
    kept = filed(cast, other.content, "annan.pdf")
    assert [paper.pk for paper in sanitation.find(WORDS).papers] == [paper.pk for paper in holding]
    with django_capture_on_commit_callbacks(execute=True):
        remove(protector)
    for paper in holding:
        with pytest.raises(documents.LostFileError):
            documents.content_of(paper)
    assert documents.content_of(kept) == other.content


def test_it_goes_from_drafts_in_use_and_in_the_bin(protector: Client, cast: Cast) -> None:
    for path, text in (("/a/", TEXT), ("/b/", TEXT), ("/c/", "annat")):
        sealed = Draft.seal(path, "Rubrik", {"text": [text]})
        Draft.objects.create(person=cast.employee, path=path, sealed=sealed)
    Draft.objects.get(path="/b/").discard(by=cast.employee)
    remove(protector)
    assert [draft.path for draft in Draft.with_discarded.all()] == ["/c/"]


def test_it_goes_from_rows_that_a_file_brought(protector: Client, cast: Cast) -> None:
    reading = Import.objects.create(
        kind="namnder", file_name="a.csv", sha256="0", rows=[[2, {"name": TEXT}, {}]], asked_by=cast.employee
    )
    reading.changes.create(
        act="new", object_type="boards.Board", object_id=1, title=TEXT, after={"name": TEXT}
    )
    remove(protector)
    reading.refresh_from_db()
    change = reading.changes.get()
    assert reading.rows[0][1]["name"].startswith("[borttaget ")
    assert change.title.startswith("[borttaget ")
    assert WORDS not in str(change.after)


def test_a_session_that_carries_it_ends(protector: Client, cast: Cast) -> None:
    other = signed_in(cast.employee)
    session = other.session
    session["pending"] = [{"name": TEXT}]
    session.save()
    remove(protector)
    assert not other.session.exists(session.session_key)
    assert protector.get(reverse("sanitation")).status_code == 200


def test_finding_tells_of_each_place(protector: Client, cast: Cast) -> None:
    filed(cast, word_file(TEXT), "plan.docx")
    sealed = Draft.seal("/a/", "Rubrik", {"text": [TEXT]})
    Draft.objects.create(person=cast.employee, path="/a/", sealed=sealed)
    page = remove(protector, step="find").content.decode()
    assert "1 utkast, som kastas" in page
    assert f"version 1, hos {cast.bromma.name}" in page


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
