"""A drawing somebody has uploaded, reduced to shapes and colours: nothing in it can run, load or link."""

import re
from xml.etree.ElementTree import Element, register_namespace, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST = 50_000
SVG = "http://www.w3.org/2000/svg"
ELEMENTS = {
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "title",
    "desc",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
}
ATTRIBUTES = frozenset(
    [
        "id",
        "viewBox",
        "width",
        "height",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "d",
        "points",
        "transform",
        "fill",
        "fill-rule",
        "fill-opacity",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-opacity",
        "opacity",
        "offset",
        "stop-color",
        "stop-opacity",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "fx",
        "fy",
        "clip-path",
        "clip-rule",
        "clipPathUnits",
        "preserveAspectRatio",
    ]
)
# A value may point at something in the same drawing and nowhere else.
POINTS = re.compile(r"url\(\s*['\"]?#[\w-]+['\"]?\s*\)$")


def clean(text: str) -> str:
    """The same drawing with only what is allowed in it."""
    if len(text.encode()) > LARGEST:
        raise ValidationError(_("The drawing is larger than 50 kB."))
    try:
        root = fromstring(text.encode(), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise ValidationError(_("The file is not an SVG drawing that can be read.")) from None
    if root.tag != f"{{{SVG}}}svg":
        raise ValidationError(_("The file is not an SVG drawing that can be read."))
    if not root.get("viewBox"):
        raise ValidationError(_("The drawing lacks a viewBox, so it cannot be made to fit."))
    register_namespace("", SVG)
    return tostring(_copy(root), encoding="unicode")


def _copy(element: Element) -> Element:
    attributes = {name: value for name, value in element.attrib.items() if _is_safe(name, value)}
    copy = Element(element.tag, attributes)
    name = element.tag.removeprefix(f"{{{SVG}}}")
    copy.text = element.text if name in ("title", "desc") else None
    copy.extend(_copy(child) for child in element if _is_allowed(child))
    return copy


def _is_allowed(element: Element) -> bool:
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.startswith(f"{{{SVG}}}") and tag.removeprefix(f"{{{SVG}}}") in ELEMENTS


def _is_safe(name: str, value: str) -> bool:
    if name not in ATTRIBUTES:
        return False
    return "url" not in value.lower() or bool(POINTS.match(value.strip()))
