"""An organisation's obligations of a year: the list, and one of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.access import SignedInRequest, find_visible, may, on_board, visible
from boards.forms import attempt
from boards.models import Board

from .. import accounting
from ..accounting import Account
from ..adopting import adopts
from ..evidence import find, proof_of
from ..models import Assignment
from ..models.obligations import inherited, years_of
from ..obligation_forms import RemarkForm, StatementForm


@require_safe
@visible(Board)
def obligation_list(request: SignedInRequest, board: Board, year: int) -> HttpResponse:
    if not accounting.reads(request.user, board):
        raise PermissionDenied
    years = years_of(board)
    if year not in years:
        raise Http404
    account = Account(board, year)
    context = {
        "board": board,
        "account": account,
        "came_from": [
            (said, accounting.reads(request.user, said.assignment.board)) for said in account.came_from
        ],
        "years": years,
        "answers": may(request.user, "edit_internal", board),
        "adopts": adopts(request.user, board),
        "proved": accounting.PROVED,
        "unchanged": accounting.UNCHANGED,
    }
    return render(request, "security_program/obligation_list.html", context)


@require_POST
@on_board("edit_internal", Board)
def obligation_confirm(request: SignedInRequest, board: Board, year: int) -> HttpResponse:
    which, area, shown = (request.POST.get(name, "") for name in ("vilka", "omrade", "visat"))
    try:
        number = accounting.confirm(board, year, which, area=area, shown=shown, by=request.user)
        done = ngettext("%(number)s answer is confirmed.", "%(number)s answers are confirmed.", number)
        messages.success(request, done % {"number": number})
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("obligation_list", board.slug, year)


def _find(request: SignedInRequest, slug: str, year: int, code: str) -> Assignment:
    key = {"board__slug": slug, "year": year, "requirement__code": code.upper()}
    return find_visible(Assignment, request.user, **key)


@require_http_methods(["GET", "POST"])
def obligation_page(request: SignedInRequest, slug: str, year: int, code: str) -> HttpResponse:
    row = _find(request, slug, year, code)
    answers = may(request.user, "edit_internal", row.board)
    if request.method == "POST" and not answers:
        raise PermissionDenied
    said, proof = row.said, proof_of(row.requirement.code)
    initial = {"value": said.value, "reason": said.reason, "link": said.link} if said else None
    form = StatementForm(request.POST or None, may_be_met=proof.may_be_met, initial=initial)
    if request.method == "POST" and attempt(
        form, lambda: accounting.answer(row, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The answer is saved."))
        return redirect("obligation_list", row.board.slug, year)
    return _page(request, row, form if answers else None, RemarkForm())


@require_POST
def obligation_not_verified(request: SignedInRequest, slug: str, year: int, code: str) -> HttpResponse:
    row = _find(request, slug, year, code)
    if not may(request.user, "review"):
        raise PermissionDenied
    form = RemarkForm(request.POST)
    if attempt(form, lambda: row.mark_not_verified(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The answer is marked as not verified, and the organisation is told."))
        return redirect(row)
    return _page(request, row, None, form)


def _page(
    request: SignedInRequest, row: Assignment, form: StatementForm | None, remark: RemarkForm
) -> HttpResponse:
    proof = proof_of(row.requirement.code)
    may_answer = row.is_binding and proof.way is not accounting.Way.APART
    may_doubt = row.said is not None and may(request.user, "review")
    context = {
        "board": row.board,
        "row": row,
        "line": accounting.Line(row, find(row.year, [row]).get(row.pk)),
        "form": form if may_answer else None,
        "remark": remark if may_doubt else None,
        "inherited": inherited(row.board, row.year).get(row.requirement_id, []),
        "history": accounting.history(row),
    }
    return render(request, "security_program/obligation_page.html", context)
