"""Where somebody who answers for protective security removes a text that should never have been written."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from boards import sanitation
from boards.access import city_wide
from boards.forms import Form
from boards.models import Event


class SanitationForm(Form):
    stops_markings = False
    words = forms.CharField(
        label=gettext_lazy("A few words of the text"),
        help_text=gettext_lazy(
            "Choose words that are harmless in themselves and stand nowhere else. They are not saved."
        ),
        min_length=sanitation.FEWEST,
        max_length=200,
    )
    diary_number = forms.CharField(
        label=gettext_lazy("Diary number of the decision"), max_length=40, required=False
    )


@require_http_methods(["GET", "HEAD", "POST"])
@city_wide("sanitize")
def sanitize(request: HttpRequest) -> HttpResponse:
    """Shows first where the words stand, and removes them at the second press."""
    form = SanitationForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_bound and form.is_valid():
        if request.POST.get("step") == "remove":
            sanitation.remove(**form.cleaned_data, by=request.user)
            messages.success(request, _("The text has been removed."))
            return redirect("sanitation")
        found = sanitation.find(form.cleaned_data["words"])
    page = {"form": form, "found": found, "until": sanitation.in_backups_until(), "done": _done()}
    return render(request, "security_program/sanitation.html", page)


def _done() -> list[dict[str, Any]]:
    events = Event.objects.filter(verb="text.sanitized").select_related("actor").order_by("-pk")[:50]
    return [{"at": event.at, "by": event.actor, **json.loads(event.body)["facts"]} for event in events]
