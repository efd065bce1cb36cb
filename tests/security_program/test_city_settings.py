"""What differs between cities is data, changed by whoever manages the city, each change with one event."""

import json

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from boards.models import City, Event, SiteText
from crisis.models import Level
from risk_analysis import levels
from risk_analysis.models import MethodVersion
from tests.conftest import Cast, signed_in

PAGES = [
    "",
    "stad/",
    "utseende/",
    "telefon/",
    "kontakt/",
    "datum/",
    "datum/rsa/",
    "skalor/",
    "skalor/nivaer/",
    "skalor/sannolikhet/",
    "skalor/konsekvens/",
    "skalor/skyddsvarden/",
    "skalor/kritikalitet/",
    "texter/",
    "texter/front/",
    "nivaer/",
    "nivaer/storning/",
]
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#12536B"/></svg>'


@pytest.fixture(autouse=True)
def reference(cast: Cast) -> None:
    call_command("load_reference")


def events(verb: str) -> int:
    return Event.objects.filter(verb=verb).count()


@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_for_those_who_manage_the_city(cast: Cast, page: str) -> None:
    assert signed_in(cast.administrator).get(f"/installningar/{page}").status_code == 200
    assert signed_in(cast.coordinator).get(f"/installningar/{page}").status_code == 403


@pytest.mark.parametrize("page", ["datum/finns-inte/", "skalor/finns-inte/", "texter/x/", "nivaer/x/"])
def test_what_is_not_there_is_not_found(cast: Cast, page: str) -> None:
    assert signed_in(cast.administrator).get(f"/installningar/{page}").status_code == 404


def test_the_name_of_the_city_is_changed_with_one_event(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    browser.post("/installningar/stad/", {"name": "Uppsala kommun", "environment": "test"})
    assert City.objects.here().name == "Uppsala kommun"
    event = Event.objects.get(verb="city.changed")
    assert event.actor == cast.administrator
    assert json.loads(event.body)["facts"]["changed"]["name"] == ["Stockholms stad", "Uppsala kommun"]
    assert "TEST" in browser.get("/").content.decode()


def test_saving_without_a_change_leaves_no_event(cast: Cast) -> None:
    city = City.objects.here()
    facts = {"name": city.name, "environment": city.environment}
    signed_in(cast.administrator).post("/installningar/stad/", facts)
    assert events("city.changed") == 0


def test_a_city_without_a_name_is_refused_in_words(cast: Cast) -> None:
    page = signed_in(cast.administrator).post("/installningar/stad/", {"name": "", "environment": "test"})
    assert page.status_code == 200
    assert "Fel:" in page.content.decode()


def upload(cast: Cast, drawing: str, **facts: str):
    file = SimpleUploadedFile("logo.svg", drawing.encode(), "image/svg+xml")
    return signed_in(cast.administrator).post(
        "/installningar/utseende/", {"logo_file": file, "logo_alt": "Stadens märke", **facts}
    )


def test_a_logo_is_served_as_a_picture_that_can_do_nothing(cast: Cast) -> None:
    assert upload(cast, LOGO).status_code == 302
    answer = signed_in(cast.employee).get("/logotyp.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert 'alt="Stadens märke"' in signed_in(cast.employee).get("/").content.decode()


def test_a_logo_needs_words(cast: Cast) -> None:
    page = upload(cast, LOGO, logo_alt="")
    assert page.status_code == 200
    assert City.objects.here().logo == ""


def test_a_logo_is_taken_away_again(cast: Cast) -> None:
    upload(cast, LOGO)
    facts = {"remove_logo": "on", "logo_alt": "", "font_family": ""}
    signed_in(cast.administrator).post("/installningar/utseende/", facts)
    assert City.objects.here().logo == ""
    assert signed_in(cast.employee).get("/logotyp.svg").status_code == 404


def test_a_font_of_the_citys_own_comes_first_in_the_style(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    assert browser.get("/typsnitt.css").status_code == 404
    browser.post("/installningar/utseende/", {"font_family": "Stockholm Type"})
    answer = browser.get("/typsnitt.css")
    assert answer["Content-Type"].startswith("text/css")
    assert '--font: "Stockholm Type"' in answer.content.decode()
    assert "typsnitt.css" in browser.get("/").content.decode()


@pytest.mark.parametrize("name", ['"; } body { display: none', "a;b", "url(x)", "</style>"])
def test_a_font_is_a_name_and_nothing_else(cast: Cast, name: str) -> None:
    signed_in(cast.administrator).post("/installningar/utseende/", {"font_family": name})
    assert City.objects.here().font_family == ""


def test_a_date_is_moved_with_one_event(cast: Cast) -> None:
    form = {"what": "RSA", "what_en": "RSA", "month": 5, "day": 20, "offset_days": 0, "every_years": 1}
    form |= {"first_year": "", "audience": "samordnare", "source": "Beslut", "is_checked": "on"}
    assert signed_in(cast.administrator).post("/installningar/datum/rsa/", form).status_code == 302
    assert events("calendar.moved") == 1
    form["month"] = 4
    form["day"] = 31
    assert signed_in(cast.administrator).post("/installningar/datum/rsa/", form).status_code == 200


def test_the_proposed_table_keeps_the_rule() -> None:
    proposal = MethodVersion.objects.proposal()
    assert levels.problems(proposal.levels) == []
    assert proposal.level(likelihood=1, consequence=5) == levels.HIGH
    assert proposal.level(likelihood=5, consequence=1) == levels.MODERATE


@pytest.mark.parametrize(
    ("consequence", "likelihood", "level"),
    [(5, 1, levels.MODERATE), (3, 3, levels.LOW), (1, 1, levels.HIGH), (5, 5, 7)],
)
def test_a_table_that_breaks_the_rule_is_refused(
    cast: Cast, consequence: int, likelihood: int, level: int
) -> None:
    table = [list(row) for row in MethodVersion.objects.proposal().levels]
    table[consequence - 1][likelihood - 1] = level
    with pytest.raises(ValidationError):
        MethodVersion.objects.decide(by=cast.administrator, levels=table)
    assert not MethodVersion.objects.exists()


def table_form(**changes: int) -> dict[str, int]:
    table = MethodVersion.objects.current().levels
    form = {f"level_{c}_{p}": table[c - 1][p - 1] for c in levels.STEPS for p in levels.STEPS}
    return {**form, **changes}


def test_a_change_of_levels_makes_a_new_version_and_keeps_the_old(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    browser.post("/installningar/skalor/nivaer/", table_form(level_1_4=levels.MODERATE))
    browser.post("/installningar/skalor/nivaer/", table_form(level_1_3=levels.MODERATE))
    assert list(MethodVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert MethodVersion.objects.get(number=1).level(3, 1) == levels.LOW
    assert MethodVersion.objects.current().level(3, 1) == levels.MODERATE
    assert events("method.decided") == 2


def test_a_mild_catastrophe_is_refused_in_words(cast: Cast) -> None:
    form = table_form(level_5_1=levels.MODERATE)
    page = signed_in(cast.administrator).post("/installningar/skalor/nivaer/", form)
    assert "Det som är osannolikt men katastrofalt måste vara minst Hög" in page.content.decode()


def test_the_matrix_says_the_level_in_every_cell(cast: Cast) -> None:
    page = signed_in(cast.administrator).get("/installningar/skalor/").content.decode()
    assert page.count('class="level level--') == 25
    assert page.index("5 Katastrofal") < page.index("1 Mycket begränsad")


def test_a_word_of_a_scale_is_changed_in_both_languages(cast: Cast) -> None:
    scale = MethodVersion.objects.current().likelihoods
    form = {f"{part}_{step}": text for step, word in enumerate(scale, 1) for part, text in word.items()}
    form["word_1"] = "Nästan aldrig"
    signed_in(cast.administrator).post("/installningar/skalor/sannolikhet/", form)
    assert MethodVersion.objects.current().likelihoods[0]["word"] == "Nästan aldrig"
    assert "Nästan aldrig" in signed_in(cast.coordinator).get("/rsa/").content.decode()


def test_a_text_is_worded_by_the_city_in_both_languages(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    browser.post("/installningar/texter/front/", {"text": "Vår inledning", "text_en": "Our words"})
    assert "Vår inledning" in browser.get("/").content.decode()
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Our words" in browser.get("/").content.decode()
    assert SiteText.objects.get(key="front").text_en == "Our words"
    assert events("text.changed") == 1


def test_a_level_is_reworded_and_its_order_stays(cast: Cast) -> None:
    level = Level.objects.get(code="storning")
    form = {
        name: getattr(level, name) for name in ("name_en", "text", "text_en", "decided_by", "decided_by_en")
    }
    signed_in(cast.administrator).post("/installningar/nivaer/storning/", {**form, "name": "Nivå ett"})
    level.refresh_from_db()
    assert (level.name, level.step) == ("Nivå ett", 1)
    assert events("level.reworded") == 1
    assert "Nivå ett" in signed_in(cast.employee).get("/kris/").content.decode()


def test_a_file_that_is_no_drawing_is_refused(cast: Cast) -> None:
    page = upload(cast, "GIF89a")
    assert page.status_code == 200
    assert City.objects.here().logo == ""


@pytest.mark.parametrize(
    "changes",
    [{"every_years": 0}, {"every_years": 9999}, {"first_year": 20_000}, {"offset_days": -30_000}, {"month": 10**23}],
)  # fmt: skip
def test_a_date_that_never_comes_is_refused(cast: Cast, changes: dict[str, int]) -> None:
    """Everybody's own page tells the next date, so one that cannot be counted would close them all."""
    form = {"what": "RSA", "what_en": "RSA", "month": 5, "day": 20, "offset_days": 0, "every_years": 1}
    form |= {"first_year": 2026, "audience": "alla", "source": "Beslut", **changes}
    browser = signed_in(cast.administrator)
    assert browser.post("/installningar/datum/rsa/", form).status_code == 200
    assert events("calendar.moved") == 0
    assert signed_in(cast.employee).get("/min-sida/").status_code == 200
