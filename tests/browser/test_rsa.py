"""A whole analysis in a browser: begun with last year's, stopped by name, handed in, returned, answered, approved."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils.translation import override
from playwright.sync_api import Page, expect

from boards.days import today
from tests.browser.conftest import House

pytestmark = pytest.mark.browser

ROUND = "RSA nästa"
THREAT, WHY = "Hot i receptionen", "Två händelser i höst."


@dataclass
class Person:
    page: Page
    url: str

    def opens(self, address: str) -> None:
        self.page.goto(self.url + address)

    def presses(self, words: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=words).first.click()

    def saves(self) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Spara", exact=True).click()

    def follows(self, words: str) -> None:
        self.page.get_by_role("link", name=words).first.click()

    def writes(self, name: str, text: str) -> None:
        self.page.locator(f"[name={name}]").fill(text)

    def chooses(self, name: str, value: str) -> None:
        self.page.locator(f"input[name={name}][value='{value}']").check(force=True)

    def reads(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)


def test_from_last_years_analysis_to_the_citys_picture(house: House) -> None:
    with override("sv"):
        roles = ("sakerhetssamordnare", "forvaltningschef", "slk_sakerhetschef")
        karin, chief, office = [Person(house.page(role), house.url) for role in roles]
        board = house.addresses["rsa_page"]["sakerhetssamordnare"].rstrip("/").rpartition("/")[2]
        here = f"/rsa/nasta/{board}/"
        opens_a_round(office)
        begins(karin, here)
        is_stopped_by_name(karin, here)
        completes(karin, here)
        hands_in(karin, chief, here)
        returns_with_two_remarks(office, here)
        answers(karin, here)
        hands_in(karin, chief, here)
        approves(office, here)
        sees_it_in_the_picture(office)


def opens_a_round(office: Person) -> None:
    office.opens("/rsa/ny/")
    facts = {"name": ROUND, "slug": "nasta", "year": str(today().year), "opens_on": today().isoformat()}
    for name, text in {**facts, "due_on": (today() + timedelta(days=30)).isoformat()}.items():
        office.writes(name, text)
    office.presses("Öppna omgången")
    office.reads(ROUND)


def begins(karin: Person, here: str) -> None:
    karin.opens(here)
    karin.presses("Utgå från")
    karin.reads("Inget är bekräftat än")


def is_stopped_by_name(karin: Person, here: str) -> None:
    karin.opens(f"{here}granska/")
    karin.presses("Skicka till chefen")
    karin.reads("Bedöm vad som värnas av Ny")


def completes(karin: Person, here: str) -> None:
    for part in ("risker", "sarbarheter", "beroenden", "leverantorer", "kontinuitet", "handlingsplan"):
        karin.opens(f"{here}{part}/")
        karin.presses("Stämmer fortfarande")
    karin.opens(f"{here}ataganden/")
    karin.follows("Ny")
    for name in ("functioning", "fundamentals", "surroundings"):
        karin.page.locator(f"[name={name}]").select_option("2")
    karin.saves()
    adds_a_threat(karin, here)
    for what in ("omrade", "olyckor"):
        karin.opens(f"{here}stallningstagande/{what}/")
        karin.writes("reason", "Finns i stadens gemensamma analys.")
        karin.saves()
    karin.opens(f"{here}skydd/")
    karin.chooses("secret_answer", "2")
    karin.presses("Skicka svaret")
    karin.reads("sparas ingenstans")


def adds_a_threat(karin: Person, here: str) -> None:
    karin.opens(f"{here}risker/ny/")
    karin.writes("title", THREAT)
    karin.page.locator("[name=commitment]").select_option(label="Ny")
    for name, value in {"likelihood": "3", "consequence": "3", "worst_value": "1"}.items():
        karin.chooses(name, value)
    karin.writes("why", WHY)
    karin.page.locator("summary", has_text="Fler uppgifter").click()
    karin.page.locator("[name=kind]").select_option("hot_vald")
    karin.saves()
    karin.reads(THREAT)


def hands_in(karin: Person, chief: Person, here: str) -> None:
    karin.opens(f"{here}granska/")
    karin.presses("Skicka till chefen")
    karin.reads("Analysen är hos chefen.")
    chief.opens(here)
    chief.presses("Fastställ analysen")
    karin.opens(here)
    karin.presses("Lämna in till stadsledningskontoret")
    karin.reads("är inlämnad")


def returns_with_two_remarks(office: Person, here: str) -> None:
    office.opens(f"{here}granskning/")
    office.presses("Börja granska")
    for part, text in (("ataganden", "Hur många berörs?"), ("risker", "Varför trea?")):
        remark = office.page.locator(f"[name=del-{part}]")
        office.page.locator("details", has=remark).last.locator("summary").first.click()
        remark.fill(text)
    office.writes("comment", "Nästan klart.")
    office.presses("Lämna tillbaka med anmärkningarna")
    office.reads("återlämnad")


def answers(karin: Person, here: str) -> None:
    for text in ("Hur många berörs?", "Varför trea?"):
        karin.opens(here)
        karin.follows(text)
        karin.writes("reply", "Förtydligat.")
        karin.saves()
    karin.opens(here)
    karin.reads("Inget är kvar")


def approves(office: Person, here: str) -> None:
    office.opens(f"{here}granskning/")
    office.presses("Börja granska")
    office.presses("Godkänn")


def sees_it_in_the_picture(office: Person) -> None:
    office.opens("/riskbilden/?omgang=nasta")
    office.reads("har lämnat in")
    office.reads("sannolikhet 3 Medel, konsekvens 3 Allvarlig, nivå Måttlig")
