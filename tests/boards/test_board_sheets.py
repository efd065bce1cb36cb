"""The board's sheet: ordered by anybody who is signed in, printed by a worker, published once as a document."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.test import Client

from boards import board_sheets, documents, tasks, work
from boards.days import today
from boards.models import BoardSheet, Document, Job
from tests.conftest import Cast, signed_in


def order(client: Client, cast: Cast) -> Job:
    client.post(f"/namnder/{cast.bromma.slug}/namndblad/")
    return Job.objects.get(kind="board-sheet")


def test_the_sheet_is_printed_once_and_opens_for_everyone(cast: Cast, as_coordinator: Client) -> None:
    job = order(as_coordinator, cast)
    tasks.work(job.pk)
    tasks.work(job.pk)
    document = Document.objects.get(kind="namndblad")
    assert BoardSheet.objects.get().version.document == document
    answer = as_coordinator.post(f"/namnder/{cast.bromma.slug}/namndblad/")
    assert answer["Location"] == document.get_absolute_url()
    file = signed_in(cast.employee).get(f"{document.get_absolute_url()}fil/1/")
    assert file.content.startswith(b"%PDF")


def test_a_change_at_the_board_makes_a_new_sheet(cast: Cast, as_coordinator: Client) -> None:
    first = order(as_coordinator, cast)
    assert order(as_coordinator, cast) == first
    cast.bromma.correct(by=cast.administrator, note="Ny")
    as_coordinator.post(f"/namnder/{cast.bromma.slug}/namndblad/")
    assert Job.objects.filter(kind="board-sheet").count() == 2


@pytest.mark.parametrize(("language", "foot"), [("sv", "Sida 1 av 1"), ("en", "Page 1 of 1")])
def test_the_sheet_stands_our_checks_and_says_what_it_is(
    cast: Cast, tmp_path: Path, language: str, foot: str
) -> None:
    holder = cast.coordinator
    page = board_sheets.html(board_sheets.gather(cast.bromma, today()), language)
    printed = board_sheets.pdf.print_pdf(page)
    assert printed.faults == ()
    file = tmp_path / "sheet.pdf"
    file.write_bytes(printed.content)
    text = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    for words in (holder.name, foot, "K0", cast.bromma.name):
        assert words in text
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        assert str(pdf.Root.Lang) == language
        assert b'pdfuaid:part="1"' in pdf.Root.Metadata.read_bytes()
    checked = subprocess.run(
        [settings.BASE_DIR / "script" / "check_pdf", file], check=False, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout


def test_a_faulty_file_fails_the_check_with_its_faults_in_words(tmp_path: Path) -> None:
    file = tmp_path / "bare.pdf"
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(file)
    checked = subprocess.run(
        [settings.BASE_DIR / "script" / "check_pdf", file], check=False, capture_output=True, text=True
    )
    assert checked.returncode == 1
    assert "the document is not tagged" in checked.stdout


def test_a_worker_thought_dead_publishes_nothing(cast: Cast, as_coordinator: Client) -> None:
    job = order(as_coordinator, cast)
    assert job.claim()
    Job.objects.filter(pk=job.pk).update(token=job.token + 1)
    with pytest.raises(work.SupersededError):
        board_sheets.print_sheet(job)
    assert not Document.objects.filter(kind="namndblad").exists()
    assert len(list(documents.orphans())) == 0
