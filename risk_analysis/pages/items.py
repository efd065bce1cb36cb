"""The rows of a part: the list with what is as last year, one row's form, and the presses on a row."""

import hashlib
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from boards import drafts, merging
from boards.access import SignedInRequest
from boards.forms import attempt
from boards.models import ChangedMeanwhileError

from .. import matrix
from ..comparison import Difference, before, differences
from ..contents import as_row
from ..forms import FORMS, ItemForm
from ..guidance import guidance
from ..models import Item, Remark, Rsa
from ..parts import Part
from ..showing import in_a_line, summary
from .finding import WRITE, find, find_item, find_part, get_or_post, may_write, note_reading


@require_safe
def rsa_part(request: SignedInRequest, cycle: str, slug: str, part: str) -> HttpResponse:
    """What follows along from last year is confirmed with one press each, or together once it has been seen."""
    rsa, this = find(request, cycle, slug), find_part(part)
    found = rows_of(rsa, this)
    rows = [row for row in found if row.is_standing]
    note_reading(request, rsa, rows, f"rsa {this.slug}")
    writes = may_write(request, rsa)
    marks = _marks(rsa, this, rows)
    unconfirmed = [row for row in rows if not row.is_confirmed]
    facts = {
        **_about(rsa, this),
        "groups": _groups(rows, marks),
        "removed": [row for row in found if not row.is_standing] if writes else [],
        "writes": writes,
        "unconfirmed": len(unconfirmed),
        "shown": shown(unconfirmed),
        "guidance": guidance(rsa.method, this.slug),
    }
    return render(request, "risk_analysis/rsa_part.html", facts)


def rows_of(rsa: Rsa, part: Part) -> list[Any]:
    """Those taken away this year among them, in one question."""
    rows = list(
        part.model.objects.filter(rsa=rsa).with_names().in_order().prefetch_related(*part.model.SEVERAL)
    )
    for row in rows:
        row.rsa = rsa
    return rows


def _groups(rows: list[Any], marks: dict[str, Difference]) -> list[dict[str, Any]]:
    """By the commitment they are about, where they are about one."""
    found = groupby(rows, key=lambda row: getattr(row, "commitment", None))
    return [
        {
            "heading": str(commitment) if commitment else "",
            "rows": [(row, in_a_line(row), marks.get(str(row.thread))) for row in group],
        }
        for commitment, group in found
    ]


def _marks(rsa: Rsa, part: Part, rows: list[Any]) -> dict[str, Difference]:
    """Nothing is marked where there is nothing to compare with."""
    earlier = before(rsa)
    if not any(earlier.values()):
        return {}
    found = differences(earlier[part.rows], [as_row(row) for row in rows])
    return {row.thread: row for row in found.rows}


def shown(rows: Iterable[Item]) -> str:
    """The list as it was seen; one that has changed since is not confirmed."""
    seen = sorted(f"{row.pk}:{row.version}" for row in rows)
    return hashlib.sha256(" ".join(seen).encode()).hexdigest()


@require_POST
def rsa_part_confirmed(request: SignedInRequest, cycle: str, slug: str, part: str) -> HttpResponse:
    rsa, this = find(request, cycle, slug, to=WRITE), find_part(part)
    waiting = this.model.objects.filter(rsa=rsa).unconfirmed()
    try:
        if shown(waiting) != request.POST.get("shown"):
            raise ValidationError(_("The list has changed since you saw it. Read it and confirm again."))
        number = waiting.confirm_each(by=request.user)
        text = ngettext("%(number)s row is confirmed.", "%(number)s rows are confirmed.", number)
        messages.success(request, text % {"number": number})
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("rsa_part", cycle, slug, this.slug)


@get_or_post
def rsa_item_new(request: SignedInRequest, cycle: str, slug: str, part: str) -> HttpResponse:
    rsa, this = find(request, cycle, slug, to=WRITE), find_part(part)
    if not rsa.is_written:
        return _closed(request, rsa)
    kind = FORMS[this.model]
    form = kind(merging.posted(request, None), rsa=rsa, initial=_asked_for(request, kind))
    if attempt(form, lambda: this.model.objects.add(rsa, by=request.user, **form.facts)):
        return _onwards(request, rsa, this)
    drafts.offer(request, form, title=str(this.add), board=rsa.board)
    return _form_page(request, form, rsa, this)


def _asked_for(request: SignedInRequest, kind: type[ItemForm]) -> dict[str, Any]:
    """What the link said, as the commitment it stood at."""
    said: dict[str, Any] = dict(request.GET.items())
    return {name: value for name, value in said.items() if name in kind.base_fields and value.isdecimal()}


@get_or_post
def rsa_item(request: SignedInRequest, cycle: str, slug: str, part: str, pk: int) -> HttpResponse:
    """The row's form for those who write, and the row to be read for everybody else."""
    item, this = find_item(request, cycle, slug, part, pk), find_part(part)
    rsa = item.rsa
    note_reading(request, rsa, [item], f"rsa {this.slug}")
    if not may_write(request, rsa) or not item.is_standing:
        facts = {
            **_about(rsa, this),
            "item": item,
            "summary": summary(item),
            "comments": _comments(rsa, item),
        }
        return render(request, "risk_analysis/rsa_item.html", facts)
    kind = FORMS[this.model]
    form = kind(merging.posted(request, item), rsa=rsa, item=item)
    try:
        if attempt(form, lambda: item.correct(by=request.user, version=form.read_version, **form.facts)):
            return _onwards(request, rsa, this)
    except ChangedMeanwhileError:
        fresh = this.model.objects.get(pk=item.pk)
        return merging.ask(request, form, kind(rsa=rsa, item=fresh))
    drafts.offer(request, form, title=str(item), board=rsa.board)
    return _form_page(request, form, rsa, this, item)


def _form_page(request: SignedInRequest, form: Any, rsa: Rsa, part: Part, item: Any = None) -> HttpResponse:
    facts = {
        **_about(rsa, part),
        "form": form,
        "item": item,
        "remarks": Remark.objects.on(rsa).filter(thread=item.thread) if item and rsa.edition > 1 else [],
        "comments": _comments(rsa, item) if item else [],
        "was": _as_last_year(rsa, part, item) if item else [],
        "guidance": guidance(rsa.method, part.slug),
        "matrix": matrix.placed(rsa.method, item) if part.slug == "risker" else None,
        "heading": str(item) if item else part.add,
    }
    return render(request, "risk_analysis/rsa_item_form.html", facts)


def _as_last_year(rsa: Rsa, part: Part, item: Any) -> list[Any]:
    earlier = next((row for row in before(rsa)[part.rows] if row["thread"] == str(item.thread)), None)
    if earlier is None:
        return []
    now = as_row(item)
    return [each for each in summary(item, earlier) if earlier.get(each.name) != now.get(each.name)]


def _comments(rsa: Rsa, item: Any) -> Any:
    return rsa.comments.about(item.thread).select_related("by")


def _onwards(request: SignedInRequest, rsa: Rsa, part: Part) -> HttpResponse:
    messages.success(request, _("Saved."))
    again = reverse("rsa_item_new", args=[rsa.cycle.slug, rsa.slug, part.slug])
    return redirect(
        again
        if "another" in request.POST
        else reverse("rsa_part", args=[rsa.cycle.slug, rsa.slug, part.slug])
    )


def _closed(request: SignedInRequest, rsa: Rsa) -> HttpResponse:
    messages.warning(request, _("The analysis is no longer a draft, so nothing in it is changed."))
    return redirect(rsa)


def _about(rsa: Rsa, part: Part) -> dict[str, Any]:
    return {"rsa": rsa, "board": rsa.board, "part": part}


def _press(act: Callable[[Any, Any], None], done: Callable[[], Any]) -> Callable[..., HttpResponse]:
    @require_POST
    def door(request: SignedInRequest, cycle: str, slug: str, part: str, pk: int) -> HttpResponse:
        item = find_item(request, cycle, slug, part, pk, to=WRITE)
        try:
            act(item, request.user)
            messages.success(request, done() % {"what": item})
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("rsa_part", cycle, slug, part)

    return door


rsa_item_confirmed = _press(
    lambda item, by: item.confirm(by=by), lambda: _("“%(what)s” is confirmed for this year.")
)
rsa_item_removed = _press(
    lambda item, by: item.remove(by=by), lambda: _("“%(what)s” is taken away. You can put it back below.")
)
rsa_item_put_back = _press(lambda item, by: item.put_back(by=by), lambda: _("“%(what)s” is back."))
