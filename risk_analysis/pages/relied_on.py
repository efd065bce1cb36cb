"""The reverse view: who rests on an organisation, what they expect, and the answer to each of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from boards import read_log
from boards.access import SignedInRequest, find_visible, may, on_board
from boards.forms import attempt
from boards.models import Board

from .. import relied_on
from ..models import DependencyAnswer


@require_safe
@on_board("view_protected", Board)
def board_relied_on(request: SignedInRequest, board: Board) -> HttpResponse:
    rows = relied_on.on(board, request.user)
    table = relied_on.AnswerTable(request, rows)
    if file := table.download():
        return file
    waiting = rows.waiting().count() if relied_on.answers(request.user, board) else 0
    context = {"board": board, "table": table, "waiting": waiting}
    return render(request, "risk_analysis/relied_on_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def dependency_answer(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Read by both sides; answered by the one that is rested on."""
    along = (
        "dependency__rsa__board",
        "dependency__rsa__cycle",
        "dependency__commitment",
        "dependency__provider",
    )
    asked: DependencyAnswer = find_visible(
        DependencyAnswer, request.user, *along, "commitment", "by", pk=pk, dependency__provider__slug=slug
    )
    answers = relied_on.answers(request.user, asked.board)
    if request.method == "POST" and not answers:
        raise PermissionDenied
    form = relied_on.AnswerForm(
        request.POST if request.method == "POST" else None, board=asked.board, initial=_said(asked)
    )
    if request.method == "POST" and attempt(form, lambda: asked.answer(by=request.user, **form.cleaned_data)):
        messages.success(request, _("Answered. They see it, and the city counts with it."))
        return redirect("board_relied_on", asked.board.slug)
    read_log.shown(
        request.user, asked.dependency, "commitment", "name", "tolerance_hours", "substitute", "note"
    )
    context = {
        "asked": asked,
        "board": asked.board,
        "form": form if answers else None,
        "is_asked": may(request.user, "view_protected", asked.board),
    }
    return render(request, "risk_analysis/dependency_answer.html", context)


def _said(asked: DependencyAnswer) -> dict[str, object]:
    """An answer can be changed, so the form begins with it."""
    if asked.state == DependencyAnswer.State.UNANSWERED:
        return {}
    return {
        "state": asked.state,
        "commitment": asked.commitment_id,
        "promised_hours": asked.promised_hours,
        "comment": asked.comment,
    }
