"""“What stops if this fails?” as a page: for an organisation by what it has written itself."""

import re

import pytest

from boards.models import ReadLog
from risk_analysis.models import Commitment, Dependency, Rsa
from risk_analysis.what_if import sign
from tests.conftest import Cast, signed_in

from . import analyses

PAGE = "/namnder/bromma/vad-stannar/"


@pytest.fixture
def rsa(cast: Cast) -> Rsa:
    """Home care manages four hours without electricity, and two days more with its plan."""
    return analyses.filled(cast, analyses.begun(cast))


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_it_says_what_stops_when_and_why_beside_a_picture_with_its_table(cast: Cast, rsa: Rsa) -> None:
    html = signed_in(cast.coordinator).get(PAGE, {"fran": sign("good:el")}).content.decode()
    shown = text_of(html)
    assert "Inom 168 timmar stannar 1 åtagande, i 1 organisation. Det första efter 52 timmar." in shown
    assert (
        "Timme 52: Hemtjänst (Bromma stadsdelsnämnd) klarar sig 4 timmar utan El och 48 timmar till" in shown
    )
    assert "För länge från timme 76." in shown
    assert re.search(r'<svg class="cascade"[^>]*role="img" aria-label="Inom 168 timmar', html)
    assert re.search(
        r'<th scope="row">Hemtjänst</th>\s*<td>Bromma stadsdelsnämnd</td>\s*<td>52 timmar</td>', html
    )


def test_within_fewer_hours_less_stops(cast: Cast, rsa: Rsa) -> None:
    asked = {"fran": sign("good:el"), "timmar": "24"}
    assert (
        "Ingenting stannar inom 24 timmar." in signed_in(cast.coordinator).get(PAGE, asked).content.decode()
    )


def test_the_address_says_nothing_of_what_the_organisation_depends_on(cast: Cast, rsa: Rsa) -> None:
    html = signed_in(cast.coordinator).get(PAGE).content.decode()
    choices = re.findall(r'<option value="([^"]*)"[^>]*>\s*([^<]*?)\s*</option>', html)
    assert "El" in [name for _code, name in choices]
    assert all(re.fullmatch(r"[0-9a-f]{16}|\d*", code) for code, _name in choices)


@pytest.mark.parametrize(
    "asked", [{"fran": "x"}, {"fran": sign("good:vatten")}, {"fran": sign("good:el"), "timmar": "5"}]
)
def test_what_cannot_be_asked_is_said_beside_the_field(cast: Cast, rsa: Rsa, asked: dict[str, str]) -> None:
    answer = signed_in(cast.coordinator).get(PAGE, asked)
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()


def test_an_organisation_sees_its_own_part_alone(cast: Cast, rsa: Rsa) -> None:
    other = Rsa.objects.create(cycle=rsa.cycle, board=cast.farsta, slug="farsta", method=rsa.method)
    theirs = Commitment.objects.create(rsa=other, title="Kök", criticality=4)
    Dependency.objects.create(rsa=other, commitment=theirs, kind="el", name="El", tolerance_hours=1)
    html = signed_in(cast.coordinator).get(PAGE, {"fran": sign("good:el")}).content.decode()
    assert "Hemtjänst" in html
    assert "Kök" not in html


def test_what_has_been_handed_in_goes_before_what_is_being_written(cast: Cast) -> None:
    analyses.handed_in(cast, analyses.a_round(cast, 2025))
    draft = analyses.begun(cast)
    Commitment.objects.add(draft, by=cast.coordinator, title="Utkast", people=4)
    html = signed_in(cast.coordinator).get(PAGE).content.decode()
    assert "RSA 2025" in html


def test_without_an_analysis_it_says_so(cast: Cast) -> None:
    assert "Det finns ingen analys att fråga än." in signed_in(cast.coordinator).get(PAGE).content.decode()


def test_each_opening_is_noted(cast: Cast, rsa: Rsa) -> None:
    signed_in(cast.coordinator).get(PAGE)
    assert ReadLog.objects.get().level == "K2"
