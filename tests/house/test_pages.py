"""What every page has in common, read from what the walk through the house got to see."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import Resolver404, resolve, reverse

from tests import routes
from tests.house.conftest import Page
from tests.house.crawl import Visit
from tests.house.html import Node

pytestmark = pytest.mark.once
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CONTROLS = ("input", "select", "textarea")
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}
POINTS_AT = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-errormessage")
EMPTY_LINKS = re.compile(r"^(läs mer|mer|här|klicka här|read more|more|here|click here)$", re.IGNORECASE)


def fail(found: set[str]) -> str:
    return f"{len(found)} in all:\n" + "\n".join(sorted(found)[:40])


def where(page: Page) -> str:
    return f"{page.visit.route} ({page.visit.url} as {page.visit.role})"


def test_what_is_no_page_stands_in_the_list_of_files(walk: list[Visit]) -> None:
    files = {
        visit.route
        for visit in walk
        if visit.method == "GET"
        and visit.status == 200
        and not visit.is_html
        and not visit.url.startswith("/api/")
    }
    assert files == {name for name in routes.FILES if routes.is_wanted(name)}, (
        "Name them in FILES of tests/routes.py"
    )


def test_every_element_is_closed_as_it_was_opened(pages: list[Page]) -> None:
    found = {f"{page.visit.route}: {fault}" for page in pages for fault in page.faults}
    assert not found, fail(found)


def test_every_page_has_one_heading_of_the_first_level_and_skips_none(pages: list[Page]) -> None:
    found = set()
    for page in pages:
        levels = [int(node.tag[1]) for node in page.root.all(*HEADINGS)]
        if levels.count(1) != 1:
            found.add(f"{where(page)}: {levels.count(1)} h1")
        if any(after > before + 1 for before, after in itertools.pairwise(levels)):
            found.add(f"{page.visit.route}: {levels}")
    assert not found, fail(found)


def test_every_form_that_changes_something_carries_its_token(pages: list[Page]) -> None:
    """A template included with `only` loses it, and the form is then refused in a real browser."""
    found = {
        f"{page.visit.route}: {form.get('action')}"
        for page in pages
        for form in page.root.all("form")
        if form.get("method").lower() == "post"
        and "csrfmiddlewaretoken" not in {field.get("name") for field in form.all("input")}
    }
    assert not found, fail(found)


def test_every_heading_and_link_and_button_says_something(pages: list[Page]) -> None:
    found = {
        f"{page.visit.route}: <{node.tag} {node.attrs}>"
        for page in pages
        for node in page.root.all(*HEADINGS, "a", "button")
        if not name_of(node)
    }
    assert not found, fail(found)


def name_of(node: Node) -> str:
    pictures = " ".join(child.get("alt") or child.get("aria-label") for child in node.all("img", "svg"))
    return node.get("aria-label") or node.text or pictures.strip() or node.get("aria-labelledby")


def test_every_control_has_a_label(pages: list[Page]) -> None:
    found = set()
    for page in pages:
        labelled = {label.get("for") for label in page.root.all("label")}
        for control in page.root.all(*CONTROLS):
            named = control.get("aria-label") or control.get("aria-labelledby") or control.inside("label")
            if control.get("type") not in NEEDS_NO_LABEL and not named and control.get("id") not in labelled:
                found.add(f"{page.visit.route}: {control.tag} {control.get('name')}")
    assert not found, fail(found)


def test_every_group_of_choices_has_a_legend(pages: list[Page]) -> None:
    found = {
        f"{page.visit.route}: {control.get('name')}"
        for page in pages
        for control in page.root.all("input")
        if control.get("type") == "radio" and not control.inside("fieldset")
    }
    found |= {
        f"{page.visit.route}: fieldset"
        for page in pages
        for group in page.root.all("fieldset")
        if not group.all("legend") and not group.get("aria-labelledby")
    }
    assert not found, fail(found)


def test_ids_are_unique_and_what_points_at_them_finds_them(pages: list[Page]) -> None:
    found = set()
    for page in pages:
        ids = [node.get("id") for node in page.root.walk() if node.get("id")]
        found |= {f"{page.visit.route}: {one} twice" for one in ids if ids.count(one) > 1}
        for node in page.root.walk():
            wanted = {target for name in POINTS_AT for target in node.get(name).split()}
            found |= {f"{page.visit.route}: {node.tag} points at {one}" for one in wanted - set(ids)}
            if node.tag == "a" and re.fullmatch(r"#.+", node.get("href")) and node.get("href")[1:] not in ids:
                found.add(f"{page.visit.route}: link to {node.get('href')}")
    assert not found, fail(found)


def test_every_table_says_what_it_is_and_what_its_headings_head(pages: list[Page]) -> None:
    found = set()
    for page in pages:
        for table in page.root.all("table"):
            if not table.all("caption") and not table.get("aria-label") and not table.get("aria-labelledby"):
                found.add(f"{page.visit.route}: a table without caption")
        found |= {f"{page.visit.route}: th {th.text}" for th in page.root.all("th") if not th.get("scope")}
    assert not found, fail(found)


def test_titles_tell_pages_apart(pages: list[Page]) -> None:
    """Within one person's view: the page, then what it belongs to, then the product."""
    routes_of: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    found = set()
    for page in pages:
        title = page.root.all("title")[0].text
        if "Säkerhetsprogrammet" not in title:
            found.add(f"{where(page)}: {title!r}")
        if page.visit.status == 200:
            routes_of[page.visit.role, page.visit.language, title].add(page.visit.route)
    same = {f"{title!r}: {sorted(routes)}" for (*_, title), routes in routes_of.items() if len(routes) > 1}
    assert not found | same, fail(found | same)


def test_the_first_link_skips_to_the_content(pages: list[Page]) -> None:
    found = set()
    for page in pages:
        links = page.root.all("a")
        ids = {node.get("id"): node for node in page.root.walk() if node.get("id")}
        target = ids.get(links[0].get("href").removeprefix("#")) if links else None
        if target is None or not (target.tag == "main" or target.inside("main")):
            found.add(where(page))
    assert not found, fail(found)


def test_nothing_is_said_in_a_tooltip(pages: list[Page]) -> None:
    found = {
        f"{page.visit.route}: {node.tag} {node.get('title')}"
        for page in pages
        for node in page.root.walk()
        if node.get("title")
    }
    assert not found, fail(found)


def test_no_link_is_called_more(pages: list[Page]) -> None:
    found = {
        f"{page.visit.route}: {link.get('href')}"
        for page in pages
        for link in page.root.all("a")
        if EMPTY_LINKS.match(link.text)
    }
    assert not found, fail(found)


def test_an_event_is_reported_from_every_page_in_one_press(pages: list[Page]) -> None:
    report = reverse("incident_new")
    found = {
        where(page)
        for page in pages
        if page.visit.status < 500 and report not in {link.get("href") for link in page.root.all("a")}
    }
    assert not found, fail(found)


def links(page: Page) -> Iterator[tuple[Node, str]]:
    for node in page.root.all("a", "link", "script", "img", "form", "use", "source"):
        url = node.get("href") or node.get("src") or node.get("action")
        if url.startswith("/") and not url.startswith("//"):
            yield node, url.split("#")[0].split("?")[0]


def test_every_link_leads_somewhere(pages: list[Page]) -> None:
    found = set()
    for page in pages:
        for _node, url in links(page):
            if not resolves(url):
                found.add(f"{page.visit.route}: {url}")
    assert not found, fail(found)


@cache
def resolves(url: str) -> bool:
    if url.startswith(settings.STATIC_URL):
        return finders.find(url.removeprefix(settings.STATIC_URL)) is not None
    try:
        resolve(url)
    except Resolver404:
        return False
    return True


def test_nobody_is_shown_a_link_that_is_closed_to_them(pages: list[Page], walk: list[Visit]) -> None:
    closed = {(v.role, v.url) for v in walk if v.method == "GET" and v.status in (403, 404)}
    found = {
        f"{page.visit.route} as {page.visit.role}: {url}"
        for page in pages
        for node, url in links(page)
        if node.tag == "a" and (page.visit.role, url) in closed and url != page.visit.url
    }
    assert not found, fail(found)


def test_no_page_reaches_outside_the_installation(pages: list[Page]) -> None:
    found = {
        f"{page.visit.route}: {node.tag} {node.get('src') or node.get('href')}"
        for page in pages
        for node in page.root.all("script", "img", "link", "source", "iframe", "use")
        if "//" in (node.get("src") or node.get("href"))
    }
    assert not found, fail(found)


# A page without a form includes the summary of its errors; allauth gives where to go next only when asked.
MAY_BE_MISSING = {"form", "forms", "redirect_field"}


def test_every_template_variable_was_given(walk: list[Visit]) -> None:
    found = {
        said for visit in walk for said in visit.undefined if said.rsplit(": ", 1)[1] not in MAY_BE_MISSING
    }
    assert not found, fail(found)
