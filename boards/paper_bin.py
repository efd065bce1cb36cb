"""The bin: what has been thrown away at one's boards lies there for thirty days and can be taken back."""

from typing import Any

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .access import SignedInRequest
from .models import Discardable


def kinds() -> dict[str, type[Discardable]]:
    """Everything that can be thrown away, on whichever floor."""
    return {model.noun: model for model in apps.get_models() if issubclass(model, Discardable)}


def within_reach(person: Any) -> list[Discardable]:
    """What the person may take back, the latest first."""
    found = [row for model in kinds().values() for row in model.with_discarded.in_the_bin_of(person)]
    return sorted(found, key=lambda row: row.discarded_at, reverse=True)


@require_safe
def paper_bin(request: SignedInRequest) -> HttpResponse:
    return render(request, "boards/paper_bin.html", {"rows": within_reach(request.user)})


@require_POST
def take_back(request: SignedInRequest, noun: str, pk: int) -> HttpResponse:
    model = kinds().get(noun)
    row: Any = model and model.with_discarded.in_the_bin_of(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    try:
        row.take_back(by=request.user)
        messages.success(request, _("Taken back."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("paper_bin")


def receipt(text: str) -> SafeString:
    """Says what was thrown away, with the way to undo it."""
    return format_html('{} <a href="{}">{}</a>', text, reverse("paper_bin"), _("Undo"))


def empty() -> int:
    """What has lain there for thirty days is gone for good, each with an event."""
    gone = 0
    for model in kinds().values():
        for row in model.with_discarded.out_of_time():
            row.vanish()
            gone += 1
    return gone
