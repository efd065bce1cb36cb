"""What became of each focus area, step by step and across several versions, and of each paragraph."""

import pytest
from django.core.management import call_command

from security_program import wording
from security_program.comparison import Comparison, compare
from security_program.models import Programme
from security_program.programme_file import Line
from tests.conftest import Cast, signed_in

OLD = [Line("Lika för alla."), Line("Varje nämnd övar ibland."), Line("Detta tas bort.")]
NEW = [Line("Lika för alla."), Line("Varje nämnd övar varje år.")]


@pytest.fixture
def programmes(cast: Cast) -> dict[int, Programme]:
    call_command("load_reference")
    return {programme.first_year: programme for programme in Programme.objects.all()}


def became(comparison: Comparison, before: str) -> set[tuple[str, str]]:
    rows = [row for row in comparison.areas if row.before and row.before.slug == before]
    return {(row.kind, row.after.slug if row.after else row.elsewhere) for row in rows}


def test_two_neighbours_show_what_moved_away(programmes: dict) -> None:
    comparison = compare(programmes[2024], programmes[2020])
    assert comparison.older == programmes[2020]
    assert became(comparison, "sakerhetsskydd-och-informationssakerhet") == {
        ("andrat", "sakerhetsskydd"),
        ("flyttat", "Stadens kvalitetsprogram"),
    }


def test_across_three_versions_a_subject_is_followed_to_where_it_is(programmes: dict) -> None:
    comparison = compare(programmes[2018], programmes[2024])
    assert became(comparison, "motstandskraft") == {("andrat", "beredskap")}
    assert became(comparison, "forebygga-brott") == {("flyttat", "Stockholms stads trygghetsprogram")}
    assert ("flyttat", "Stadens trygghetsprogram") in became(comparison, "otillaten-paverkan-hot-och-vald")


def test_an_area_that_no_line_leads_to_is_new(programmes: dict) -> None:
    comparison = compare(programmes[2018], programmes[2020])
    assert [row.after.slug for row in comparison.areas if row.before is None] == ["civilt-forsvar"]


def test_paragraphs_stand_side_by_side_with_the_changed_words_marked(cast: Cast, programmes: dict) -> None:
    for year, lines in ((2020, OLD), (2024, NEW)):
        wording.load(programmes[year], lines, wording.Mapping(), by=cast.security_chief)
    same, changed, gone = compare(programmes[2020], programmes[2024]).pairs
    assert same.is_same
    assert [piece.text for piece in changed.after if piece.is_changed] == ["varje år."]
    assert [piece.text for piece in changed.before if not piece.is_changed] == ["Varje nämnd övar"]
    assert gone.after == ()


def test_the_page_follows_the_address_and_asks_for_two_versions(cast: Cast, programmes: dict) -> None:
    browser = signed_in(cast.coordinator)
    one, other = programmes[2018].slug, programmes[2020].slug
    assert "Förebygga brott" in browser.get(f"/program/jamfor/?fran={one}&till={other}").content.decode()
    assert browser.get(f"/program/jamfor/?fran={one}&till=finns-inte").status_code == 200


def test_the_line_of_descent_says_what_moved_and_what_is_our_reading(cast: Cast, programmes: dict) -> None:
    page = signed_in(cast.coordinator).get("/program/utveckling/").content.decode()
    assert "Stadens kvalitetsprogram" in page
    assert "Vår läsning" in page
    assert "Ändrat: 5. Flyttat till ett annat program: 2." in page, "from 2020–23 to 2024"
    assert "Måltext saknas i underlaget" in (
        signed_in(cast.coordinator).get("/program/sakerhetsprogram-2024/").content.decode()
    )
