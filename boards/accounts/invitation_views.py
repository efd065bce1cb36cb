"""The one-time link: opening it moves the token out of the address, pressing the button makes the account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import throttle
from . import invitations
from .forms import AcceptForm

TOKEN = "invitation"  # noqa: S105


@login_not_required
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that does not fit is an attempt, and counted as one."""
    if invitations.find(token) is None:
        try:
            throttle.begin(throttle.counts(request, "invitation", ""))
        except throttle.TooSoonError as wait:
            return throttle.too_soon(request, wait)
    request.session[TOKEN] = token
    return redirect("invitation")


@login_not_required
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    invitation = invitations.find(request.session.get(TOKEN, ""))
    if invitation is None:
        return render(request, "account/invitation_over.html", status=410)
    form = AcceptForm(request.POST or None, person=invitation.person, initial=_known_name(invitation))
    if request.method == "POST" and form.is_valid():
        try:
            invitations.accept(
                invitation, name=form.cleaned_data["name"], password=form.cleaned_data["password1"]
            )
        except ValidationError:
            return render(request, "account/invitation_over.html", status=410)
        del request.session[TOKEN]
        messages.success(request, _("Your account is ready. Sign in with the password you chose."))
        return redirect("account_login")
    return render(request, "account/invitation.html", {"form": form, "email": invitation.person.email})


def _known_name(invitation: Any) -> dict[str, str]:
    name = invitation.person.name
    return {} if name == invitation.person.email else {"name": name}
