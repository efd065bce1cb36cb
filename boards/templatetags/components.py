"""The tags that the component templates and the pages share."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.forms import BaseForm
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from .. import idempotency
from ..charts import demand, written

register = template.Library()

# Browsers divide Swedish words only where they have a Swedish dictionary.
LONG_WORD = re.compile(r"\w{20,}")
JOINT = re.compile(r"(?<=ions|hets|ings)(?=\w{4})")
SOFT_HYPHEN = "\N{SOFT HYPHEN}"

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


@register.inclusion_tag("components/_breadcrumbs.html")
def crumbs(*steps: Any) -> dict[str, Any]:
    """{% crumbs "board_list" _("Boards") board.get_absolute_url board.name %}: a route or an address, and its name."""
    pairs = list(zip(steps[::2], steps[1::2], strict=True))
    return {"crumbs": [(resolve_url(where), label) for where, label in pairs]}


@register.simple_block_tag
def figure(content: str, *, title: str, subtitle: str, source: str, table: Any) -> str:
    """A picture with its conclusion, what it measures, its source and its numbers; without them it is not shown."""
    demand(title=title, subtitle=subtitle, source=source, table=table)
    parts = {"title": title, "subtitle": subtitle, "source": source, "table": table, "content": content}
    return render_to_string("components/_figure.html", parts)


@register.simple_tag
def swedish() -> SafeString:
    """The attribute for a passage that is in Swedish whatever the page is in."""
    return format_html("{}", "") if get_language() == "sv" else format_html(' lang="{}"', "sv")


@register.simple_tag
def once() -> SafeString:
    """The form's own key: sent in twice, it is done once (boards.idempotency)."""
    return format_html('<input type="hidden" name="{}" value="{}">', idempotency.FIELD, idempotency.new_key())


@register.filter
def divisible(text: str) -> str:
    """A heading whose words longer than a phone is wide may be divided between the words they are put together of."""
    return LONG_WORD.sub(lambda word: JOINT.sub(SOFT_HYPHEN, word[0]), str(text))


@register.filter
def number(value: Any) -> str:
    return "" if value is None else written(value)


@register.filter
def day(value: date | None) -> str:
    """In running text: den 30 april 2026, 30 April 2026."""
    return _with_article(date_format(value)) if value else ""


@register.filter
def near(value: date | None) -> str:
    """A date with what it is from here: i morgon, fredag den 17 april."""
    if value is None:
        return ""
    words = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    away = words.get((value - timezone.localdate()).days)
    written_out = f"{date_format(value, 'l')} {day_this_year(value)}"
    return f"{away}, {written_out}" if away else written_out


def day_this_year(value: date) -> str:
    this_year = value.year == timezone.localdate().year
    return _with_article(date_format(value, "MONTH_DAY_FORMAT")) if this_year else day(value)


def _with_article(written_out: str) -> str:
    return f"den {written_out}" if get_language() == "sv" else written_out


@register.filter
def dialled(phone: str) -> str:
    """A phone number as a telephone wants it: 08-508 00 000 becomes 0850800000."""
    return "".join(sign for sign in phone if sign.isdecimal() or sign in "+")
