"""Where accounts are looked after: by administrators for everybody, by a manager for a lost phone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import activity, read_log
from ..access import city_wide, may
from ..models import Dispatch, FactorReset, Job, StandIn, User
from . import invitations, second_factor
from .forms import InviteForm, ResetForm, SearchForm
from .signed_in import SignedIn

PAGE = 50


def find_managed(request: SignedIn, pk: int) -> User:
    """Somebody whose account one may help with; anybody else is as missing as somebody who is not there."""
    person = User.objects.managed_by(request.user).filter(pk=pk).first()
    if person is None:
        raise Http404
    return person


@require_safe
@city_wide("manage_accounts")
def account_list(request: SignedIn) -> HttpResponse:
    form = SearchForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    found = User.objects.filter(Q(name__icontains=wanted) | Q(email__icontains=wanted)).by_name()
    people = list(found.select_related("unit__board")[: PAGE + 1])
    resets = FactorReset.objects.waiting().select_related("person", "asked_by").order_by("asked_at")
    context = {
        "form": form,
        "people": people[:PAGE],
        "more": len(people) > PAGE,
        "resets": resets,
        "undelivered": Dispatch.objects.undelivered().select_related("person")[:20],
    }
    return render(request, "boards/account_list.html", context)


@require_POST
@city_wide("manage_accounts")
def directory_round(request: SignedIn) -> HttpResponse:
    """The file from the directory is read now and not tonight; two presses within a minute are one."""
    minute = int(timezone.now().timestamp() // 60)
    return redirect(Job.objects.ask("directory", key=f"directory:asked:{minute}", by=request.user))


@require_safe
def account_detail(request: SignedIn, pk: int) -> HttpResponse:
    person = find_managed(request, pk)
    read_log.shown(request.user, person, "break_glass")
    context = {
        "person": person,
        "holdings": person.office_holdings.confirmed().on().select_related("office__type", "office__board"),
        "has_factor": second_factor.has_one(person),
        "reset": FactorReset.objects.waiting().filter(person=person).first(),
        "may_manage": may(request.user, "manage_accounts"),
        "is_self": person == request.user,
        "undelivered": Dispatch.objects.undelivered().filter(person=person).first(),
        "activity": activity.panel(request.user, person),
        "stand_ins": StandIn.objects.on().filter(person=person).select_related("deputy"),
    }
    return render(request, "boards/account_detail.html", context)


@require_http_methods(["GET", "POST"])
@city_wide("manage_accounts")
def account_invite(request: SignedIn) -> HttpResponse:
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invite_by_mail(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, _("An invitation is on its way. It works for a week."))
            return redirect("account_list")
    return render(request, "boards/account_invite.html", {"form": form})


@require_POST
@city_wide("manage_accounts")
def end_sessions(request: SignedIn, pk: int) -> HttpResponse:
    find_managed(request, pk).sign_out_everywhere(by=request.user)
    messages.success(request, _("The person's sessions have ended."))
    return redirect("account_detail", pk)


@require_POST
@city_wide("manage_accounts")
def deactivate(request: SignedIn, pk: int) -> HttpResponse:
    """The button says which way, so that two presses are as one; nobody closes their own account."""
    person = find_managed(request, pk)
    if person == request.user:
        raise PermissionDenied
    if request.POST.get("to") == "open":
        person.reactivate(by=request.user)
        messages.success(request, _("The account is open again. Offices have to be given anew."))
    else:
        person.deactivate(by=request.user)
        messages.success(request, _("The account is closed."))
    return redirect("account_detail", pk)


@require_POST
@city_wide("manage_accounts")
def reserve(request: SignedIn, pk: int) -> HttpResponse:
    """Whoever has no password of their own gets a link to choose one, since a reserve account opens with it."""
    person = find_managed(request, pk)
    person.keep_in_reserve(request.POST.get("to") == "reserve", by=request.user)
    if invitations.is_needed_by(person):
        invitations.invite_by_mail(person.email, person.name, by=request.user)
        messages.success(request, _("Saved. The person gets a link to choose a password."))
    else:
        messages.success(request, _("Saved."))
    return redirect("account_detail", pk)


@require_http_methods(["GET", "POST"])
def ask_reset(request: SignedIn, pk: int) -> HttpResponse:
    person = find_managed(request, pk)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            FactorReset.ask(person, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("An administrator other than you has to agree."))
            return redirect("account_detail", pk)
    return render(request, "boards/account_reset.html", {"form": form, "person": person})


@require_POST
@city_wide("manage_accounts")
def decide_reset(request: SignedIn, pk: int) -> HttpResponse:
    reset = FactorReset.objects.waiting().filter(pk=pk).first()
    if reset is None:
        raise Http404
    try:
        if request.POST.get("decision") == "approve":
            reset.approve(by=request.user)
            messages.success(request, _("The second factor is removed and the person told."))
        else:
            reset.refuse(by=request.user)
            messages.success(request, _("The request is turned down."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("account_list")
