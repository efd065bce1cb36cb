"""Councils and the network: what was on the agenda, what was decided, by whom and when it is done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import activity, drafts, merging, paper_bin
from .access import SignedInRequest, find_visible, may, on_board, visible
from .board_tables import MeetingTable
from .forms import attempt
from .meeting_forms import DecisionForm, MeetingForm
from .models import Board, ChangedMeanwhileError, CouncilMeeting, MeetingDecision


@require_safe
@visible(Board)
def council_list(request: SignedInRequest, board: Board) -> HttpResponse:
    meetings = CouncilMeeting.objects.visible_to(request.user).filter(board=board)
    keeps = may(request.user, "hold_meetings", board)
    if not (keeps or may(request.user, "view_internal", board) or meetings.exists()):
        raise PermissionDenied
    table = MeetingTable(
        request, meetings.with_decisions().select_related("board"), file_name=f"moten-{board.slug}"
    )
    if file := table.download():
        return file
    context = {"board": board, "table": table, "keeps": keeps and not board.is_over()}
    return render(request, "boards/council_list.html", context)


@require_http_methods(["GET", "POST"])
@on_board("hold_meetings", Board)
def council_new(request: SignedInRequest, board: Board) -> HttpResponse:
    form = MeetingForm(request.POST or None, board=board)
    made: list[CouncilMeeting] = []
    if request.method == "POST" and attempt(
        form, lambda: made.append(CouncilMeeting.objects.hold(board, by=request.user, **form.typed))
    ):
        messages.success(request, _("The meeting is entered. Add what was decided."))
        return redirect(made[0])
    drafts.offer(request, form, title=_("Enter a meeting"), board=board)
    return render(request, "boards/council_form.html", {"form": form, "board": board})


def _find(request: SignedInRequest, slug: str, pk: int, *, to_change: bool) -> CouncilMeeting:
    meeting = find_visible(CouncilMeeting, request.user, pk=pk, board__slug=slug)
    if to_change and not may(request.user, "hold_meetings", meeting.board):
        raise PermissionDenied
    return meeting


@require_safe
def council_page(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    return _page(request, _find(request, slug, pk, to_change=False), DecisionForm())


def _page(request: SignedInRequest, meeting: CouncilMeeting, form: DecisionForm) -> HttpResponse:
    keeps = may(request.user, "hold_meetings", meeting.board)
    decisions = meeting.decisions.in_order().select_related("responsible")
    context: dict[str, Any] = {
        "board": meeting.board,
        "meeting": meeting,
        "decisions": decisions,
        "keeps": keeps,
        "plans": may(request.user, "edit_internal", meeting.board) and not meeting.board.is_over(),
        "form": form if keeps else None,
        "activity": activity.panel(request.user, meeting, *decisions, board=meeting.board),
    }
    return render(request, "boards/council_page.html", context)


def _form_on(meeting: CouncilMeeting, data: Any = None) -> MeetingForm:
    facts = {"kind": meeting.kind, "held_on": meeting.held_on, "agenda": meeting.agenda}
    return MeetingForm(data, board=meeting.board, initial=facts, record=meeting)


@require_http_methods(["GET", "POST"])
def council_facts(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    meeting = _find(request, slug, pk, to_change=True)
    data = merging.posted(request, meeting)
    form = _form_on(meeting, data)
    try:
        if attempt(form, lambda: meeting.correct(by=request.user, version=form.read_version, **form.typed)):
            messages.success(request, _("Saved."))
            return redirect(meeting)
    except ChangedMeanwhileError:
        return merging.ask(request, form, _form_on(CouncilMeeting.objects.get(pk=meeting.pk)))
    drafts.offer(request, form, title=_("Correct the meeting"), board=meeting.board)
    return render(
        request, "boards/council_form.html", {"form": form, "board": meeting.board, "meeting": meeting}
    )


@require_POST
def council_discard(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    meeting = _find(request, slug, pk, to_change=True)
    try:
        meeting.discard(by=request.user)
        messages.success(request, paper_bin.receipt(_("The meeting lies in the bin for 30 days.")))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("council_list", slug)


@require_POST
def decision_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    meeting = _find(request, slug, pk, to_change=True)
    form = DecisionForm(request.POST)
    if attempt(form, lambda: meeting.decide(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The decision is entered."))
        return redirect(meeting)
    return _page(request, meeting, form)


@require_POST
def decision_done(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    decision = find_visible(MeetingDecision, request.user, pk=pk, meeting__board__slug=slug)
    if not may(request.user, "hold_meetings", decision.board):
        raise PermissionDenied
    try:
        decision.mark_done(by=request.user)
        messages.success(request, _("Marked as done."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(decision.meeting)
