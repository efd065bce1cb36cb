"""The tags that the component templates and the pages share."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import template
from django.forms import BaseForm
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# Drawn on 16 × 16, as lines or as filled shapes, so that they look the same everywhere, on paper too.
RING = ("line", "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z")
WARNING = ("solid", "M8 1 15.5 14.5H.5zM7 6v4.5h2V6zM7 11.5v1.75h2V11.5z")
SYMBOLS = {
    "done": [("line", "M2.5 8.5 6.5 12.5 13.5 4")],
    "ongoing": [RING, ("solid", "M8 2a6 6 0 0 1 0 12z")],
    "action": [("line", "M8 2v7.5M8 12v2.25")],
    "late": [WARNING],
    "crisis": [WARNING],
    "todo": [RING],
    "protected": [("solid", "M8 .5 15.5 8 8 15.5.5 8z")],
    "remove": [("line", "M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5")],
}


@register.simple_tag
def symbol(name: str) -> SafeString:
    """A symbol that stands beside a word and therefore says nothing by itself."""
    drawing = format_html_join("", '<path class="{}" d="{}"/>', SYMBOLS[name])
    return format_html(
        '<svg class="symbol" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>', drawing
    )


@dataclass(frozen=True)
class Problem:
    text: str
    anchor: str = ""


@register.simple_tag
def problems(form: Any = None, forms: Any = None) -> list[Problem]:
    """What is wrong in a form, a formset or several forms, in the order of the page."""
    return [problem for each in _forms(form, forms) for problem in _of_one(each)]


def _forms(form: Any, forms: Any) -> Iterable[BaseForm]:
    given = [*([form] if form else []), *(forms or [])]
    for each in given:
        yield from [each] if isinstance(each, BaseForm) else each


def _of_one(form: BaseForm) -> Iterable[Problem]:
    if not form.is_bound:
        return
    for error in form.non_field_errors():
        yield Problem(str(error))
    for field in form:
        for error in field.errors:
            yield Problem(str(error), "" if field.is_hidden else field.anchor)
