"""The city's rounds of follow-up: who has handed in, what waits to be reviewed, opening and locking."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boards.access import SignedInRequest, city_wide, may
from boards.days import today
from boards.forms import attempt

from ..follow_up_forms import RoundForm
from ..models import FollowUp, Round
from ..plan_tables import FollowUpTable
from .settings import get_or_post, posted

reviews = city_wide("review")


@require_safe
def round_list(request: SignedInRequest) -> HttpResponse:
    """The rounds of the city, the latest first."""
    facts = {
        "rounds": Round.objects.order_by("-due_on", "-pk")[:60],
        "reviews": may(request.user, "review"),
    }
    return render(request, "security_program/round_list.html", facts)


@require_safe
def round_page(request: SignedInRequest, year: int, kind: str) -> HttpResponse:
    """That a board has handed in is open; what it says is read by those who may."""
    asked = find_round(year, kind)
    if not (may(request.user, "view_submitted") or may(request.user, "view_internal")):
        raise PermissionDenied
    rows = FollowUp.objects.filter(round=asked).with_names()
    table = FollowUpTable(request, rows, file_name=f"uppfoljning-{year}-{kind}")
    if file := table.download():
        return file
    states = Counter(rows.values_list("state", flat=True))
    facts = {
        "round": asked,
        "table": table,
        "states": [(label, states[value], TAGS[value]) for value, label in FollowUp.State.choices],
        "reviews": may(request.user, "review"),
        "approved": states[FollowUp.State.APPROVED],
    }
    return render(request, "security_program/round_page.html", facts)


# How each state looks.
TAGS = {
    "oppen": "todo",
    "hos_chef": "ongoing",
    "inlamnad": "ongoing",
    "granskas": "ongoing",
    "aterlamnad": "action",
    "godkand": "done",
    "last": "done",
}


def find_round(year: int, kind: str) -> Round:
    found = Round.objects.filter(year=year, kind=kind).first() if year < 9999 else None
    if found is None:
        raise Http404
    return found


@get_or_post
@reviews
def round_new(request: SignedInRequest) -> HttpResponse:
    form = RoundForm(posted(request), initial={"year": today().year})
    made: list[Any] = []
    if attempt(
        form,
        lambda: made.append(
            Round.objects.open(form.cleaned_data["year"], form.cleaned_data["kind"], by=request.user)
        ),
    ):
        messages.success(request, _("The round is open."))
        return redirect(made[0])
    return render(request, "security_program/round_form.html", {"form": form})


@require_POST
@reviews
def round_locked(request: SignedInRequest, year: int, kind: str) -> HttpResponse:
    asked = find_round(year, kind)
    try:
        asked.lock(by=request.user)
        messages.success(request, _("Those that are approved are locked."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(asked)
