"""The instructions for all staff, who has acknowledged them, and the office that writes them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boards import activity
from boards.access import city_wide, find_visible, may
from boards.days import today
from boards.forms import attempt
from boards.models import Board

from ..guideline_forms import GuidelineDecisionForm, GuidelineForm, GuidelineVersionForm
from ..models import Guideline, GuidelineVersion
from ..models.guidelines import boards_that_may_be_acknowledged_by
from .settings import get_or_post, posted

writes = city_wide("review")


def seen(request: HttpRequest, slug: str) -> Guideline:
    guideline: Guideline = find_visible(Guideline, request.user, slug=slug)
    return guideline


@require_safe
def guideline_list(request: HttpRequest) -> HttpResponse:
    bound = Board.objects.on().bound()
    counted = Count("acknowledgements", filter=Q(acknowledgements__board__in=bound))
    versions = GuidelineVersion.objects.in_force().select_related("guideline").annotate(done=counted)
    may_write = may(request.user, "review")
    drafts = GuidelineVersion.objects.filter(decided_on__isnull=True).select_related("guideline")
    facts = {
        "versions": versions.order_by("guideline__name"),
        "bound": bound.count(),
        "awaited": set(GuidelineVersion.objects.awaited_from(request.user).values_list("pk", flat=True)),
        "drafts": drafts if may_write else [],
        "may_write": may_write,
    }
    return render(request, "security_program/guideline_list.html", facts)


@require_safe
def guideline_page(request: HttpRequest, slug: str) -> HttpResponse:
    guideline = seen(request, slug)
    may_write = may(request.user, "review")
    versions = list(guideline.versions.all())
    in_force = next((one for one in versions if one.in_force_from and one.in_force_from <= today()), None)
    lacking = list(in_force.lacking()) if in_force else []
    mine = set(boards_that_may_be_acknowledged_by(request.user)) if in_force else set()
    facts = {
        "guideline": guideline,
        "version": in_force,
        "versions": [one for one in versions if may_write or not one.is_draft],
        "draft": next((one for one in versions if may_write and one.is_draft), None),
        "lacking": lacking,
        "mine": [board for board in lacking if board in mine],
        "may_write": may_write,
        "activity": activity.panel(request.user, guideline),
    }
    return render(request, "security_program/guideline_page.html", facts)


@require_POST
def guideline_acknowledge(request: HttpRequest, slug: str) -> HttpResponse:
    """One press for one board; the version is the one that was read."""
    guideline = seen(request, slug)
    board = find_visible(Board, request.user, slug=request.POST.get("namnd", ""))
    if board not in boards_that_may_be_acknowledged_by(request.user):
        raise PermissionDenied
    version = guideline.versions.in_force().filter(number=_number(request.POST.get("version", ""))).first()
    if version is None:
        messages.warning(request, _("There is a newer version. Read it first."))
    else:
        version.acknowledge(board, by=request.user)
        messages.success(request, _("Noted for %(board)s.") % {"board": board})
    return redirect(guideline)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 else 0


@get_or_post
@writes
def guideline_new(request: HttpRequest) -> HttpResponse:
    form = GuidelineForm(posted(request))
    made: list[GuidelineVersion] = []
    if attempt(form, lambda: made.append(Guideline.objects.write(by=request.user, **form.cleaned_data))):
        return redirect(made[0].guideline)
    return _form(request, form, _("Write an instruction"))


@get_or_post
@writes
def guideline_version_new(request: HttpRequest, slug: str) -> HttpResponse:
    guideline = seen(request, slug)
    last = guideline.versions.first()
    form = GuidelineVersionForm(posted(request), initial={"text": last.text if last else ""})
    if attempt(form, lambda: guideline.draft(by=request.user, **form.cleaned_data)):
        return redirect(guideline)
    return _form(request, form, _("Write a new version"), guideline)


@get_or_post
@writes
def guideline_decision(request: HttpRequest, slug: str) -> HttpResponse:
    guideline = seen(request, slug)
    draft = guideline.versions.filter(decided_on__isnull=True).first()
    if draft is None:
        raise Http404
    form = GuidelineDecisionForm(posted(request))
    if attempt(form, lambda: draft.decide(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The decision is noted."))
        return redirect(guideline)
    return _form(request, form, _("Note the decision"), guideline)


def _form(
    request: HttpRequest, form: object, heading: str, guideline: Guideline | None = None
) -> HttpResponse:
    facts = {"form": form, "heading": heading, "guideline": guideline}
    return render(request, "security_program/guideline_form.html", facts)
