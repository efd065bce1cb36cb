"""The city's questions answer themselves from the pages: who lacks what, what cannot be shown, what was inherited."""

import re
from datetime import date

from django.urls import reverse

from boards.days import today
from boards.models import Board
from security_program.deriving import derive
from security_program.models import Assignment, Requirement
from security_program.oversight import Across, Matrix
from tests.conftest import Cast, signed_in

NOW = today().year
MATRIX = reverse("obligation_matrix")


def read(city: Cast, url: str) -> str:
    return signed_in(city.case_officer).get(url).content.decode()


def under(page: str, heading: str) -> set[str]:
    """The organisations listed under a heading of the page."""
    sections = re.findall(r"<section .*?</section>", page, re.S)
    mine = next((each for each in sections if f">{heading} <" in each), "")
    return set(re.findall(r"<span>([^<]+)</span></a>", mine))


def bound() -> set[str]:
    rows = Assignment.objects.for_year(NOW).binding().filter(requirement__code="REQ-028")
    return set(rows.values_list("board__name", flat=True))


def test_who_lacks_an_information_security_coordinator_today(city: Cast) -> None:
    city.holder("Nora Ny", "informationssakerhetssamordnare", city.bromma)
    page = read(city, "/uppfoljning/krav/req-028/")
    assert under(page, "Brister") == bound() - {city.bromma.name}
    assert under(page, "Uppfyller") == {city.bromma.name}
    assert f"{len(bound()) - 1} av " in page


def test_an_answer_does_not_hide_what_the_system_sees(city: Cast) -> None:
    row = city.bromma.assignments.get(year=NOW, requirement__code="REQ-028")
    row.state("uppfyllt", by=city.coordinator)
    assert city.bromma.name in under(read(city, "/uppfoljning/krav/req-028/"), "Brister")


def test_which_boards_lack_an_exercise_cannot_be_shown_yet_and_the_page_says_so(city: Cast) -> None:
    page = read(city, "/uppfoljning/krav/req-082/")
    heading = "Kan inte visas än: väntar på planer, jour och övningar"
    assert city.bromma.name in under(page, heading)
    assert not under(page, "Brister") | under(page, "Uppfyller")
    assert "tag--done" not in page


def test_what_jarva_inherited(city: Cast) -> None:
    derive(2023)
    answers = (("rinkeby_kista_sdn", "uppfyllt", ""), ("spanga_tensta_sdn", "ej", "Planen är från 2019."))
    for code, value, reason in answers:
        row = Assignment.objects.get(board__code=code, year=2023, requirement__code="REQ-038")
        row.state(value, by=city.chief, reason=reason)
    jarva = Board.objects.get(code="jarva_sdn")
    person = city.holder("Ida Rask", "sakerhetssamordnare", jarva)
    page = signed_in(person).get(reverse("obligation_list", args=[jarva.slug, 2023])).content.decode()
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Rinkeby-Kista stadsdelsnämnd 2023: Uppfyllt." in words
    assert "Spånga-Tensta stadsdelsnämnd 2023: Inte uppfyllt." in words
    assert "Ärvt" in words
    assert reverse("obligation_list", args=["rinkeby-kista", 2023]) not in page
    assert reverse("obligation_list", args=["rinkeby-kista", 2023]) in read(
        city, reverse("obligation_list", args=[jarva.slug, 2023])
    )


def test_those_who_answer_nothing_yet_stand_together(city: Cast) -> None:
    requirement = Requirement.objects.get(code="REQ-038")
    city.bromma.assignments.get(year=NOW, requirement=requirement).state("uppfyllt", by=city.coordinator)
    groups = {str(group.title): group.lines for group in Across(requirement, NOW).together}
    assert [line.assignment.board for line in groups["Uppfyller"]] == [city.bromma]
    assert city.farsta in [line.assignment.board for line in groups["Inte besvarad"]]


def test_what_is_met_is_no_link_and_what_is_not_leads_to_the_evidence(city: Cast) -> None:
    met, short = (
        city.bromma.assignments.get(year=NOW, requirement__code=code) for code in ("REQ-038", "REQ-039")
    )
    met.state("uppfyllt", by=city.coordinator)
    short.state("ej", by=city.coordinator, reason="Nej.")
    page = read(city, f"{MATRIX}?omrade=alla")
    assert f"{NOW}/038/bromma/" not in page
    assert f"<td class=o-not><a href={NOW}/039/bromma/>Nej</a></td>" in page
    assert page.count("<td class=o-met>Ja</td>") == 1


def test_the_rows_of_each_group_can_be_skipped_and_each_organisation_read_as_a_list(city: Cast) -> None:
    page = read(city, MATRIX)
    ids = set(re.findall(r'id="([^"]+)"', page))
    skips = re.findall(r'class="skip-rows" href="#([^"]+)"', page)
    assert len(skips) == len(Matrix(NOW).groups) > 1
    assert set(skips) <= ids
    for board in Matrix(NOW).boards:
        assert reverse("obligation_list", args=[board.slug, NOW]) in page


def test_a_column_that_concerns_nobody_in_view_is_not_there(city: Cast) -> None:
    area = Matrix(NOW).area
    everybodys = Assignment.objects.for_year(NOW).filter(requirement__focus_area__slug=area)
    wanted = set(everybodys.values_list("requirement__code", flat=True))
    assert {column.code for column in Matrix(NOW, area).columns} == wanted
    everybodys.filter(requirement__code=min(wanted)).delete()
    assert {column.code for column in Matrix(NOW, area).columns} == wanted - {min(wanted)}


def test_a_year_of_another_version_has_its_own_columns(city: Cast) -> None:
    derive(2019)
    assert Matrix(2019).programme.adopted_on < date(2019, 12, 31)
    assert not {column.code for column in Matrix(2019).columns} & {
        column.code for column in Matrix(NOW).columns
    }
