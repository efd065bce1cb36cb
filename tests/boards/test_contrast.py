"""Contrast computed from the tokens file, light and dark; and that no colour lives anywhere else."""

import itertools
import re
from pathlib import Path

import pytest
from django.conf import settings

from boards.charts import FILLS

pytestmark = pytest.mark.once

CSS = Path(settings.BASE_DIR) / "static" / "css"
TOKENS = (CSS / "tokens.css").read_text(encoding="utf-8")
OURS = ["tokens.css", "base.css", "components.css", "tables.css", "print.css"]
COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6})")


def block(selector: str) -> dict[str, str]:
    start = TOKENS.index(f"{selector} {{")
    return dict(COLOUR.findall(TOKENS[start : TOKENS.index("}", start)]))


LIGHT = block(":root")
DARK = {**LIGHT, **block(':root[data-theme="dark"]')}
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
STATES = ("done", "ongoing", "action", "late", "todo", "protected")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_pale(theme: dict[str, str], pairs: list[tuple[str, str]], at_least: float) -> dict[str, float]:
    found = {f"{text} on {ground}": contrast(theme[text], theme[ground]) for text, ground in pairs}
    return {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < at_least}


@THEMES
def test_body_text_and_links_are_seven_to_one(theme: dict[str, str]) -> None:
    grounds = ("page", "surface", "sunken", "hover", *(f"{state}-tint" for state in STATES))
    ink = [("ink", ground) for ground in grounds]
    links = [
        (link, ground) for link in ("accent", "accent-strong", "visited") for ground in ("page", "surface")
    ]
    assert too_pale(theme, [*ink, *links, ("on-accent", "accent")], 7) == {}


@THEMES
def test_every_other_text_is_four_and_a_half_to_one(theme: dict[str, str]) -> None:
    states = [(state, f"{state}-tint") for state in STATES]
    errors = [("late", "page"), ("late", "surface")]
    muted = [("muted", ground) for ground in ("page", "surface", "sunken", "hover", "done-tint")]
    on_blue = [("on-pale", f"amount-{step}") for step in (1, 2, 3)] + [
        ("on-deep", f"amount-{step}") for step in (4, 5)
    ]
    on_levels = [("on-pale", f"level-{level}") for level in (1, 2, 3)] + [("on-deep", "level-4")]
    rest = [("accent", "hover"), ("accent", "sunken"), ("on-accent", "accent-strong")]
    assert too_pale(theme, [*states, *errors, *muted, *on_blue, *on_levels, *rest], 4.5) == {}


@THEMES
def test_borders_of_fields_and_the_ring_of_focus_are_three_to_one(theme: dict[str, str]) -> None:
    borders = [(line, ground) for line in ("field", "accent", "late") for ground in ("page", "surface")]
    ring = [("focus-edge", "page"), ("focus-edge", "surface")]
    assert too_pale(theme, borders + ring, 3) == {}


def test_the_ring_of_focus_can_be_seen_on_any_ground() -> None:
    assert contrast(LIGHT["focus"], LIGHT["focus-edge"]) >= 3
    assert contrast(DARK["focus"], DARK["page"]) >= 3


def test_the_dark_theme_is_the_same_chosen_or_followed() -> None:
    assert block(':root[data-theme="dark"]') == block(':root:not([data-theme="light"])')
    assert block(':root[data-theme="dark"]').keys() <= LIGHT.keys()


@pytest.mark.parametrize(
    "scale", [["level-1", "level-2", "level-3", "level-4"], [f"amount-{n}" for n in range(1, 6)]]
)
def test_scales_grow_darker_step_by_step(scale: list[str]) -> None:
    shades = [luminance(LIGHT[step]) for step in scale]
    assert shades == sorted(shades, reverse=True)
    assert all(pale / deep > 1.3 for pale, deep in itertools.pairwise(shades))


def test_the_pictures_use_the_colours_of_the_tokens() -> None:
    names = {
        "met": "goal-met",
        "partly": "goal-partly",
        "missed": "goal-missed",
        "unknown": "surface",
        "amount": "amount-4",
    }
    assert {kind: LIGHT[token] for kind, token in names.items()} == FILLS


@pytest.mark.parametrize("sheet", [name for name in OURS if name not in ("tokens.css", "print.css")])
def test_no_colour_is_written_outside_the_tokens(sheet: str) -> None:
    assert re.findall(r"#[0-9A-Fa-f]{3,8}\b", (CSS / sheet).read_text(encoding="utf-8")) == []


def test_every_token_that_is_used_exists_and_is_used() -> None:
    sheets = "".join(sheet.read_text(encoding="utf-8") for sheet in CSS.glob("*.css"))
    defined = set(re.findall(r"(?<![\w-])(--[\w-]+):\s", sheets))
    scripts = "".join(script.read_text(encoding="utf-8") for script in (CSS.parent / "js").glob("*.js"))
    defined |= set(re.findall(r'setProperty\("(--[\w-]+)"', scripts))
    used = set(re.findall(r"var\((--[\w-]+)", sheets))
    assert used ^ defined == set()


def test_the_style_sheets_weigh_little_and_fetch_nothing_from_elsewhere() -> None:
    sheets = [(CSS / sheet).read_text(encoding="utf-8") for sheet in OURS]
    assert sum(len(sheet.encode()) for sheet in sheets) <= 36_500
    assert not [
        address
        for sheet in sheets
        for address in re.findall(r"url\(\"?([^)\"]+)", sheet)
        if not address.startswith("../fonts/")
    ]
    assert not [sheet for sheet in sheets if "gradient(" in sheet or "@import" in sheet]


def test_the_scripts_weigh_at_most_fifteen_kilobytes() -> None:
    scripts = list((CSS.parent / "js").glob("*.js"))
    assert scripts
    assert sum(script.stat().st_size for script in scripts) <= 15_000
