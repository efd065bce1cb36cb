"""Documents: filed by those who may, given out only to those who may read them, and never changed or lost."""

import hashlib
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from boards import documents
from boards.models import Document, DocumentVersion, Event, ReadLog
from tests.boards import hostile_files
from tests.boards.hostile_files import HOSTILE, Hostile
from tests.conftest import Cast, signed_in


def filed(cast: Cast, level: str = "K1", name: str = "plan.pdf", **facts: Any) -> Document:
    facts = {"title": "Plan", "kind": "plan", "level": level, **facts}
    return documents.publish(cast.bromma, hostile_files.pdf(), name, by=None, **facts).document


def address(document: Document, number: int = 1) -> str:
    return f"/namnder/{document.board.slug}/dokument/{document.pk}/fil/{number}/"


@pytest.mark.parametrize("hostile", HOSTILE, ids=str)
def test_a_hostile_file_is_refused_with_its_reason(hostile: Hostile) -> None:
    with pytest.raises(ValidationError) as refused:
        documents.inspected(hostile.content())
    assert refused.value.error_list[0].code == hostile.reason
    assert "%(" not in refused.value.messages[0]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (hostile_files.pdf(), "pdf"),
        (hostile_files.word(), "word"),
        (hostile_files.word(body="<w:t>the word DDE in a text</w:t>"), "word"),
        (
            hostile_files.word(links=hostile_files.RELATION.format("hyperlink", "https://stockholm.se")),
            "word",
        ),
        (hostile_files.picture("JPEG"), "jpeg"),
        (hostile_files.picture("PNG"), "png"),
    ],
    ids=["PDF", "Word", "Word that says DDE", "Word with a link", "JPEG", "PNG"],
)
def test_an_ordinary_file_is_taken_whatever_it_is_called(content: bytes, kind: str) -> None:
    assert documents.inspected(content)[0] == kind


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_place_and_camera_are_taken_out_of_pictures(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kameramärke"
    exif.get_ifd(0x8825)[2] = (59.0, 19.0, 0.0)
    content = hostile_files.picture(kind, exif=exif)
    kept = documents.inspected(content)[1]
    with Image.open(io.BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert picture.size == (8, 8)
    assert b"Kamera" not in kept


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\plan.PDF", "plan.pdf"),
        ("plan\u202efdp.exe", "planfdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("\0", "dokument.pdf"),
        ("Årsplan 2026.pdf", "Årsplan 2026.pdf"),
        ("x" * 400 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_file_name_is_a_fact_and_never_a_place(name: str, kept: str) -> None:
    assert documents.clean_name(name, "pdf") == kept


def test_the_coordinator_files_a_document_and_a_new_version(cast: Cast, as_coordinator: Client) -> None:
    answer = as_coordinator.post(
        f"/namnder/{cast.bromma.slug}/dokument/ny/",
        {
            "file": SimpleUploadedFile("protokoll.docx", hostile_files.word()),
            "title": "Protokoll",
            "kind": "protokoll",
            "level": "K1",
            "registry_number": "BRO 2026/7",
        },
    )
    document = Document.objects.get()
    assert answer["Location"] == document.get_absolute_url()
    first = document.latest
    assert (first.name, first.kind) == ("protokoll.docx", "word")
    assert "protokoll" not in first.stored_as
    new = {"version-file": SimpleUploadedFile("protokoll.docx", hostile_files.word(body="Nytt"))}
    as_coordinator.post(f"{document.get_absolute_url()}version/", new)
    assert document.latest.number == 2
    assert list(Event.objects.filter(verb__startswith="document.").values_list("verb", flat=True)) == [
        "document.filed",
        "document.version_filed",
    ]
    new["version-file"].seek(0)
    again = as_coordinator.post(f"{document.get_absolute_url()}version/", new).content.decode()
    assert "samma fil som version 2" in again


def test_a_hostile_upload_leaves_nothing_behind(cast: Cast, as_coordinator: Client) -> None:
    sent = SimpleUploadedFile("plan.pdf", b"<script>alert(1)</script>")
    facts = {"file": sent, "title": "Plan", "kind": "plan", "level": "K1"}
    page = as_coordinator.post(f"/namnder/{cast.bromma.slug}/dokument/ny/", facts)
    assert "Vi tar emot PDF, Word" in page.content.decode()
    assert not Document.objects.exists()


def test_a_file_is_given_out_as_a_file_and_never_shown(cast: Cast, as_coordinator: Client) -> None:
    answer = as_coordinator.get(address(filed(cast)))
    assert hashlib.sha256(answer.content).hexdigest() == DocumentVersion.objects.get().sha256
    assert answer["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]
    assert not {"ETag", "Last-Modified"} & set(answer.headers)


READERS = [("K0", True, True), ("K1", True, False), ("K2", True, False), ("K3", False, False)]


@pytest.mark.parametrize(("level", "coordinator", "stranger"), READERS)
def test_who_gets_a_file_follows_its_class(cast: Cast, level: str, coordinator: bool, stranger: bool) -> None:
    document = filed(cast, level)
    for person, allowed in ((cast.coordinator, coordinator), (cast.farsta_coordinator, stranger)):
        for place in (address(document), document.get_absolute_url()):
            assert signed_in(person).get(place).status_code == (200 if allowed else 404)


def test_a_condition_in_the_question_tells_a_stranger_nothing(cast: Cast) -> None:
    document = filed(cast)
    stranger, nobody = signed_in(cast.farsta_coordinator), address(document).replace("/1/", "/9/")
    known = {
        "If-None-Match": f'"{document.latest.sha256}"',
        "If-Modified-Since": "Wed, 01 Jan 2031 00:00:00 GMT",
    }
    for headers in ({}, known, {"If-None-Match": "*"}, {"Range": "bytes=0-1"}):
        asked, missing = (
            stranger.get(address(document), headers=headers),
            stranger.get(nobody, headers=headers),
        )
        assert (asked.status_code, missing.status_code) == (404, 404)
    assert signed_in(cast.coordinator).get(address(document), headers=known).status_code == 200


def test_rights_are_asked_at_each_download(cast: Cast, as_coordinator: Client) -> None:
    document = filed(cast)
    assert as_coordinator.get(address(document)).status_code == 200
    holding = cast.coordinator.office_holdings.get()
    holding.end(by=None, last_day=timezone.localdate() - timedelta(days=1))
    assert signed_in(cast.coordinator).get(address(document)).status_code == 404


def test_secret_files_lie_sealed_and_open_again(cast: Cast) -> None:
    version = filed(cast, "K3").latest
    with documents.storage().open(version.stored_as) as stored:
        lying = stored.read()
    assert b"%PDF" not in lying
    assert documents.content_of(version).startswith(b"%PDF")
    other = filed(cast, "K3").latest
    documents.storage().delete(other.stored_as)
    documents.storage().save(other.stored_as, ContentFile(lying))
    with pytest.raises(documents.LostFileError):
        documents.content_of(other)


def test_a_file_changed_in_the_storage_is_not_given_out(cast: Cast, as_coordinator: Client) -> None:
    document = filed(cast)
    place = document.latest.stored_as
    documents.storage().delete(place)
    documents.storage().save(place, ContentFile(b"%PDF-1.7 another"))
    answer = as_coordinator.get(address(document), follow=True)
    assert "inte den som lades in" in answer.content.decode()


def test_versions_never_change_and_documents_are_never_deleted(cast: Cast) -> None:
    version = filed(cast).latest
    version.name = "other.pdf"
    for change in (version.save, version.delete, DocumentVersion.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        DocumentVersion.objects.update(name="x")


def test_a_withdrawn_document_stays_readable_and_takes_no_more_versions(cast: Cast) -> None:
    document, by = filed(cast), cast.coordinator
    document.withdraw(by=by, reason="Ersatt")
    with pytest.raises(PermissionDenied):
        document.withdraw(by=by, reason="Igen")
    with pytest.raises(PermissionDenied):
        documents.file_version(document, hostile_files.word(), "x.docx", by=by)
    listed = signed_in(by).get(f"/namnder/{cast.bromma.slug}/dokument/")
    assert listed.context["table"].page.rows == []
    assert signed_in(by).get(address(document)).status_code == 200


def test_nobody_files_in_a_class_they_do_not_read(cast: Cast) -> None:
    facts: dict[str, Any] = {"title": "X", "kind": "plan"}
    for person, level in ((cast.coordinator, "K3"), (cast.chief, "K2"), (cast.farsta_coordinator, "K0")):
        with pytest.raises(PermissionDenied):
            documents.file(cast.bromma, hostile_files.pdf(), "x.pdf", by=person, level=level, **facts)


def test_the_registrar_gives_a_document_its_number(cast: Cast) -> None:
    document = filed(cast)
    registrar = cast.holder("Rolf Arkiv", "registrator", cast.bromma)
    place = f"{document.get_absolute_url()}diarienummer/"
    signed_in(registrar).post(place, {"registry-registry_number": "BRO 2026/8"})
    document.refresh_from_db()
    assert document.registry_number == "BRO 2026/8"
    auditor = signed_in(cast.auditor)
    assert auditor.get(document.get_absolute_url()).status_code == 200
    assert auditor.post(place, {"registry-registry_number": "X"}).status_code == 403


def test_a_file_without_a_row_is_swept_away_in_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = filed(cast).latest
    documents.storage().save("ff/lost", ContentFile(b"x"))
    assert list(documents.orphans()) == []
    monkeypatch.setattr(documents, "ORPHANED_AFTER", timedelta(seconds=-5))
    assert "ff/lost" in documents.orphans()
    documents.forget_orphans()
    assert not documents.storage().exists("ff/lost")
    assert documents.content_of(kept)


def test_every_file_given_out_is_written_down(cast: Cast, as_coordinator: Client) -> None:
    document = filed(cast)
    as_coordinator.get(address(document))
    noted = ReadLog.objects.get(way=ReadLog.Way.GIVEN_OUT)
    assert (noted.reader, noted.level, noted.object_type) == (
        cast.coordinator,
        "K1",
        "boards.DocumentVersion",
    )
