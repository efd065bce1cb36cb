"""Of an uploaded drawing only shapes and colours are kept."""

import pytest
from django.core.exceptions import ValidationError

from boards import svg

pytestmark = pytest.mark.once

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'


def drawing(inside: str, attributes: str = "") -> str:
    return f"{HEAD}{attributes}>{inside}</svg>"


HOSTILE = {
    "script": drawing("<script>alert(1)</script>"),
    "handler": drawing('<path d="M0 0" onclick="alert(1)"/>', ' onload="alert(1)"'),
    "foreign object": drawing("<foreignObject><body>x</body></foreignObject>"),
    "link": drawing('<a xlink:href="javascript:alert(1)"><path d="M0 0"/></a>'),
    "picture from elsewhere": drawing('<image href="https://example.org/x.png"/>'),
    "use from elsewhere": drawing('<use xlink:href="https://example.org/x.svg#a"/>'),
    "style sheet": drawing("<style>@import url(https://example.org/x.css)</style>"),
    "style attribute": drawing('<path d="M0 0" style="background:url(https://example.org)"/>'),
    "fill from elsewhere": drawing('<path d="M0 0" fill="url(https://example.org/x.svg#a)"/>'),
    "animation": drawing('<path d="M0 0"><set attributeName="onclick" to="alert(1)"/></path>'),
    "html in another namespace": drawing(
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'
    ),
    "processing instruction": '<?xml-stylesheet href="https://example.org/x.css"?>' + drawing(""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_in_it_can_run_load_or_link(name: str) -> None:
    clean = svg.clean(HOSTILE[name]).lower()
    for trace in (
        "script",
        "alert",
        "example.org",
        "foreignobject",
        "onload",
        "onclick",
        "href",
        "style",
        "import",
    ):
        assert trace not in clean


def test_shapes_colours_and_local_gradients_stay() -> None:
    kept = svg.clean(
        drawing(
            '<title>Märke</title><defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/>'
            '</linearGradient></defs><g transform="scale(2)"><path d="M0 0h9" fill="url(#g)"/></g>'
        )
    )
    for part in ("Märke", "linearGradient", 'fill="url(#g)"', 'transform="scale(2)"', 'viewBox="0 0 9 9"'):
        assert part in kept
    assert svg.clean(kept) == kept


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + drawing("<title>&b;</title>")
FILE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>' + drawing("<title>&f;</title>")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not xml",
        "<html/>",
        "<svg/>",
        BOMB,
        FILE,
        HEAD + ">",
        drawing("x" * 60_000),
        drawing("").replace("viewBox", "box"),
    ],
)
def test_what_is_no_drawing_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError):
        svg.clean(text)
