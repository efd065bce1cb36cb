"""An empty installation becomes a city in nine short parts and at most twelve answers."""

from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from boards.accounts import invitations
from boards.models import Board, City, Event, User
from security_program import first_run, first_run_forms
from security_program.models import Programme
from security_program.pages.first_run import FORMS
from tests.conftest import Cast, signed_in

FILE = "Namn;Typ;Förvaltning\nSocialnämnden;Facknämnd;Socialförvaltningen\nUppsala Vatten AB;Bolag;\n"


@pytest.fixture
def administrator(db: None) -> User:
    call_command("load_reference", "--offices-only")
    (first, _link), _second = invitations.bootstrap([("a@example.org", "Ada"), ("b@example.org", "Bo")])
    return first


@pytest.fixture
def browser(administrator: User) -> Client:
    return signed_in(administrator)


def answers(**changes: Any) -> dict[str, dict[str, Any]]:
    return {
        "stad": {"name": "Uppsala kommun", "environment": "production"},
        "namnder": {"source": "stockholm"},
        "program": {"programme": "later"},
        "skalor": {},
        "datum": {},
        "mejl": {"send": "no"},
        "inloggning": {},
        "telefon": {"crisis_support_phone": "018-727 00 00"},
        "kontakt": {"support_email": "help@example.org"},
        **changes,
    }


def answer(browser: Client, part: str, **facts: Any):
    return browser.post(f"/kom-igang/{part}/", facts)


def test_an_empty_installation_leads_its_administrator_there(browser: Client) -> None:
    assert browser.get("/min-sida/").url == "/kom-igang/"
    assert "Nio korta delar" in browser.get("/kom-igang/").content.decode()


def test_there_are_at_most_twelve_answers(administrator: User) -> None:
    required = 0
    for part in first_run.SLUGS:
        form, _facts = FORMS[part](None, None)
        required += sum(field.required for field in form.fields.values()) or 1
    decision = 2  # asked only of whoever confirms a programme at once
    assert required + decision <= 12


def test_all_parts_answered_make_a_city(browser: Client) -> None:
    for part, facts in answers().items():
        assert answer(browser, part, **facts).status_code == 302, part
    city = City.objects.here()
    assert city.is_set_up
    assert city.name == "Uppsala kommun"
    assert Board.objects.count() >= 78
    assert Event.objects.filter(verb="city.set_up").count() == 1
    assert browser.get("/kom-igang/").status_code == 404
    assert browser.get("/min-sida/").status_code == 200


def test_each_answer_leads_to_the_next_and_can_be_taken_up_again(browser: Client) -> None:
    assert answer(browser, "stad", **answers()["stad"]).url == "/kom-igang/namnder/"
    again = Client()
    again.cookies = browser.cookies
    page = again.get("/min-sida/").content.decode()
    assert "1 av 9 delar är besvarade" in page
    assert "/kom-igang/namnder/" in page


@pytest.mark.parametrize("part", first_run.SLUGS)
def test_every_part_is_a_page(browser: Client, part: str) -> None:
    assert browser.get(f"/kom-igang/{part}/").status_code == 200


def test_it_is_for_those_who_manage_the_city(administrator: User) -> None:
    lina = User.objects.create_user("lina@example.org", "Lina Fors")
    assert signed_in(lina).get("/kom-igang/").status_code == 403
    assert signed_in(lina).get("/min-sida/").status_code == 200


def upload(browser: Client, content: bytes, name: str = "namnder.csv"):
    return answer(browser, "namnder", source="file", file=SimpleUploadedFile(name, content))


def test_a_file_of_boards_is_shown_before_anything_is_written(browser: Client) -> None:
    assert upload(browser, FILE.encode()).url == "/kom-igang/fil/"
    before = Board.objects.count()
    page = browser.get("/kom-igang/fil/").content.decode()
    assert "Socialnämnden" in page
    assert "Läs in 2 rader" in page
    assert Board.objects.count() == before
    assert browser.post("/kom-igang/fil/").url == "/kom-igang/stad/"
    assert Board.objects.get(name="Socialnämnden").administration == "Socialförvaltningen"
    assert Event.objects.filter(verb="board.added").count() == 2


def test_what_is_wrong_in_a_file_is_told_with_its_cell(browser: Client) -> None:
    page = upload(browser, b"Namn;Typ\nSocialn\xc3\xa4mnden;Klubb\n").content.decode()
    assert "Cell B2" in page
    assert "”Klubb” är ingen typ av nämnd eller bolag" in page


def test_choosing_a_file_without_one_is_told(browser: Client) -> None:
    assert "Välj en fil." in answer(browser, "namnder", source="file").content.decode()


def test_a_programme_is_confirmed_with_the_councils_decision(browser: Client) -> None:
    chosen = {"programme": "sakerhetsprogram-2024"}
    assert answer(browser, "program", **chosen).status_code == 200
    assert Programme.objects.in_force() is None
    decision = {"decided_on": "2024-06-10", "paragraph": "§ 12"}
    assert answer(browser, "program", **chosen, **decision).status_code == 302
    assert Programme.objects.in_force().slug == "sakerhetsprogram-2024"


def test_an_ended_programme_is_not_offered(administrator: User) -> None:
    offered = [slug for slug, _label in first_run_forms.FirstProgrammeForm().fields["programme"].choices]
    assert "sakerhetsprogram-2020-2023" not in offered


def test_a_test_message_is_sent_to_oneself(browser: Client, administrator: User) -> None:
    answer(browser, "mejl", send="yes")
    assert mail.outbox[0].to == [administrator.email]


def test_a_mail_server_that_is_down_is_told(browser: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = answer(browser, "mejl", send="yes").content.decode()
    assert "Mejlet kom inte iväg" in page


def test_single_sign_on_is_told_without_its_secrets(browser: Client, settings: Any) -> None:
    settings.SSO_PROVIDERS = {"oidc": [{"name": "Stadens inloggning X", "secret": "hemlig-nyckel"}]}
    page = browser.get("/kom-igang/inloggning/").content.decode()
    assert "Stadens inloggning X" in page
    assert "hemlig-nyckel" not in page


def test_the_scales_are_decided_on_by_the_one_who_goes_on(browser: Client, administrator: User) -> None:
    from risk_analysis.models import MethodVersion

    answer(browser, "skalor")
    assert MethodVersion.objects.current().decided_by == administrator


def test_a_city_that_is_set_up_is_not_led_anywhere(cast: Cast) -> None:
    City.objects.here().end_first_run(by=cast.administrator)
    assert signed_in(cast.administrator).get("/min-sida/").status_code == 200
    assert signed_in(cast.administrator).get("/kom-igang/").status_code == 404


def test_an_empty_register_says_so_and_leads_on(browser: Client) -> None:
    page = browser.get("/namnder/").content.decode()
    assert "Här finns inga nämnder eller bolag än." in page
    assert 'href="/kom-igang/namnder/"' in page
    assert "0 " not in page.split("<h1>")[1].split("<section")[0]


def test_a_city_without_districts_does_not_count_them(browser: Client) -> None:
    Board.objects.create(code="social", slug="social", name="Socialnämnden", kind="facknamnd")
    Board.objects.create(code="vatten", slug="vatten", name="Vatten AB", kind="kommunalt_bolag")
    page = browser.get("/namnder/").content.decode()
    assert "Programmet gäller för kommunstyrelsen, 1 facknämnd och 1 bolag." in page
