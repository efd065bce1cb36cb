"""The city loads its own decided wording: shown first, written once, corrected beside. Hostile files are refused."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from boards.models import Event
from security_program import programme_file, wording
from security_program.models import Paragraph, Programme, Requirement
from security_program.programme_file import Line, UnreadableFileError
from tests.conftest import Cast, signed_in

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = (
    f'<w:document xmlns:w="{W}"><w:body>'
    '<w:p><w:pPr><w:pStyle w:val="Rubrik1"/></w:pPr><w:r><w:t>Krisberedskap</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>Alla övar </w:t></w:r><w:del><w:r><w:delText>aldrig</w:delText></w:r></w:del>"
    "<w:r><w:t>varje år.</w:t></w:r></w:p></w:body></w:document>"
)
STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="Rubrik1"><w:name w:val="heading 1"/></w:style></w:styles>'
)
LINES = [
    Line("Krisberedskap", 1),
    Line("Varje nämnd har en utsedd krisledningsorganisation."),
    Line("Civilt försvar", 1),
    Line("Planeringen går framåt."),
]
TEXT = "# Krisberedskap\n\nVarje nämnd har en utsedd krisledningsorganisation.\n\n# Civilt försvar\n\nPlanering.\n"


def docx(body: str = BODY, styles: str = STYLES, **parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", body)
        archive.writestr("word/styles.xml", styles)
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


@pytest.fixture
def programme(cast: Cast) -> Programme:
    call_command("load_reference")
    return Programme.objects.get(slug="sakerhetsprogram-2020-2023")


def test_a_word_document_is_read_with_its_headings_and_without_what_was_struck_out() -> None:
    assert programme_file.read(docx(), "program.docx") == [
        Line("Krisberedskap", 1),
        Line("Alla övar varje år.", 0),
    ]


def test_markdown_is_read_with_headings_lists_and_no_marks() -> None:
    text = "# Mål\nStaden **står** emot\nstörningar.\n\n- ett [här](https://x)\n- två\n\nUnder\n---\n"
    assert programme_file.read(text.encode(), "p.md") == [
        Line("Mål", 1),
        Line("Staden står emot störningar."),
        Line("ett här"),
        Line("två"),
        Line("Under", 2),
    ]


def test_plain_text_from_an_old_windows_is_read() -> None:
    assert programme_file.read("Första.\r\n\r\nAndra å.".encode("cp1252"), "p.txt")[1] == Line("Andra å.")


def bomb() -> bytes:
    return docx(BODY.replace("Alla", "a" * 15_000_000))


def entities() -> bytes:
    return docx('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + BODY.replace("Alla", "&b;"))


def outside() -> bytes:
    return docx('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + BODY.replace("Alla", "&a;"))


def many_parts() -> bytes:
    return docx(**{f"word/{number}.xml": "" for number in range(2001)})


def truncated() -> bytes:
    return docx()[:-40]


def half_xml() -> bytes:
    return docx(BODY[:-20])


@pytest.mark.parametrize("hostile", [bomb, entities, outside, many_parts, truncated, half_xml])
def test_a_hostile_word_document_is_refused(hostile: Callable[[], bytes]) -> None:
    with pytest.raises(UnreadableFileError):
        programme_file.read(hostile(), "p.docx")


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "p.txt"), (b"a\0b", "p.txt"), (b"a", "p.exe"), (b"a" * 8001, "p.txt"), (b"x\n\n" * 2001, "p.md")],
)
def test_what_is_no_text_or_too_much_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(UnreadableFileError):
        programme_file.read(content, name)


def test_areas_and_requirements_are_proposed_by_their_words(programme: Programme) -> None:
    proposed = wording.propose(programme, LINES)
    area = programme.focus_areas.get(slug="civilt-forsvar")
    assert proposed.areas[area.pk] == 3
    assert proposed.requirements[Requirement.objects.get(code="REQ-076").pk] == 2


def test_a_paragraph_belongs_to_the_area_whose_heading_stands_above(cast: Cast, programme: Programme) -> None:
    wording.load(programme, LINES, wording.propose(programme, LINES), by=cast.security_chief)
    areas = [paragraph.focus_area.slug for paragraph in programme.paragraphs.select_related("focus_area")]
    assert areas == ["krisberedskap", "krisberedskap", "civilt-forsvar", "civilt-forsvar"]
    assert Requirement.objects.get(code="REQ-076").paragraphs.get().order == 2
    assert Event.objects.filter(verb="programme.text_loaded").count() == 1


def test_a_decided_text_is_loaded_once(cast: Cast, programme: Programme) -> None:
    wording.load(programme, LINES, wording.Mapping(), by=cast.security_chief)
    with pytest.raises(ValidationError):
        wording.load(programme, LINES[:1], wording.Mapping(), by=cast.security_chief)
    assert programme.paragraphs.count() == 4


def test_a_text_out_for_consultation_may_be_loaded_anew(cast: Cast, programme: Programme) -> None:
    coming = Programme.objects.get(slug="sakerhetsprogram-2024")
    wording.load(coming, LINES, wording.Mapping(), by=cast.security_chief)
    wording.load(coming, LINES[:1], wording.Mapping(), by=cast.security_chief)
    assert coming.paragraphs.count() == 1


def test_a_marked_text_is_never_stored(cast: Cast, programme: Programme) -> None:
    with pytest.raises(ValidationError):
        wording.load(programme, [Line("HEMLIG")], wording.Mapping(), by=cast.security_chief)
    assert not Paragraph.objects.exists()


def test_the_page_writes_nothing_before_it_is_confirmed(cast: Cast, programme: Programme) -> None:
    browser = signed_in(cast.security_chief)
    door = f"/program/{programme.slug}/text/ny/"
    answer = browser.post(door, {"file": SimpleUploadedFile("p.md", TEXT.encode())}, follow=True)
    assert "Inget är skrivet än." in answer.content.decode()
    assert not Paragraph.objects.exists()
    shown = answer.context["form"]
    numbers = {name: field.initial for name, field in shown.fields.items() if field.initial}
    browser.post(answer.request["PATH_INFO"], numbers)
    assert programme.paragraphs.count() == 4
    assert browser.get(door).status_code == 404


def test_only_the_city_office_loads_a_text(cast: Cast, programme: Programme) -> None:
    assert signed_in(cast.coordinator).get(f"/program/{programme.slug}/text/ny/").status_code == 403


def test_a_correction_stands_beside_the_text(cast: Cast, programme: Programme) -> None:
    wording.load(programme, LINES, wording.Mapping(), by=cast.security_chief)
    browser = signed_in(cast.security_chief)
    browser.post(
        f"/program/{programme.slug}/text/2/rattelse/", {"right": "Så här.", "reason": "Ett ord saknades."}
    )
    page = signed_in(cast.coordinator).get(f"/program/{programme.slug}/").content.decode()
    assert LINES[1].text in page
    assert "Så här." in page


def test_the_command_writes_only_what_a_person_confirms(
    cast: Cast, programme: Programme, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "p.md"
    file.write_text(TEXT)
    call_command("import_programme", programme.slug, file)
    assert not Paragraph.objects.exists()
    assert "REQ-076 -> 2" in capsys.readouterr().out
    call_command("import_programme", programme.slug, file, confirm=cast.security_chief.email)
    assert programme.paragraphs.count() == 4


def test_the_command_says_what_is_wrong(programme: Programme, tmp_path: Path) -> None:
    file = tmp_path / "p.exe"
    file.write_text("a")
    with pytest.raises(CommandError):
        call_command("import_programme", programme.slug, file)
