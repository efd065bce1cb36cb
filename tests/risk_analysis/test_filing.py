"""The filing journey through its pages."""

import pytest
from django.test import Client

from boards.models import ReadLog
from risk_analysis.models import Commitment, Considered, QuestionHandled, Risk, Rsa
from risk_analysis.parts import BY_SLUG
from tests.conftest import Cast, signed_in

from . import analyses


@pytest.fixture
def here(cast: Cast) -> str:
    return f"/rsa/{analyses.today().year}/{cast.bromma.slug}/"


def test_everything_follows_along_with_one_press(cast: Cast, here: str) -> None:
    analyses.handed_in(cast, analyses.a_round(cast, analyses.today().year - 1))
    analyses.a_round(cast)
    karin = signed_in(cast.coordinator)
    assert "Utgå från RSA" in karin.get(here).content.decode()
    page = karin.post(f"{here}borjan/", follow=True)
    assert "1 åtaganden, 2 risker, 1 kontinuitetsplaner och 1 åtgärder följde med" in page.content.decode()
    again = karin.post(f"{here}borjan/")
    assert (again.status_code, Rsa.objects.filter(cycle__year=analyses.today().year).count()) == (302, 1)


def test_an_unchanged_row_is_confirmed_with_one_press(cast: Cast, here: str) -> None:
    rsa = analyses.copied_forward(cast)
    care = Commitment.objects.get(rsa=rsa)
    signed_in(cast.coordinator).post(f"{here}ataganden/{care.pk}/bekraftelse/")
    assert Commitment.objects.get(pk=care.pk).is_confirmed


def test_a_list_is_confirmed_together_only_as_it_was_seen(cast: Cast, here: str) -> None:
    rsa = analyses.copied_forward(cast)
    karin = signed_in(cast.coordinator)
    shown = karin.get(f"{here}risker/").context["shown"]
    risk = Risk.objects.filter(rsa=rsa).first()
    risk.correct(by=cast.coordinator, why="Nytt")
    Risk.objects.filter(pk=risk.pk).update(is_confirmed=False)
    karin.post(f"{here}risker/bekraftelser/", {"shown": shown})
    assert Risk.objects.filter(rsa=rsa).unconfirmed().count() == 2
    shown = karin.get(f"{here}risker/").context["shown"]
    karin.post(f"{here}risker/bekraftelser/", {"shown": shown})
    assert not Risk.objects.filter(rsa=rsa).unconfirmed().exists()


def test_a_new_risk_needs_six_answers_and_says_which_are_missing(cast: Cast, here: str) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    karin = signed_in(cast.coordinator)
    care = Commitment.objects.get(rsa=rsa)
    form = karin.get(f"{here}risker/ny/").context["form"]
    assert sum(field.required for field in form.fields.values()) == 6
    page = karin.post(
        f"{here}risker/ny/", {"title": "Elavbrott", "commitment": care.pk, "version": "", "base": ""}
    )
    said = page.content.decode()
    assert "Välj hur allvarligt det blir" in said
    assert 'value="Elavbrott"' in said
    facts = {
        "title": "Elavbrott",
        "commitment": care.pk,
        "likelihood": 3,
        "consequence": 4,
        "worst_value": 2,
        "why": "2003",
    }
    karin.post(f"{here}risker/ny/", facts)
    assert Risk.objects.get(title="Elavbrott").level == rsa.method.level(3, 4)


def test_two_who_have_the_same_row_open_choose_field_by_field(cast: Cast, here: str) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    care = Commitment.objects.get(rsa=rsa)
    karin = signed_in(cast.coordinator)
    form = karin.get(f"{here}ataganden/{care.pk}/").context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    care.correct(by=cast.chief, legal_basis="SoL")
    page = karin.post(f"{here}ataganden/{care.pk}/", {**sent, "title": "Hemtjänst dygnet runt"})
    assert page.status_code == 409
    assert "Hemtjänst dygnet runt" in page.content.decode()


@pytest.mark.parametrize("answer", ["1", "2", "3"])
def test_no_answer_about_the_security_of_sweden_can_be_told_from_another(
    cast: Cast, here: str, answer: str
) -> None:
    analyses.begun(cast)
    karin = signed_in(cast.coordinator)
    page = karin.post(f"{here}skydd/", {"secret_answer": answer})
    handled = QuestionHandled.objects.get()
    assert handled.on == analyses.today()
    assert [field.name for field in QuestionHandled._meta.fields] == ["id", "rsa", "on"]
    shows = b"shows-a" if answer == "2" else b"shows-b"
    assert shows in page.content


def test_the_page_is_as_long_whichever_was_answered(cast: Cast, here: str) -> None:
    analyses.begun(cast)
    karin = signed_in(cast.coordinator)
    lengths = {len(karin.post(f"{here}skydd/", {"secret_answer": answer}).content) for answer in "123"}
    assert len(lengths) == 1


def test_it_goes_to_the_head_and_to_the_city_office_and_has_a_receipt(cast: Cast, here: str) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    karin, maria = signed_in(cast.coordinator), signed_in(cast.chief)
    karin.post(f"{here}chef/")
    assert "Fastställ analysen" in maria.get(here).content.decode()
    maria.post(f"{here}faststallande/")
    assert "allmän handling" in karin.get(here).content.decode()
    page = karin.post(f"{here}inlamning/", follow=True)
    assert page.request["PATH_INFO"] == f"{here}kvitto/"
    assert f"RSA-{rsa.cycle.year}-0001" in page.content.decode()


def test_what_is_not_relevant_is_said_with_a_reason(cast: Cast, here: str) -> None:
    rsa = analyses.begun(cast)
    karin = signed_in(cast.coordinator)
    karin.post(
        f"{here}stallningstagande/hot_vald/", {"what": "hot_vald", "reason": "Ingen publik verksamhet"}
    )
    assert Considered.objects.get(rsa=rsa).reason == "Ingen publik verksamhet"


@pytest.mark.parametrize(
    "page", ["", "granska/", "risker/", "skydd/", "formaga/", "kvitto/", "ataganden/ny/"]
)
def test_somebody_elsewhere_meets_the_same_nothing_as_at_a_year_that_never_was(
    cast: Cast, here: str, page: str
) -> None:
    analyses.filled(cast, analyses.begun(cast))
    for person in (cast.farsta_coordinator, cast.security_chief, cast.employee):
        client: Client = signed_in(person)
        hidden, missing = client.get(f"{here}{page}"), client.get(f"/rsa/1999/{cast.bromma.slug}/{page}")
        assert (hidden.status_code, hidden.content) == (404, missing.content)


@pytest.mark.parametrize("part", BY_SLUG)
def test_each_part_is_listed_and_each_row_opened_and_saved_as_it_stands(
    cast: Cast, here: str, part: str
) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    model, karin = BY_SLUG[part].model, signed_in(cast.coordinator)
    listed = karin.get(f"{here}{part}/")
    assert (listed.status_code, karin.get(f"{here}{part}/ny/").status_code) == (200, 200)
    for row in model.objects.filter(rsa=rsa):
        assert str(row) in listed.content.decode()
        form = karin.get(f"{here}{part}/{row.pk}/").context["form"]
        sent = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
        assert karin.post(f"{here}{part}/{row.pk}/", sent).status_code == 302
        assert model.objects.get(pk=row.pk).version == row.version


def test_whoever_opens_what_another_board_has_handed_in_is_noted(cast: Cast, here: str) -> None:
    analyses.handed_in(cast)
    signed_in(cast.security_chief).get(f"{here}granska/")
    assert ReadLog.objects.filter(reader=cast.security_chief, way=ReadLog.Way.OPENED, level="K2").exists()


def test_the_head_accepts_a_red_risk_until_a_day(cast: Cast, here: str) -> None:
    rsa = analyses.filled(cast, analyses.begun(cast))
    risk = Risk.objects.filter(rsa=rsa).red().get()
    address = f"{here}risker/{risk.pk}/acceptans/"
    facts = {"why": "Avvägt", "until": f"{analyses.today().year + 1}-06-30"}
    assert signed_in(cast.coordinator).post(address, facts).status_code == 403
    signed_in(cast.chief).post(address, facts)
    assert risk.acceptances.get().by == cast.chief
