"""The city's rounds: where the organisations stand, reminders, opening and closing, and who reviews whom."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.access import SignedInRequest, city_wide, find_visible, may, visible
from boards.days import today
from boards.forms import attempt

from .. import reminding
from ..city_forms import LastDayForm, ReviewerForm, RoundFactsForm, RoundForm
from ..models import Reviewer, RsaCycle, RsaReminder
from ..status_board import StatusTable, tally

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
reviews = city_wide("review")


@require_safe
@visible(RsaCycle)
def rsa_cycle(request: SignedInRequest, cycle: RsaCycle) -> HttpResponse:
    """That an organisation has handed in is open to those who follow it; of a draft nothing is said."""
    table = StatusTable(request, cycle, file_name=f"rsa-{cycle.slug}", quiet_caption=True)
    if file := table.download():
        return file
    facts = {
        "cycle": cycle,
        "table": table,
        "tally": tally(cycle, request.user),
        "reviews": may(request.user, "review"),
        "follows": may(request.user, "view_submitted"),
    }
    return render(request, "risk_analysis/cycle_page.html", facts)


@get_or_post
@reviews
def cycle_new(request: SignedInRequest) -> HttpResponse:
    year = today().year
    first = {"year": year, "name": f"RSA {year}", "slug": str(year), "opens_on": today()}
    form = RoundForm(request.POST if request.method == "POST" else None, initial=first)
    made: list[Any] = []
    if attempt(form, lambda: made.append(RsaCycle.objects.open(by=request.user, **form.facts))):
        messages.success(request, _("The round is open."))
        return redirect(made[0])
    return render(request, "risk_analysis/cycle_form.html", {"form": form, "cycle": None})


@get_or_post
@visible(RsaCycle)
@reviews
def cycle_facts(request: SignedInRequest, cycle: RsaCycle) -> HttpResponse:
    form = RoundFactsForm(request.POST if request.method == "POST" else None, instance=cycle)
    if attempt(form, lambda: RsaCycle.objects.get(pk=cycle.pk).correct(by=request.user, **form.facts)):
        messages.success(request, _("The round is changed."))
        return redirect(cycle)
    return render(request, "risk_analysis/cycle_form.html", {"form": form, "cycle": cycle})


@require_POST
@visible(RsaCycle)
@reviews
def cycle_closed(request: SignedInRequest, cycle: RsaCycle) -> HttpResponse:
    try:
        cycle.close(by=request.user)
        messages.success(request, _("The round is closed. What has begun can still be handed in."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(cycle)


@get_or_post
@visible(RsaCycle)
@reviews
def cycle_reminders(request: SignedInRequest, cycle: RsaCycle) -> HttpResponse:
    if request.method == "POST":
        try:
            sent = len(reminding.remind(cycle, by=request.user, shown=request.POST.get("visat", "")))
            done = ngettext("%(number)s reminder is sent.", "%(number)s reminders are sent.", sent)
            messages.success(request, done % {"number": sent})
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect("cycle_reminders", cycle.slug)
    rows = reminding.prepare(cycle)
    facts = {
        "cycle": cycle,
        "rows": rows,
        "receivers": sum(bool(row.people) for row in rows),
        "shown": reminding.digest(rows),
        "sent": RsaReminder.objects.of_round(cycle).prefetch_related("people")[:100],
    }
    return render(request, "risk_analysis/cycle_reminders.html", facts)


@get_or_post
@reviews
def reviewer_list(request: SignedInRequest) -> HttpResponse:
    """Who reviews whom; somebody else assigns you."""
    form = ReviewerForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: Reviewer.objects.assign(by=request.user, **form.cleaned_data)):
        messages.success(
            request, _("From that day on the case officer reads what the organisation hands in.")
        )
        return redirect("reviewer_list")
    rows = Reviewer.objects.visible_to(request.user).not_over().select_related("person", "board")
    facts = {"form": form, "reviewers": rows.order_by("board__name", "person__name"), "today": today()}
    return render(request, "risk_analysis/reviewer_list.html", facts)


@get_or_post
def reviewer_end(request: SignedInRequest, pk: int) -> HttpResponse:
    reviewer = find_visible(Reviewer, request.user, "person", "board", pk=pk)
    if not may(request.user, "review"):
        raise PermissionDenied
    form = LastDayForm(request.POST if request.method == "POST" else None)
    if attempt(form, lambda: reviewer.end(by=request.user, last_day=form.cleaned_data["last_day"])):
        messages.success(request, _("The review ends that day."))
        return redirect("reviewer_list")
    return render(request, "risk_analysis/reviewer_end.html", {"form": form, "reviewer": reviewer})
