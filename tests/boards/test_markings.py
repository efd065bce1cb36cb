"""A text with a marking of protective security is stopped before it is stored; ordinary words are not."""

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.utils import translation

from boards import documents, imports, markings
from boards.models import AccessRequest, City, CouncilMeeting, DocumentVersion, Import
from boards.models.texts import proposals
from security_program import reference
from tests.boards.test_api_changes import post
from tests.conftest import Cast, signed_in

MARKED = [
    "BEGRÄNSAT HEMLIG",
    "Bilaga 2 KONFIDENTIELL",
    "HEMLIG enligt 15 kap. 2 § OSL",
    "KVALIFICERAT  HEMLIG",
    "H E M L I G",
    "HEM\u200bLIG",
    "Säkerhetsskyddsklass: konfidentiell",
    "säkerhetsskyddsklass – begränsat hemlig",
    "Rapport\nBegränsat hemlig\n1 (3)",
    "Promemoria (hemlig)",
    "Säkerhetsskyddsklassificerad handling",
    "SÄKERHETSSKYDDSKLASSIFICERAD uppgift",
    "Sekretess enligt 15:2 OSL",
    "se H dnr 12/2026",
    "se KH-dnr 2026-7",
    "Hemlig diarienummer: H 2026-14",
    "NATO SECRET",
    "RESTREINT UE/EU RESTRICTED",
    "ＨＥＭＬＩＧ",
]
ORDINARY = [
    "Omröstningen är hemlig.",
    "Vi höll det hemligt för barnen.",
    "Konfidentiell rådgivning erbjuds alla anställda.",
    "Hemlighetsfull, hemlig eller öppen: allt ska diarieföras.",
    "Upphandlingar i säkerhetsskyddsklassen konfidentiell eller högre kräver säkerhetsskyddsavtal.",
    "Uppgifter som är säkerhetsskyddsklassificerade får inte skrivas här.",
    "Uppgifter i klassen begränsat hemlig hör inte hemma i systemet.",
    "Dnr KS 2026/123",
    "dnr 12/2026",
    "HEMTJÄNSTEN I HÄSSELBY",
    "Utbildning i säkerhetsskydd för chefer",
    "secret santa",
    "Sekretess enligt 21 kap. 3 § OSL",
    "15 kap. 2 § nämns i lagen",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_marking_is_found(text: str) -> None:
    assert markings.find(text)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_sentence_is_nobodys_marking(text: str) -> None:
    assert markings.find(text) == ""


def test_nothing_that_the_product_itself_says_is_a_marking() -> None:
    texts = [text for row in proposals().values() for text in row.values()]
    texts += [
        str(value)
        for name in ("help", "programmes", "calendar")
        for row in reference.read(name)
        for value in row.values()
    ]
    assert [text for text in texts if markings.find(text)] == []


def test_a_city_may_add_the_numbers_of_its_own_diary(settings: LazySettings) -> None:
    assert markings.find("SÄK-17:2026") == ""
    settings.PROTECTED_DIARY_PATTERNS = [r"SÄK-\d+:\d{4}"]
    assert markings.find("se SÄK-17:2026") == "SÄK-17:2026"


def test_the_form_says_kindly_whom_to_call_and_nothing_is_stored(cast: Cast) -> None:
    City.objects.update(protective_security_phone="08-508 00 000")
    page = signed_in(cast.employee).post(
        "/atkomst/ny/", {"board": cast.bromma.pk, "reason": "BEGRÄNSAT HEMLIG Kaninen"}
    )
    assert page.status_code == 200
    assert "Ring säkerhetsskyddschefen: 08-508 00 000." in page.content.decode()
    assert not AccessRequest.objects.filter(reason__contains="Kaninen").exists()


def test_the_same_words_in_a_sentence_go_through(cast: Cast) -> None:
    signed_in(cast.employee).post(
        "/atkomst/ny/", {"board": cast.bromma.pk, "reason": "Jag behöver läsa en hemlig handling."}
    )
    assert AccessRequest.objects.filter(reason__contains="hemlig handling").exists()


def test_without_a_number_the_message_still_says_to_whom(cast: Cast) -> None:
    with translation.override("en"):
        assert "Talk to the head of protective security in person." in markings.message("HEMLIG")


def test_a_file_to_be_read_in_is_refused_also_for_a_column_that_we_do_not_read(cast: Cast) -> None:
    lines = ["Nämnd;Uppdrag;E-post;Från;Anm", f"Bromma;Ledamot;{cast.employee.email};2026-01-01;Hemlig"]
    with pytest.raises(ValidationError) as refused:
        imports.read(imports.KINDS["ledamoter"], "\n".join(lines).encode(), "fil.csv", by=cast.security_chief)
    assert refused.value.code == "marking"
    assert not Import.objects.exists()


def test_the_api_refuses_what_the_pages_refuse(cast: Cast) -> None:
    sent = {"kind": "lokalt_riskhanteringsrad", "held_on": "2026-01-02", "agenda": "BEGRÄNSAT HEMLIG Kaninen"}
    answer = post(cast.coordinator, "namnder/bromma/moten/", **sent)
    assert answer.status_code == 422
    assert "Protective Security Act" in answer.content.decode()
    assert "Kaninen" not in answer.content.decode()
    assert not CouncilMeeting.objects.exists()


def test_a_marked_file_name_is_refused(cast: Cast) -> None:
    facts = {"title": "Plan", "kind": "plan", "level": "K1"}
    with pytest.raises(ValidationError):
        documents.publish(cast.bromma, b"%PDF-1.7", "HEMLIG plan.pdf", by=None, **facts)
    assert not DocumentVersion.objects.exists()
