"""Council meetings and the year: an agenda from what is open, and decisions that become activities."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from boards import drafts
from boards.access import SignedInRequest, find_visible, may, on_board
from boards.days import today
from boards.forms import attempt
from boards.meeting_forms import MeetingForm
from boards.models import Board, CouncilMeeting, MeetingDecision

from .. import agendas
from ..models import Activity
from ..plan_forms import DecisionActivityForm
from .settings import get_or_post, posted


@get_or_post
@on_board("hold_meetings", Board)
def council_agenda(request: SignedInRequest, board: Board) -> HttpResponse:
    """The proposal stands in the form, to be shortened and added to; the meeting is entered from here."""
    parts = agendas.propose(board, request.user)
    form = MeetingForm(posted(request), board=board, initial={"agenda": agendas.as_text(parts)})
    made: list[CouncilMeeting] = []
    if attempt(form, lambda: made.append(CouncilMeeting.objects.hold(board, by=request.user, **form.typed))):
        messages.success(request, _("The meeting is entered. Add what is decided."))
        return redirect(made[0])
    drafts.offer(request, form, title=_("Propose an agenda"), board=board)
    facts = {"board": board, "form": form, "parts": parts}
    return render(request, "security_program/council_agenda.html", facts)


def facts_of(decision: MeetingDecision) -> dict[str, Any]:
    """What the decision already says; nobody types it again."""
    responsible = decision.responsible.email if decision.responsible else ""
    return {"what": decision.text[:300], "responsible": responsible, "due_on": decision.due_on}


@get_or_post
def decision_activity(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    decision: MeetingDecision = find_visible(
        MeetingDecision, request.user, "meeting__board", "responsible", pk=pk, meeting__board__slug=slug
    )
    board = decision.board
    if not may(request.user, "edit_internal", board):
        raise PermissionDenied
    there = Activity.objects.standing().filter(from_decision=decision).select_related("goal__board").first()
    if there:
        messages.info(request, _("The decision is an activity in the plan already."))
        return redirect(there)
    form = DecisionActivityForm(posted(request), board=board, initial=facts_of(decision))
    made: list[Activity] = []
    if attempt(form, lambda: made.append(plan(decision, form.typed, request.user))):
        messages.success(request, _("The decision is an activity in the plan."))
        return redirect(made[0])
    facts = {"board": board, "decision": decision, "form": form, "year": today().year}
    return render(request, "security_program/decision_activity.html", facts)


def plan(decision: MeetingDecision, typed: dict[str, Any], by: Any) -> Activity:
    activity: Activity = Activity.objects.plan(by=by, from_decision=decision, **typed)
    return activity
