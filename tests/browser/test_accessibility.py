"""Every page in both languages, themes and widths: axe-core finds nothing, nothing scrolls sideways, focus is seen.

One load a page: theme and width are switched in place and only what they can change is looked at again.
`script/axe-full` runs every rule in every combination.
"""

import os
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, NARROWEST, WIDE, House
from tests.browser.seen import eyes

pytestmark = pytest.mark.browser

EVERYTHING = bool(os.environ.get("AXE_FULL"))
STANDARDS = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
CHANGED_BY_THEME = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
CHANGED_BY_WIDTH = {
    "type": "rule",
    "values": [
        "color-contrast",
        "target-size",
        "scrollable-region-focusable",
        "meta-viewport",
        "aria-hidden-focus",
    ],
}
RUN_AXE = """rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found =>
  found.violations.flatMap(rule => rule.nodes.map(node => rule.id + ': ' + node.target + ' ' + node.html.slice(0, 160)
    + ' ' + (node.any[0] ? node.any[0].message : ''))))"""
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
WITHOUT_VISIBLE_FOCUS = """selector => [...document.querySelectorAll(selector)].filter(one => {
  if (one.disabled || !one.checkVisibility()) return false
  one.focus()
  if (document.activeElement !== one) return false
  const ring = [one, one.parentElement, one.nextElementSibling].filter(Boolean).map(part => getComputedStyle(part))
  return !ring.some(style => (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
    || style.boxShadow !== 'none')
}).map(one => one.outerHTML.slice(0, 120))"""
SIDEWAYS = """() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1
  ? [...document.querySelectorAll('main *, header *, footer *')].filter(
      one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    ).map(one => one.outerHTML.slice(0, 120)).slice(0, 3) || ['?'] : null"""
# WCAG 1.4.12, through the object model since the page's policy allows no inline style.
SPACED = """() => { const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }'
    + ' p { margin-bottom: 2em !important }')
  document.adoptedStyleSheets = [sheet] }"""
PLAIN = "() => { document.adoptedStyleSheets = [] }"
CUT_OFF = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(one => {
  const style = getComputedStyle(one)
  // A line of text in a field is read by moving the caret, however wide it is.
  if (one.matches('input') || !one.checkVisibility() || one.clientWidth <= 1 || one.clientHeight <= 1) return false
  return (['hidden', 'clip'].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
    || (['hidden', 'clip'].includes(style.overflowY) && one.scrollHeight > one.clientHeight + 1)
}).map(one => one.outerHTML.slice(0, 120))"""


def axe(page: Page, rules: dict[str, Any]) -> list[str]:
    return page.evaluate(RUN_AXE, STANDARDS if EVERYTHING else rules)


def opened(house: House, route: str, role: str, language: str) -> Page:
    page = house.page(role, language)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(WIDE)
    answer = page.goto(house.url + house.addresses[route][role])
    assert answer is not None
    assert answer.status == 200, page.url
    return page


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("route", "role"), eyes().items(), ids=eyes())
def test_everybody_can_use_the_page(house: House, route: str, role: str, language: str) -> None:
    page = opened(house, route, role, language)
    assert axe(page, STANDARDS) == [], "light, 1280"
    page.emulate_media(color_scheme="dark")
    assert axe(page, CHANGED_BY_THEME) == [], "dark, 1280"
    page.set_viewport_size(NARROW)
    assert axe(page, CHANGED_BY_WIDTH) == [], "dark, 390"
    assert page.evaluate(SIDEWAYS) is None, "390"
    if EVERYTHING:
        page.emulate_media(color_scheme="light")
        assert axe(page, STANDARDS) == [], "light, 390"
    page.set_viewport_size(NARROWEST)
    assert page.evaluate(SIDEWAYS) is None, "320"


@pytest.mark.parametrize(("route", "role"), eyes().items(), ids=eyes())
def test_focus_is_seen_and_wider_text_loses_nothing(house: House, route: str, role: str) -> None:
    page = opened(house, route, role, "sv")
    page.keyboard.press("Tab")
    assert page.evaluate(WITHOUT_VISIBLE_FOCUS, FOCUSABLE) == []
    page.evaluate(SPACED)
    assert page.evaluate(CUT_OFF) == [], "1280"
    page.set_viewport_size(NARROW)
    assert page.evaluate(CUT_OFF) == [], "390"
    page.evaluate(PLAIN)
