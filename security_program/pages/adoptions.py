"""Companies adopt the programme themselves: the parent company asks, each board decides, the missing are seen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from boards.access import SignedInRequest, find_visible, visible
from boards.forms import attempt
from boards.models import Board

from ..adopting import AdoptionTable, adopts, asks, companies_and, parent_company
from ..models import Adoption, AdoptionCall, Programme
from ..obligation_forms import AdoptionCallForm, AdoptionForm
from .settings import get_or_post, posted


def _settled(request: SignedInRequest, slug: str) -> Programme:
    """Only what the council has adopted is adopted by companies."""
    programme: Programme = find_visible(Programme, request.user, slug=slug)
    if not programme.is_settled or programme.adopted_on is None:
        raise Http404
    return programme


@require_safe
def adoption_list(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = _settled(request, slug)
    table = AdoptionTable(request, companies_and(programme), file_name=f"antaganden-{programme.slug}")
    if file := table.download():
        return file
    companies = list(companies_and(programme))
    parent = parent_company()
    context = {
        "programme": programme,
        "table": table,
        "number": len(companies),
        "lacking": [
            (board, adopts(request.user, board))
            for board in companies
            if not board.has_adopted  # type: ignore[attr-defined]
        ],
        "call": AdoptionCall.objects.latest_about(programme),
        "asks": bool(parent and asks(request.user, parent)),
    }
    return render(request, "security_program/adoption_list.html", context)


@get_or_post
def adoption_call_new(request: SignedInRequest, slug: str) -> HttpResponse:
    programme, parent = _settled(request, slug), parent_company()
    if parent is None or not asks(request.user, parent):
        raise PermissionDenied
    form = AdoptionCallForm(posted(request))
    if attempt(
        form, lambda: AdoptionCall.objects.ask(parent, programme, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The companies that have not adopted the version are told tomorrow."))
        return redirect("adoption_list", programme.slug)
    lacking = Adoption.objects.lacking(programme).exclude(pk=parent.pk)
    facts = {"programme": programme, "parent": parent, "form": form, "lacking": lacking}
    return render(request, "security_program/adoption_call_form.html", facts)


@require_http_methods(["GET", "POST"])
@visible(Board)
def adoption_new(request: SignedInRequest, board: Board) -> HttpResponse:
    """A company's own board has decided to let the version in force bind it."""
    if not adopts(request.user, board):
        raise PermissionDenied
    programme = Programme.objects.in_force()
    if programme is None:
        raise Http404
    form = AdoptionForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: Adoption.objects.note(board, programme, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The adoption is noted. The obligations begin that day."))
        return redirect(board)
    facts = {"board": board, "programme": programme, "form": form}
    return render(request, "security_program/adoption_form.html", facts)
