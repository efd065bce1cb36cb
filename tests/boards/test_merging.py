"""Two people in the same form: nothing is overwritten, and nothing typed is lost."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client

from boards.models import Board, ChangedMeanwhileError, City, Event
from tests.conftest import Cast, signed_in
from tests.house import html

FACTS = "/namnder/bromma/uppgifter/"


def fields(client: Client, address: str = FACTS) -> dict[str, Any]:
    """What a browser would send if the page were sent back untouched."""
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in sent.items() if value is not False}


def open_page(client: Client) -> dict[str, Any]:
    return fields(client)


def orders() -> list[tuple[str, ...]]:
    """Every order of two people's (load, save) pairs."""
    steps = ["a load", "a save", "b load", "b save"]
    return [
        order
        for order in itertools.permutations(steps)
        if order.index("a load") < order.index("a save") and order.index("b load") < order.index("b save")
    ]


@pytest.mark.parametrize("order", orders(), ids="-".join)
def test_no_order_of_two_people_loses_an_edit(cast: Cast, order: tuple[str, ...]) -> None:
    browsers = {"a": signed_in(cast.administrator), "b": signed_in(cast.case_officer)}
    if browsers["b"].get(FACTS).status_code != 200:
        browsers["b"] = signed_in(cast.administrator)
    phone, statuses, opened = {"a": "08-1", "b": "08-2"}, {}, {}
    for step in order:
        who, what = step.split()
        if what == "load":
            opened[who] = open_page(browsers[who])
        else:
            answer = browsers[who].post(FACTS, {**opened[who], "phone": phone[who]})
            statuses[who] = answer.status_code
    cast.bromma.refresh_from_db()
    saved = [who for who in "ab" if statuses[who] == 302]
    first_save = min("ab", key=lambda who: order.index(f"{who} save"))
    overlapping = order[1] != f"{first_save} save"
    assert saved == ([first_save] if overlapping else ["a", "b"])
    assert cast.bromma.phone == (phone[first_save] if overlapping else phone[order[3][0]])


def test_the_page_shows_mine_theirs_and_what_was_there(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    cast.bromma.correct(by=cast.administrator, phone="08-0")
    opened = open_page(browser)
    Board.objects.get(slug="bromma").correct(by=cast.security_chief, phone="08-1", note="Alfa")
    answer = browser.post(FACTS, {**opened, "phone": "08-2", "email": "mine@example.org"})
    assert answer.status_code == 409
    shown = {each.name: each for each in answer.context["differences"]}
    assert (shown["phone"].before, shown["phone"].mine, shown["phone"].theirs) == ("08-0", "08-2", "08-1")
    assert shown["note"].untouched
    assert not shown["email"].untouched
    assert cast.security_chief.name in answer.content.decode()


def test_one_chooses_for_each_field(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    opened = open_page(browser)
    Board.objects.get(slug="bromma").correct(by=cast.security_chief, phone="08-1", note="Alfa")
    conflict = browser.post(FACTS, {**opened, "phone": "08-2", "email": "mine@example.org"})
    page = html.read(conflict.content.decode())[0]
    sent = {
        field.get("name"): field.get("value")
        for field in page.all("input")
        if field.get("type") == "hidden" and field.get("name") not in ("next", "language")
    }
    answer = browser.post(
        FACTS, {**sent, "choice-phone": "theirs", "choice-email": "mine", "choice-note": "theirs"}
    )
    assert answer.status_code == 302, answer.content
    cast.bromma.refresh_from_db()
    assert (cast.bromma.phone, cast.bromma.email, cast.bromma.note) == ("08-1", "mine@example.org", "Alfa")


def test_a_third_change_asks_again(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    opened = open_page(browser)
    Board.objects.get(slug="bromma").correct(by=None, phone="08-1")
    conflict = browser.post(FACTS, {**opened, "phone": "08-2"})
    fresh = conflict.context["fresh"]
    Board.objects.get(slug="bromma").correct(by=None, phone="08-3")
    sent = {**opened, "phone": "08-2", "version": fresh["version"].value(), "base": fresh["base"].value()}
    assert browser.post(FACTS, sent).status_code == 409


def test_the_settings_of_the_city_and_a_meeting_ask_too(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    address = "/installningar/kontakt/"
    opened = fields(browser, address)
    City.objects.here().change(by=None, support_email="theirs@example.org")
    assert browser.post(address, {**opened, "support_email": "mine@example.org"}).status_code == 409


def test_somebody_elses_base_is_not_believed(cast: Cast) -> None:
    browser = signed_in(cast.administrator)
    opened = open_page(browser)
    foreign = fields(browser, "/namnder/farsta/uppgifter/")["base"]
    sent = {**opened, "base": foreign, "choice-name": "theirs", "name": "Nya Bromma"}
    assert browser.post(FACTS, sent).status_code == 302
    cast.bromma.refresh_from_db()
    assert cast.bromma.name == "Nya Bromma"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads need PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_threads_lose_no_update(cast: Cast) -> None:
    """20 threads add one each to the same figure until each has succeeded ten times."""

    def add(number: int) -> int:
        tries = 0
        for _time in range(10):
            while True:
                tries += 1
                board = Board.objects.get(slug="bromma")
                try:
                    board.correct(by=None, version=board.version, note=str(int(board.note or 0) + 1))
                    break
                except ChangedMeanwhileError:
                    continue
        connections.close_all()
        return tries

    with ThreadPoolExecutor(20) as threads:
        tries = list(threads.map(add, range(20)))
    assert Board.objects.get(slug="bromma").note == "200"
    assert Event.objects.filter(verb="board.corrected").count() == 200
    assert sum(tries) >= 200
