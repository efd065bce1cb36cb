"""What goes to and comes from the city's ordinary steering system: passages to copy, files, and the mapping."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boards import exports, read_log
from boards.access import SignedInRequest, city_wide, find_visible, may
from boards.forms import attempt

from .. import handing_over
from ..contents import Contents
from ..follow_up_forms import SteeringWordsForm
from ..models import HandOver, SteeringWord
from .follow_ups import find
from .settings import get_or_post, posted


@require_safe
def follow_up_steering(request: SignedInRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """What has been handed over and what has changed since, and each passage ready to be copied."""
    report = find(request, slug, year, kind)
    contents = Contents.of(report)
    handed = list(report.hand_overs.latest_first().select_related("by"))
    facts = {
        "report": report,
        "board": report.board,
        "parts": handing_over.parts(contents, report),
        "handed": handed,
        "changed": handing_over.changed_since(handed[0], contents) if handed else set(),
        "hands_over": may(request.user, "edit_internal", report.board),
        "is_ready": report.state in handing_over.HANDED_OVER_IN,
        "ways": HandOver.Way,
        "kinds": [(exports.EXCEL, _("Download as Excel")), (exports.CSV, _("Download as CSV"))],
    }
    return render(request, "security_program/follow_up_steering.html", facts)


@require_POST
def follow_up_handed_over(request: SignedInRequest, slug: str, year: int, kind: str) -> HttpResponse:
    report = find(request, slug, year, kind, to="edit_internal")
    try:
        handing_over.hand_over(report, request.POST.get("satt", ""), by=request.user)
        messages.success(request, _("The hand-over is noted."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("follow_up_steering", slug, year, kind)


@require_safe
def hand_over_file(
    request: SignedInRequest, slug: str, year: int, kind: str, pk: int
) -> FileResponse | HttpResponse:
    """The file as it was handed over, in the columns of the steering system."""
    rows = {"follow_up__board__slug": slug, "follow_up__round__year": year, "follow_up__round__kind": kind}
    handed: HandOver = find_visible(
        HandOver, request.user, "follow_up__board", "follow_up__round", pk=pk, **rows
    )
    format_ = request.GET.get("format", exports.EXCEL)
    if format_ not in exports.WRITERS:
        raise Http404
    sheet = handing_over.sheet(handed)
    read_log.given_out(request.user, [handed], level="K1", name=sheet.file_name(format_))
    return exports.download(sheet, format_)


@get_or_post
@city_wide("review")
def steering_words(request: SignedInRequest) -> HttpResponse:
    """The mapping, which the city office keeps."""
    form = SteeringWordsForm(posted(request))
    if attempt(form, lambda: SteeringWord.objects.say(form.words, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("steering_words")
    facts: dict[str, Any] = {"form": form}
    return render(request, "security_program/steering_words.html", facts)
