"""Saying what one reads for, and the second person's yes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.access import SignedInRequest, visible
from boards.forms import attempt

from ..city_forms import PurposeForm
from ..models import Purpose
from ..models.purposes import ALONE_UP_TO, approves, reads_across


@require_safe
def purpose_list(request: SignedInRequest) -> HttpResponse:
    """One's own, and for a second person those of the others."""
    if not (reads_across(request.user) or approves(request.user)):
        raise PermissionDenied
    rows = Purpose.objects.visible_to(request.user).select_related("reader", "approved_by").latest_first()
    shown = [(row, row.may_be_approved_by(request.user)) for row in rows[:100]]
    facts = {"purposes": shown, "reads": reads_across(request.user), "alone": ALONE_UP_TO}
    return render(request, "risk_analysis/purpose_list.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
def purpose_new(request: SignedInRequest) -> HttpResponse:
    if not reads_across(request.user):
        raise PermissionDenied
    sent = request.POST if request.method == "POST" else None
    form = PurposeForm(sent, initial={"what": request.GET.get("vad", Purpose.What.RISKS)})
    made: list[Any] = []
    if attempt(
        form,
        lambda: made.append(
            Purpose.objects.state(
                form.cleaned_data["what"],
                by=request.user,
                why=form.cleaned_data["why"],
                kind=form.cleaned_data["kind"],
            )
        ),
    ):
        return _onward(request, made[0])
    return render(request, "risk_analysis/purpose_form.html", {"form": form, "alone": ALONE_UP_TO})


def _onward(request: SignedInRequest, purpose: Purpose) -> HttpResponse:
    where = request.GET.get("till", "")
    if purpose.is_waiting:
        messages.info(
            request,
            _("You would open more organisations than one person does alone. A second person is asked."),
        )
        return redirect("purpose_list")
    is_ours = url_has_allowed_host_and_scheme(where, allowed_hosts=None)
    return redirect(where if is_ours and where.startswith("/") else "city_risks")


@require_POST
@visible(Purpose, "pk")
def purpose_approve(request: SignedInRequest, purpose: Purpose) -> HttpResponse:
    if not approves(request.user):
        raise PermissionDenied
    try:
        purpose.approve(by=request.user)
        messages.success(request, _("The reader may open it for eight hours."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("purpose_list")
