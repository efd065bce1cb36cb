"""What one has begun to fill in is saved while one writes, and is there when one comes back.

A form is offered drafts by one line in its view: `drafts.offer(request, form, title=…, board=…)`. A small script
saves it while one types; without scripts a button does. It is sealed, and forgotten when the form is sent in.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import BadRequest
from django.forms import BaseForm, BooleanField, FileField, MultipleChoiceField
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from . import markings, read_log
from .access import SignedInRequest
from .kept import LARGEST, SECRET
from .models import Draft
from .sealing import BrokenSealError

FIELD = "draft"
CARRIED = ("csrfmiddlewaretoken", "once", FIELD)
KEPT_FOR = timedelta(days=180)


@dataclass(frozen=True)
class Offer:
    """What the form's template needs: the signed place, and the draft that was put back, if any."""

    place: str
    draft: Draft | None
    theirs: bool


def offer(request: Any, form: BaseForm, *, title: str, board: Any = None) -> None:
    """Puts an earlier draft back into a form that is shown for the first time."""
    path = request.get_full_path()
    draft = None if form.is_bound else _latest(request.user, path)
    if draft and draft.person_id != request.user.pk:
        read_log.shown(request.user, draft, "sealed")
    fields = _open(draft)
    if fields is None:
        draft = None
    else:
        _fill(form, fields)
    place = signing.dumps([path, board.pk if board else None, str(title)], salt="boards.drafts")
    form.draft = Offer(place, draft, bool(draft and draft.person_id != request.user.pk))


def _latest(person: Any, path: str) -> Draft | None:
    return Draft.objects.reached_by(person).filter(path=path).select_related("person").latest_first().first()


def _open(draft: Draft | None) -> dict[str, list[str]] | None:
    try:
        return draft.open()[1] if draft else None
    except BrokenSealError:
        return None


def _fill(form: BaseForm, fields: dict[str, list[str]]) -> None:
    for name, field in form.fields.items():
        sent = fields.get(form.add_prefix(name), [])
        if isinstance(field, FileField):
            continue
        if isinstance(field, BooleanField):
            form.initial[name] = bool(sent)
        elif isinstance(field, MultipleChoiceField) or (
            hasattr(field.widget, "allow_multiple_selected") and (field.widget.allow_multiple_selected)
        ):
            form.initial[name] = sent
        elif sent:
            form.initial[name] = sent[-1]


@require_http_methods(["GET", "HEAD", "POST"])
def draft_list(request: SignedInRequest) -> HttpResponse:
    """One's drafts; a POST saves what is being written."""
    if request.method == "POST":
        return _save(request)
    reached = Draft.objects.reached_by(request.user).select_related("person", "board").latest_first()
    return render(request, "boards/draft_list.html", {"drafts": reached})


def _save(request: SignedInRequest) -> HttpResponse:
    path, board, title = place(request)
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name not in CARRIED and not SECRET.search(name)
    }
    too_much = sum(len(text) for values in fields.values() for text in values) > LARGEST
    marked = any(markings.find(text) for values in fields.values() for text in values)
    if too_much or marked:
        return _answer(request, path, saved=False)
    facts = {"sealed": Draft.seal(path, title, fields), "saved_at": timezone.now(), "board_id": board}
    Draft.objects.update_or_create(person=request.user, path=path, defaults=facts)
    return _answer(request, path, saved=True)


def place(request: HttpRequest) -> tuple[str, int | None, str]:
    try:
        path, board, title = signing.loads(request.POST.get(FIELD, ""), salt="boards.drafts")
    except signing.BadSignature:
        raise BadRequest from None
    return path, board, title


def _answer(request: HttpRequest, path: str, *, saved: bool) -> HttpResponse:
    now = time_format(timezone.localtime(), "TIME_FORMAT")
    text = _("Saved %(time)s") % {"time": now} if saved else _("Not saved. The text is still on the page.")
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"text": text}, status=200 if saved else 422)
    (messages.success if saved else messages.warning)(request, text)
    return redirect(path)


@require_POST
def draft_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(Draft.objects.filter(person=request.user), pk=pk)
    draft.discard(by=request.user)
    messages.success(request, _("The draft lies in the bin for 30 days."))
    return redirect("draft_list")


class ForgetSentDrafts:
    """A form that has been taken in needs its draft no more."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        if request.method == "POST" and response.status_code == 302 and FIELD in request.POST:
            forget(request)
        return response


def forget(request: Any) -> None:
    try:
        path = place(request)[0]
    except BadRequest:
        return
    if request.user.is_authenticated and path == request.get_full_path():
        Draft.objects.reached_by(request.user).filter(path=path).delete()


def forget_old() -> None:
    Draft.with_discarded.filter(saved_at__lt=timezone.now() - KEPT_FOR).delete()
