"""Whole files: shown before anything is written, carried out once, and undone as a whole while nothing builds on it."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from boards import exports, import_views, imports, spreadsheets
from boards.days import today
from boards.models import Board, Event, Import, Membership, Office, OfficeHolder
from boards.sealed_room import RefusedFileError
from tests.boards import hostile_files
from tests.conftest import LONG_AGO, Cast, signed_in

BOARDS, OFFICES, MEMBERS = (imports.KINDS[code] for code in ("namnder", "rollinnehavare", "ledamoter"))
HOLDER = "Nämnd;Roll;E-post;Från;Till"
MEMBER = "Nämnd;Uppdrag;E-post;Från;Till"


def read(kind: imports.ImportKind, by: Any, *lines: str, is_whole: bool = False) -> Import:
    return imports.read(kind, "\n".join(lines).encode(), "fil.csv", by=by, is_whole=is_whole)


def carry_out(reading: Import) -> imports.Plan:
    plan = imports.plan_of(reading, by=reading.asked_by)
    return imports.carry_out(reading, by=reading.asked_by, mark=plan.mark)


def members(cast: Cast, *lines: str, **how: Any) -> Import:
    return read(MEMBERS, cast.security_chief, MEMBER, *lines, **how)


def holders(cast: Cast, *lines: str, **how: Any) -> Import:
    return read(OFFICES, cast.security_chief, HOLDER, *lines, **how)


def test_nothing_is_written_before_somebody_confirms_what_they_saw(cast: Cast) -> None:
    person = cast.person("Ny Ledamot")
    reading = members(cast, f"Bromma;Ledamot;{person.email};2026-01-01;")
    plan = imports.plan_of(reading, by=reading.asked_by)
    assert plan.counts == {"new": 1, "changed": 0, "ended": 0, "same": 0}
    assert not Membership.objects.filter(person=person).exists()
    Membership.objects.create(person=person, board=cast.bromma, valid_from=LONG_AGO)
    with pytest.raises(ValidationError, match="ändrats"):
        imports.carry_out(reading, by=reading.asked_by, mark=plan.mark)


def test_the_same_file_twice_changes_nothing_the_second_time(cast: Cast) -> None:
    line = f"Bromma;Ledamot;{cast.employee.email};2026-01-01;"
    reading = members(cast, line)
    assert carry_out(reading).writes == 1
    with pytest.raises(ValidationError, match="redan inläst"):
        imports.carry_out(
            reading, by=reading.asked_by, mark=imports.plan_of(reading, by=reading.asked_by).mark
        )
    assert carry_out(members(cast, line)).counts == {"new": 0, "changed": 0, "ended": 0, "same": 1}
    assert Event.objects.filter(verb="import.carried_out").count() == 2


def test_a_whole_list_ends_those_it_does_not_name_and_no_others(cast: Cast) -> None:
    left, elsewhere, stays = (cast.person(f"Person {n}") for n in range(3))
    for person, board in ((left, cast.bromma), (stays, cast.bromma), (elsewhere, cast.farsta)):
        Membership.objects.create(person=person, board=board, valid_from=LONG_AGO)
    carry_out(members(cast, f"Bromma;Ledamot;{stays.email};2020-01-01;", is_whole=True))
    assert set(Membership.objects.on().values_list("person__name", flat=True)) == {"Person 1", "Person 2"}
    assert left.memberships.get().valid_to == today() - timedelta(days=1)


def test_the_whole_import_is_undone_to_what_was_before(cast: Cast) -> None:
    left, new = cast.person("Som Slutar"), cast.person("Som Börjar")
    Membership.objects.create(person=left, board=cast.bromma, valid_from=LONG_AGO)
    before = list(Membership.objects.order_by("pk").values())
    reading = members(cast, f"Bromma;Ordförande;{new.email};2026-01-01;", is_whole=True)
    carry_out(reading)
    assert list(Membership.objects.order_by("pk").values()) != before
    imports.undo(reading, by=reading.asked_by)
    assert list(Membership.objects.order_by("pk").values()) == before
    with pytest.raises(ValidationError):
        imports.undo(reading, by=reading.asked_by)


def test_what_has_changed_since_stops_the_undoing_with_its_name(cast: Cast) -> None:
    reading = members(cast, f"Bromma;Ledamot;{cast.employee.email};2026-01-01;")
    carry_out(reading)
    cast.employee.memberships.get().end(by=None, last_day=today())
    with pytest.raises(ValidationError, match="Lina Fors"):
        imports.undo(reading, by=reading.asked_by)
    assert cast.employee.memberships.exists()


def test_offices_that_read_protected_facts_wait_for_a_second_person(cast: Cast) -> None:
    person = cast.person("Ny Samordnare")
    reading = holders(cast, f"Farsta;Säkerhetssamordnare;{person.email};2026-01-01;")
    assert imports.plan_of(reading, by=reading.asked_by).items[0].note
    carry_out(reading)
    holding = person.office_holdings.get()
    assert holding.awaits_approval
    holding.approve(by=cast.administrator)
    with pytest.raises(ValidationError, match="ändrats"):
        imports.undo(reading, by=reading.asked_by)


def test_an_appointment_and_a_last_day_are_read_in_and_undone(cast: Cast) -> None:
    boss, new = cast.holder("Gamla Chefen", "chef", cast.farsta), cast.person("Nya Chefen")
    lines = [f"Farsta;Chef;{boss.email};2020-01-01;2030-12-31", f"Farsta;Chef;{new.email};2026-01-01;"]
    reading = holders(cast, *lines)
    assert carry_out(reading).counts == {"new": 1, "changed": 1, "ended": 0, "same": 0}
    assert boss.office_holdings.get().valid_to == date(2030, 12, 31)
    imports.undo(reading, by=reading.asked_by)
    assert boss.office_holdings.get().valid_to is None
    assert not OfficeHolder.objects.filter(person=new).exists()


def test_one_row_that_is_refused_leaves_the_register_as_it_was(cast: Cast) -> None:
    first, second = cast.person("Första"), cast.person("Andra")
    at = f"{cast.farsta.name};forvaltningschef"
    reading = holders(cast, f"{at};{first.email};2026-01-01;", f"{at};{second.email};2026-01-01;")
    with pytest.raises(ValidationError, match="Andra"):
        carry_out(reading)
    assert not first.office_holdings.exists()
    reading.refresh_from_db()
    assert reading.state == Import.State.READ


def test_a_board_is_read_in_taken_back_and_brought_back(cast: Cast) -> None:
    lines = (
        "Namn;Typ;E-post",
        "Nya nämnden;Facknämnd;ny@example.org",
        f"{cast.bromma.name};Stadsdelsnämnd;b@example.org",
    )
    reading = read(BOARDS, cast.administrator, *lines)
    carry_out(reading)
    imports.undo(reading, by=cast.administrator)
    cast.bromma.refresh_from_db()
    assert cast.bromma.email == ""
    board = Board.objects.get(name="Nya nämnden")
    assert board.is_over()
    carry_out(read(BOARDS, cast.administrator, *lines))
    board.refresh_from_db()
    assert not board.is_over()


def test_a_board_in_use_is_not_taken_back(cast: Cast) -> None:
    reading = read(BOARDS, cast.administrator, "Namn;Typ", "Nya nämnden;Facknämnd")
    carry_out(reading)
    board = Board.objects.get(name="Nya nämnden")
    Office.objects.of(board, "chef").appoint(cast.employee, by=None, valid_from=LONG_AGO)
    with pytest.raises(ValidationError, match="har använts"):
        imports.undo(reading, by=cast.administrator)


WRONG = [
    ("Okänd;Ledamot;{email};2026-01-01;", "Cell A2"),
    ("Bromma;Kung;{email};2026-01-01;", "Cell B2"),
    ("Bromma;Ledamot;ingen@example.org;2026-01-01;", "Cell C2"),
    ("Bromma;Ledamot;{email};i morgon;", "Cell D2"),
    ("Bromma;Ledamot;{email};;", "Cell D2"),
    ("Bromma;Ledamot;{email};2026-01-01;31/12", "Cell E2"),
]


@pytest.mark.parametrize(("line", "cell"), WRONG)
def test_what_is_wrong_is_told_by_its_cell_and_stops_the_whole(cast: Cast, line: str, cell: str) -> None:
    good = f"Farsta;Ledamot;{cast.employee.email};2026-01-01;"
    reading = members(cast, line.format(email=cast.employee.email), good)
    plan = imports.plan_of(reading, by=reading.asked_by)
    assert [problem.startswith(cell) for problem in plan.problems] == [True]
    with pytest.raises(ValidationError):
        carry_out(reading)
    assert not cast.employee.memberships.exists()


def test_nobody_appoints_elsewhere_by_way_of_a_file(cast: Cast) -> None:
    line = f"Farsta;Ledamot;{cast.employee.email};2026-01-01;"
    plan = imports.plan_of(read(MEMBERS, cast.chief, MEMBER, line), by=cast.chief)
    assert plan.items == []
    assert "A2" in plan.problems[0]
    with pytest.raises(PermissionDenied):
        read(BOARDS, cast.chief, "Namn;Typ", "Ny;Facknämnd")
    with pytest.raises(PermissionDenied):
        read(MEMBERS, cast.employee, MEMBER, line)


def test_the_pages_lead_from_the_file_to_the_undoing(cast: Cast) -> None:
    client, person = signed_in(cast.administrator), cast.person("Ny Ledamot")
    text = f"{MEMBER}\nBromma;Ledamot;{person.email};2026-01-01;\n".encode()
    answer = client.post("/import/ny/ledamoter/", {"file": SimpleUploadedFile("l.csv", text)})
    page = client.get(answer["Location"])
    mark = page.context["plan"].mark
    assert "1 är ny." in page.content.decode()
    client.post(f"{answer['Location']}genomford/", {"mark": mark})
    assert person.memberships.exists()
    assert "Ångra importen" in client.get(answer["Location"]).content.decode()
    client.post(f"{answer['Location']}angrad/")
    assert not person.memberships.exists()
    assert "Ångrad" in client.get("/import/").content.decode()


@pytest.mark.parametrize("code", list(imports.KINDS))
def test_a_template_comes_home_as_a_file_that_can_be_read(cast: Cast, code: str) -> None:
    kind = imports.KINDS[code]
    somebody = next(each for each in (cast.administrator, cast.coordinator) if kind.may(each))
    answer = signed_in(somebody).get(f"/import/mall/{code}/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    lines, headings = spreadsheets.read(content), kind.headings()
    assert any(lines[1])
    assert not list(spreadsheets.rows(lines, headings)), "the example is for reading"
    typed = [*lines, [f"{cell} själv" for cell in lines[1]]]
    assert [row.number for row in spreadsheets.rows(typed, headings)] == [3]
    assert load_workbook(io.BytesIO(content)).worksheets[0].title in spreadsheets.READ_ME


def test_a_hostile_file_is_refused_on_the_page_in_words(cast: Cast) -> None:
    file = SimpleUploadedFile("x.xlsx", hostile_files.word(**{"xl/vbaProject.bin": b"x"}))
    page = signed_in(cast.administrator).post("/import/ny/namnder/", {"file": file})
    assert "kunde inte läsas" in page.content.decode() or "gick inte att läsa" in page.content.decode()
    assert import_views.imports.Import.objects.count() == 0


def workbook(*lines: list[Any]) -> bytes:
    file = io.BytesIO()
    exports.write_excel(exports.Sheet("Prov", [str(text) for text in lines[0]], list(lines[1:])), file)
    return file.getvalue()


def sheet(cells: str, **parts: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
    return hostile_files.zipped(
        **{
            "[Content_Types].xml": hostile_files.TYPES.format(types).encode(),
            "xl/workbook.xml": b"<workbook/>",
            "xl/worksheets/sheet1.xml": cells.encode(),
            **{name: text.encode() for name, text in parts.items()},
        }
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" " * 2_000_001 + b"x", "too_large"),
        (b"a;b\0c", "no_table"),
        ("\n".join(["a;b", *["1;2"] * 5001]).encode(), "too_many_rows"),
        (b"a;b\n" + b"x" * 2001, "long_cell"),
        (workbook(["a"], *[["x"]] * 5002), "too_many_rows"),
        (sheet("<x/>", **{"xl/vbaProject.bin": "x"}), "macros"),
        (
            sheet(
                "<x/>",
                **{
                    "xl/externalLinks/_rels/e.xml.rels": hostile_files.RELATIONS.format(
                        hostile_files.EXTERNAL
                    )
                },
            ),
            "links",
        ),
        (sheet(hostile_files.BILLION), "entities"),
        (sheet(hostile_files.OUTSIDE), "entities"),
        (sheet(" " * 31_000_000), "bomb"),
        (sheet("<worksheet>" + "<row>" * 5), "no_table"),
        (hostile_files.word(), "no_table"),
    ],
)
def test_a_table_that_means_harm_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(RefusedFileError) as refused:
        spreadsheets.read(content)
    assert refused.value.code == reason


def test_what_our_writer_writes_our_reader_reads_back(cast: Cast) -> None:
    values = ["=1+1", "Åsa", date(2027, 1, 1), 7, None]
    assert spreadsheets.read(workbook(["a", "b", "c", "d", "e"], values))[1] == [
        "=1+1",
        "Åsa",
        "2027-01-01",
        "7",
    ]
    file = io.BytesIO()
    exports.write_csv(exports.Sheet("Prov", ["a", "b"], [["=1+1", "Åsa"]]), file)
    assert spreadsheets.read(file.getvalue())[1] == ["=1+1", "Åsa"]
