"""One's own account: profile, deputy, e-mail, password, sessions, and what was kept from the last one."""

from datetime import timedelta
from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.views import password_change
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import kept, language, letters, preferences, standing_in
from ..models import User
from . import known_browser, second_factor, sessions
from .forms import ChoicesForm, NewEmailForm, StandInForm
from .signed_in import SignedIn

EMAIL_LINK = "boards.change_email"
EMAIL_LINK_LASTS = timedelta(days=1)


@require_http_methods(["GET", "POST"])
def profile(request: SignedIn) -> HttpResponse:
    person = request.user
    form = ChoicesForm(request.POST or None, initial=_choices(request, person))
    if request.method == "POST" and form.is_valid():
        person.choose(**form.cleaned_data)
        messages.success(request, _("Your choices are saved."))
        response = redirect("profile")
        preferences.remember(request, response, person)
        return response
    return render(request, "boards/profile.html", {"form": form, **_about(person)})


def _choices(request: SignedIn, person: User) -> dict[str, Any]:
    here = language.chosen(request)
    return {"language": here, "theme": person.theme, "shortcuts": person.shortcuts}


def _about(person: User) -> dict[str, Any]:
    holdings = person.office_holdings.confirmed().select_related("office__type", "office__board")
    return {
        "holdings": holdings.order_by("valid_to", "pk"),
        "seats": person.memberships.select_related("board").order_by("-valid_from"),
        **standing_in.of(person),
        "demanded": second_factor.is_demanded_of(person),
        "has_factor": second_factor.has_one(person),
        "staff": person.staff.active().by_name(),
    }


@require_http_methods(["GET", "POST"])
def stand_in_new(request: SignedIn) -> HttpResponse:
    form = StandInForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            request.user.let_stand_in(**form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your deputy has been told, and so has your manager."))
            return redirect("profile")
    return render(request, "boards/profile_stand_in.html", {"form": form})


@require_POST
def stand_in_end(request: SignedIn, pk: int) -> HttpResponse:
    request.user.end_stand_in(get_object_or_404(request.user.stand_ins, pk=pk), by=request.user)
    messages.success(request, _("The deputy no longer acts for you."))
    return redirect("profile")


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "account/logout.html")
    clear_login(request)
    if request.user.is_authenticated:
        sessions.end(request)
    response = redirect(language.way_back(request))
    # The cookie of the language stays: the next page is read by somebody too.
    response["Clear-Site-Data"] = '"cache", "storage"'
    known_browser.forget(response)
    return response


@require_http_methods(["GET", "POST"])
def change_password(request: SignedIn) -> HttpResponse:
    if not request.user.may_use_password:
        return render(request, "account/no_password.html")
    response = password_change(request)
    if response.status_code == 302:
        messages.success(request, _("Your password is changed. All your other sessions have ended."))
        return redirect("profile")
    return response


@require_http_methods(["GET", "POST"])
def change_email(request: SignedIn) -> HttpResponse:
    """A link goes to the new address; whether it already belongs to somebody is not told here."""
    form = NewEmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        taken = User.objects.with_address(email).exists()
        token = signing.dumps([request.user.pk, request.user.email, email], salt=EMAIL_LINK)
        url = request.build_absolute_uri(reverse("email_confirm_open", args=[token]))
        letters.send(
            "email_confirm", None if taken else request.user, address="" if taken else email, url=url
        )
        return render(request, "account/email_sent.html", {"email": email})
    return render(request, "account/email.html", {"form": form})


@require_safe
def open_email_link(request: SignedIn, token: str) -> HttpResponse:
    request.session[EMAIL_LINK] = token
    return redirect("email_confirm")


@require_http_methods(["GET", "POST"])
def confirm_email(request: SignedIn) -> HttpResponse:
    email = _email_in(request)
    if request.method == "POST" and email:
        del request.session[EMAIL_LINK]
        try:
            request.user.change_email(email)
        except ValidationError:
            email = ""
        else:
            messages.success(request, _("Your e-mail address is changed."))
            return redirect("profile")
    return render(request, "account/email_confirm.html", {"email": email}, status=200 if email else 410)


def _email_in(request: SignedIn) -> str:
    try:
        pk, old, new = signing.loads(
            request.session.get(EMAIL_LINK, ""), salt=EMAIL_LINK, max_age=EMAIL_LINK_LASTS
        )
    except (signing.BadSignature, ValueError):
        return ""
    return str(new) if (pk, old) == (request.user.pk, request.user.email) else ""


@require_http_methods(["GET", "POST"])
def sessions_list(request: SignedIn) -> HttpResponse:
    if request.method == "POST":
        sessions.end_others(request)
        messages.success(request, _("All your other sessions have ended."))
        return redirect("usersessions_list")
    found = sorted(UserSession.objects.purge_and_list(request.user), key=lambda session: session.created_at)
    return render(request, "usersessions/usersession_list.html", {"sessions": found})


@require_POST
def end_session(request: SignedIn, pk: int) -> HttpResponse:
    sessions.end_one(get_object_or_404(UserSession, user=request.user, pk=pk), by=request.user)
    messages.success(request, _("The session has ended."))
    return redirect("usersessions_list")


@require_POST
def extend_session(request: SignedIn) -> HttpResponse:
    sessions.extend(request)
    return HttpResponse(status=204)


@require_safe
def kept_text(request: SignedIn) -> HttpResponse:
    found = kept.find(request, request.user)
    if found is None:
        raise Http404
    return render(request, "account/kept_text.html", {"kept": found})


@require_POST
def forget_kept_text(request: SignedIn) -> HttpResponse:
    kept.forget(request, request.user)
    return redirect("my_page")
