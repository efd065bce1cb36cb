"""Two whole languages: every text has its Swedish, and no page mixes them."""

import os
import re
import shutil
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings

from boards.models import Area, Board, User
from security_program.models import Programme
from tests.house import html
from tests.house.conftest import Page
from tests.house.town import Town

pytestmark = pytest.mark.once
CATALOGUE = Path(settings.BASE_DIR) / "security_program/locale/sv/LC_MESSAGES/django.po"
FLOORS = ["boards", "risk_analysis", "incidents", "crisis", "security_program"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
EMAIL = re.compile(r"\S+@\S+")
ADDRESS = re.compile(r"https?://\S+")
WORD = re.compile(r"[^\W\d_]+")
# Words that are common in one language and do not exist in the other.
SWEDISH = {
    "och",
    "att",
    "är",
    "för",
    "inte",
    "som",
    "på",
    "av",
    "till",
    "du",
    "ett",
    "det",
    "den",
    "med",
    "kan",
    "ska",
    "eller",
    "från",
    "har",
    "vid",
    "när",
    "din",
    "ditt",
    "dina",
    "vad",
    "alla",
    "välj",
    "spara",
    "visa",
    "ändra",
    "lägg",
    "avbryt",
    "nästa",
    "sida",
    "namn",
    "stadsdelsnämnd",
    "nämnd",
    "bolag",
    "hjälp",
    "händelse",
}
ENGLISH = {
    "the",
    "and",
    "of",
    "you",
    "your",
    "with",
    "this",
    "that",
    "are",
    "have",
    "please",
    "been",
    "will",
    "cannot",
    "which",
    "what",
    "who",
    "they",
}
# What the city has decided not to say (klarspråk).
UNWANTED_SWEDISH = re.compile(
    r"\b(vänligen|klicka här|tyvärr|ogiltig\w*|felaktigt värde|obligatoriskt fält|submit|error|ok\?|läs mer)|!",
    re.I,
)
UNWANTED_ENGLISH = re.compile(r"\b(please|click here|sorry|invalid|read more)\b|^submit$|!", re.IGNORECASE)
# Names that stand in both languages.
NAMES = {"Säkerhetsprogrammet", "Dataskyddsförordningen"}


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """What xgettext finds in the source, merged with the committed catalogue as a developer would."""
    tree = tmp_path_factory.mktemp("source")
    for floor in [*FLOORS, "templates"]:
        skip = shutil.ignore_patterns("locale", "__pycache__", "migrations")
        shutil.copytree(Path(settings.BASE_DIR) / floor, tree / floor, ignore=skip)
    target = tree / "locale/sv/LC_MESSAGES/django.po"
    target.parent.mkdir(parents=True)
    shutil.copy(CATALOGUE, target)
    before = Path.cwd()
    os.chdir(tree)
    try:
        with override_settings(LOCALE_PATHS=[str(tree / "locale")]):
            call_command("makemessages", locale=["sv"], extensions=["html", "txt", "py"], verbosity=0)
    finally:
        os.chdir(before)
    return polib.pofile(str(target))


def test_every_text_in_the_source_has_its_swedish(extracted: polib.POFile) -> None:
    current = [entry for entry in extracted if not entry.obsolete]
    missing = [entry.msgid for entry in current if not entry.translated()]
    print(f"{len(current)} texts, {len(current) - len(missing)} in Swedish")
    assert current
    assert not missing, f"{len(missing)} of {len(current)} texts have no Swedish: {missing}"


def test_no_translation_is_left_without_its_text(extracted: polib.POFile) -> None:
    stale = [entry.msgid for entry in extracted.obsolete_entries()]
    assert not stale, f"{len(stale)} texts stand no longer in the source: {stale}"


def test_no_translation_is_a_guess(catalogue: polib.POFile) -> None:
    assert not [entry.msgid for entry in catalogue if entry.fuzzy]
    assert not catalogue.obsolete_entries()


def said(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr] if entry.msgstr else list(entry.msgstr_plural.values())


def test_a_translation_fills_in_the_same_things_as_its_text(catalogue: polib.POFile) -> None:
    for entry in catalogue:
        wanted = {found[0] for found in PLACEHOLDER.finditer(entry.msgid + (entry.msgid_plural or ""))}
        for text in said(entry):
            found = {match[0] for match in PLACEHOLDER.finditer(text)}
            assert found <= wanted, entry.msgid
            assert entry.msgid_plural or found == wanted, entry.msgid


def test_no_text_says_what_plain_language_does_not(catalogue: polib.POFile) -> None:
    swedish = [text for entry in catalogue for text in said(entry) if UNWANTED_SWEDISH.search(bare(text))]
    english = [entry.msgid for entry in catalogue if UNWANTED_ENGLISH.search(bare(entry.msgid))]
    assert not swedish
    assert not english


def bare(text: str) -> str:
    return PLACEHOLDER.sub("", text)


def distinct_texts(pages: list[Page], language: str) -> dict[str, str]:
    """Every text in the language on the pages that are asked for in it, with an address where it stands."""
    return {
        text: page.visit.url
        for page in pages
        if page.visit.language == language and page.root.all("html")[0].lang == language
        for lang, text in html.texts(page.root)
        if (lang or "").startswith(language)
    }


def words(text: str) -> set[str]:
    return set(WORD.findall(text))


def proper_names() -> re.Pattern[str]:
    """Of people, boards, areas and laws: they are called the same in every language."""
    kept = {
        *NAMES,
        *Area.objects.values_list("name", flat=True),
        *User.objects.values_list("name", flat=True),
    }
    for names in Board.objects.values_list("name", "short_name", "administration"):
        kept.update(names)
    kept.update(Programme.objects.values_list("name", flat=True))
    longest_first = sorted(filter(None, kept), key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in longest_first))


def test_an_english_page_is_in_english(pages: list[Page], catalogue: polib.POFile, town: Town) -> None:
    """Passages that are Swedish by nature stand inside an element with lang="sv"."""
    names = proper_names()
    swedish = {text for entry in catalogue for text in said(entry) if text != entry.msgid}
    swedish -= {entry.msgid for entry in catalogue}
    found: dict[str, str] = {}
    for text, url in distinct_texts(pages, "en").items():
        left = names.sub("", EMAIL.sub("", ADDRESS.sub("", text)))
        odd = {w for w in words(left) if w.lower() in SWEDISH or re.search("[åäöÅÄÖ]", w)}
        if odd or left in swedish:
            found[text[:120]] = url
    assert not found, report(found)


def test_a_swedish_page_is_in_swedish(pages: list[Page], catalogue: polib.POFile) -> None:
    english = {entry.msgid for entry in catalogue if entry.msgid not in said(entry)}
    english -= {text for entry in catalogue for text in said(entry)}
    found = {
        text[:120]: url
        for text, url in distinct_texts(pages, "sv").items()
        if text in english or {word.lower() for word in words(text)} & ENGLISH
    }
    assert not found, report(found)


def test_no_page_says_what_plain_language_does_not(pages: list[Page]) -> None:
    found = {
        text[:120]: url for text, url in distinct_texts(pages, "sv").items() if UNWANTED_SWEDISH.search(text)
    }
    assert not found, report(found)


def test_every_page_says_its_language(pages: list[Page]) -> None:
    wrong = {page.visit.url for page in pages if page.root.all("html")[0].get("lang") != page.visit.language}
    assert not wrong


def report(found: dict[str, str]) -> str:
    return f"{len(found)} in all:\n" + "\n".join(f"{url}: {text}" for text, url in sorted(found.items()))
