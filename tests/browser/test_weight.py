"""How much a first visit on a phone weighs over the wire, compressed as the proxy does, with the font."""

import gzip
import re
import urllib.request
from functools import cache

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import House
from tests.browser.seen import eyes

pytestmark = pytest.mark.browser

PAGE, TABLE = 120_000, 200_000
COMPRESSED = re.compile(r"^(text/|application/(?:javascript|json|manifest)|image/svg)")
LOADED = "() => performance.getEntriesByType('resource').map(one => one.name)"


@cache
def weight(url: str) -> int:
    with urllib.request.urlopen(url) as answer:
        return over_the_wire(answer.read(), answer.headers.get("Content-Type", ""))


def over_the_wire(body: bytes, kind: str) -> int:
    return len(gzip.compress(body, 6)) if COMPRESSED.match(kind) else len(body)


@pytest.mark.parametrize(("route", "role"), eyes().items(), ids=eyes())
def test_the_page_is_light(house: House, route: str, role: str) -> None:
    page = house.page(role)
    answer = page.goto(house.url + house.addresses[route][role])
    assert answer is not None
    parts = {url: weight(url) for url in set(page.evaluate(LOADED)) if url.startswith(house.url)}
    parts[page.url] = over_the_wire(answer.body(), answer.headers["content-type"])
    most = TABLE if is_a_large_table(page) else PAGE
    assert sum(parts.values()) <= most, parts


def is_a_large_table(page: Page) -> bool:
    return page.locator("table tbody tr").count() > 20 and page.locator("main form[method=post]").count() == 0
