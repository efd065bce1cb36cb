"""Pages that anyone may read: help, glossary, personal data and how accessible the service is."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.html import escape

from boards.forms import Quiet
from boards.models import Event, SiteText
from boards.swedish import sort_key
from security_program import glossary
from security_program.models import AccessibilityStatement, BarrierReport, HelpText
from security_program.reference import read
from tests.conftest import Cast, signed_in

STATEMENT = {
    "authority": "Stockholms stad",
    "decided_on": "2026-11-01",
    "barriers": "Matrisen kräver sidledes rullning på smal skärm.",
    "barriers_en": "The matrix scrolls sideways on a narrow screen.",
    "how_tested": "Egen granskning.",
    "how_tested_en": "Own review.",
    "contact_email": "tillganglighet@example.org",
    "contact_phone": "",
}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/hjalp/", "/ordlista/", "/personuppgifter/", "/tillganglighet/"])
def test_they_are_open_to_anyone_in_both_languages(anyone: Client, page: str) -> None:
    call_command("load_reference", "--offices-only")
    swedish = anyone.get(page)
    anyone.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = anyone.get(page)
    assert swedish.status_code == english.status_code == 200
    assert 'lang="sv"' in swedish.content.decode()
    assert 'lang="en"' in english.content.decode()


def texts() -> Iterator[tuple[str, dict]]:
    yield from (("help", row) for row in read("help"))
    yield from (("glossary", row) for row in read("glossary"))
    yield from (("calendar", row) for row in read("calendar"))


def test_every_text_stands_in_both_languages() -> None:
    for name, row in texts():
        for field in [field for field in row if f"{field}_en" in row]:
            assert all(text.strip() for text in (row[field], row[f"{field}_en"])), (name, row)


def test_the_glossary_has_its_words_with_sources_and_anchors(anyone: Client) -> None:
    rows = read("glossary")
    assert len(rows) >= 60
    assert all(row["source"] for row in rows)
    assert len({row["key"] for row in rows}) == len(rows)


@pytest.mark.django_db
def test_the_glossary_stands_in_swedish_order(anyone: Client) -> None:
    terms = [term.term for term in glossary.in_order()]
    assert terms == sorted(terms, key=sort_key)
    assert terms.index("Risk") < terms.index("Åtgärd") < terms.index("Övning")
    assert 'id="rsa"' in anyone.get("/ordlista/").content.decode()


def test_a_word_of_the_programme_is_explained_beside_its_field_in_the_readers_language(cast: Cast) -> None:
    browser = signed_in(cast.case_officer)
    found = {}
    for language in ("sv", "en"):
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        found[language] = browser.get("/program/anvisningar/ny/").content.decode()
    (row,) = [row for row in read("glossary") if row["key"] == "anvisning"]
    assert escape(row["text"]) in found["sv"]
    assert escape(row["text_en"]) in found["en"]


def test_every_word_beside_a_field_stands_in_the_glossary_and_its_field_in_the_form() -> None:
    forms = [form for form in all_forms() if form.explains]
    assert len(forms) >= 7
    for form in forms:
        assert form.explains.keys() <= form.base_fields.keys(), form
        assert all(explained().text for explained in form.explains.values()), form


def all_forms(form: Any = Quiet) -> set[Any]:
    return {form}.union(*(all_forms(below) for below in form.__subclasses__()))


@pytest.mark.django_db
def test_there_is_a_trail_of_five_minutes_for_each_role(anyone: Client) -> None:
    call_command("load_reference", "--offices-only")
    assert HelpText.objects.trails().count() >= 6
    page = anyone.get("/hjalp/").content.decode()
    for text in HelpText.objects.all():
        assert f'id="{text.key}"' in page


@pytest.mark.django_db
def test_without_texts_the_help_says_so(anyone: Client) -> None:
    assert "Ingen hjälp är inläst än." in anyone.get("/hjalp/").content.decode()


def test_personal_data_says_when_the_city_has_not_decided(cast: Cast, anyone: Client) -> None:
    assert "Staden har inte beslutat om texten än" in anyone.get("/personuppgifter/").content.decode()
    SiteText.objects.change("privacy", by=cast.administrator, text="Vår text", text_en="Ours")
    page = anyone.get("/personuppgifter/").content.decode()
    assert "Vår text" in page
    assert "inte beslutat" not in page


def test_the_statement_is_decided_by_a_person(cast: Cast, anyone: Client) -> None:
    assert "Inte fastställd än" in anyone.get("/tillganglighet/").content.decode()
    door = "/tillganglighet/redogorelse/ny/"
    assert signed_in(cast.coordinator).post(door, STATEMENT).status_code == 403
    assert signed_in(cast.administrator).post(door, STATEMENT).status_code == 302
    page = anyone.get("/tillganglighet/").content.decode()
    assert "Matrisen kräver sidledes rullning" in page
    assert cast.administrator.name in page
    assert "Inte fastställd än" not in page
    assert AccessibilityStatement.objects.current().decided_by == cast.administrator
    assert Event.objects.filter(verb="accessibility.decided").count() == 1


def test_a_barrier_is_reported_by_anyone_and_answered_in_public(cast: Cast, anyone: Client) -> None:
    page = anyone.post("/tillganglighet/brist/ny/", {"text": "Anna når inte knappen", "page": "/rsa/"})
    barrier = BarrierReport.objects.get()
    assert barrier.number in page.content.decode()
    door = f"/tillganglighet/brist/{barrier.pk}/"
    answer = {"about": "Knapp på RSA-sidan", "answer": "Rättat i dag."}
    assert anyone.post(door, answer).status_code == 302
    assert signed_in(cast.coordinator).get(door).status_code == 403
    assert signed_in(cast.administrator).post(door, answer).status_code == 302
    public = anyone.get("/tillganglighet/").content.decode()
    assert "Rättat i dag." in public
    assert "Anna når inte knappen" not in public
    assert signed_in(cast.administrator).get(door).status_code == 404


def test_an_answer_needs_both_its_parts(cast: Cast) -> None:
    barrier = BarrierReport.objects.report(text="x")
    door = f"/tillganglighet/brist/{barrier.pk}/"
    assert signed_in(cast.administrator).post(door, {"about": "", "answer": "y"}).status_code == 200
    assert BarrierReport.objects.waiting().count() == 1


@pytest.mark.django_db
def test_a_flood_of_barriers_is_slowed_down(anyone: Client) -> None:
    answers = [anyone.post("/tillganglighet/brist/ny/", {"text": "x"}) for _ in range(40)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) >= 1
    assert BarrierReport.objects.count() < 40


def test_each_letter_of_the_glossary_leads_to_its_first_word() -> None:
    terms = glossary.in_order()
    by_key = {term.key: term.term for term in terms}
    letters = glossary.letters(terms)
    assert [letter for letter, _ in letters] == sorted({term.term[0].upper() for term in terms}, key=sort_key)
    assert all(by_key[key].upper().startswith(letter) for letter, key in letters)
