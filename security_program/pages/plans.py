"""A board's plan for a year: its goals and activities per focus area, and what is carried over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boards import drafts, merging
from boards.access import SignedInRequest, find_visible, may, on_board, visible
from boards.days import today
from boards.forms import attempt
from boards.models import Board, ChangedMeanwhileError

from .. import planning
from ..models import Activity, BoardGoal, Indicator, NotRelevant
from ..models.planned import READ_BY
from ..plan_forms import (
    ActivityForm,
    GoalForm,
    IndicatorForm,
    NotRelevantForm,
    NotRelevantReasonForm,
    ReasonForm,
    facts_of,
    facts_of_activity,
    facts_of_indicator,
)
from .settings import get_or_post, posted

plans = on_board("edit_internal", Board)


def check_year(year: int) -> None:
    if not planning.may_be_planned(year):
        raise Http404


def check_read(request: SignedInRequest, board: Board, year: int) -> bool:
    """Whoever reads the plan goes on; answers whether they write in it too."""
    check_year(year)
    if not board.is_bound:
        raise Http404
    if not any(may(request.user, word, board) for word in READ_BY):
        raise PermissionDenied
    return may(request.user, "edit_internal", board) and not board.is_over()


@require_safe
@visible(Board)
def board_plan(request: SignedInRequest, board: Board, year: int) -> HttpResponse:
    edits = check_read(request, board, year)
    parts = planning.plan_of(board, year)
    suggested = planning.suggestions(parts)
    hanging = _hanging(board, year)
    facts = {
        "board": board,
        "year": year,
        "parts": [(part, _goals(part, hanging, suggested)) for part in parts],
        "lacking": sum(part.is_lacking for part in parts),
        "to_sort": len(suggested),
        "edits": edits,
        "to_copy": len(planning.to_copy(board, year)) if edits else 0,
        "years": [year - 1, year + 1] if year <= today().year else [year - 1],
    }
    return render(request, "security_program/plan_page.html", facts)


def _goals(part: planning.Part, hanging: dict[str, dict[int, list[Any]]], alike: Any) -> list[dict[str, Any]]:
    return [
        {
            "goal": goal,
            "activities": hanging["activities"].get(goal.pk, []),
            "indicators": hanging["indicators"].get(goal.pk, []),
            "alike": alike.get(goal.pk),
        }
        for goal in part.goals
    ]


def _hanging(board: Board, year: int) -> dict[str, dict[int, list[Any]]]:
    found: dict[str, dict[int, list[Any]]] = {"activities": {}, "indicators": {}}
    activities = Activity.objects.of(board, year).standing().with_status().select_related("responsible")
    for activity in activities.in_order():
        found["activities"].setdefault(activity.goal_id, []).append(activity)
    for indicator in Indicator.objects.of(board, year).standing().prefetch_related("values").order_by("pk"):
        found["indicators"].setdefault(indicator.goal_id, []).append(indicator)
    return found


def _form_page(request: SignedInRequest, form: Any, heading: Any, board: Board, year: int) -> HttpResponse:
    facts = {"form": form, "heading": heading, "board": board, "year": year}
    return render(request, "security_program/plan_form.html", facts)


@get_or_post
@plans
def board_goal_new(request: SignedInRequest, board: Board, year: int) -> HttpResponse:
    check_year(year)
    form = GoalForm(posted(request), year=year, initial={"focus_area": request.GET.get("omrade")})
    if attempt(form, lambda: BoardGoal.objects.plan(board, year, by=request.user, **form.typed)):
        messages.success(request, _("The goal is entered. Add what you do to reach it."))
        return redirect("board_plan", board.slug, year)
    drafts.offer(request, form, title=_("Write a goal"), board=board)
    return _form_page(request, form, _("Write a goal"), board, year)


@get_or_post
@plans
def not_relevant_new(request: SignedInRequest, board: Board, year: int) -> HttpResponse:
    check_year(year)
    form = NotRelevantForm(posted(request), year=year, initial={"focus_area": request.GET.get("omrade")})
    if attempt(form, lambda: NotRelevant.objects.state(board, year, by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect("board_plan", board.slug, year)
    return _form_page(request, form, _("Write why it is not relevant"), board, year)


@get_or_post
def not_relevant_reason(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    said = _to_write(NotRelevant, request, pk=pk, board__slug=slug)
    form = NotRelevantReasonForm(posted(request), initial={"reason": said.reason})
    if attempt(form, lambda: said.correct(by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(said)
    heading = _("Why %(area)s is not relevant") % {"area": said.focus_area.label}
    return _form_page(request, form, heading, said.board, said.year)


@require_POST
@plans
def plan_copied(request: SignedInRequest, board: Board, year: int) -> HttpResponse:
    check_year(year)
    try:
        planning.copy_forward(board, year, by=request.user)
        messages.success(request, _("The plan is carried over. Go through it and change what is new."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("board_plan", board.slug, year)


def _to_write(model: type[Model], request: SignedInRequest, **lookup: Any) -> Any:
    """A part of a plan that the person may see, and whose plan they may write."""
    part = find_visible(model, request.user, **lookup)
    if not may(request.user, "edit_internal", part.board):
        raise PermissionDenied
    return part


def _goal(request: SignedInRequest, slug: str, pk: int) -> BoardGoal:
    return _to_write(BoardGoal, request, pk=pk, board__slug=slug)


@get_or_post
def board_goal(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    goal = _goal(request, slug, pk)

    def on(row: BoardGoal, data: Any = None) -> GoalForm:
        return GoalForm(data, year=row.year, goal=row, initial=facts_of(row))

    form = on(goal, merging.posted(request, goal))
    try:
        if attempt(form, lambda: goal.correct(by=request.user, version=form.read_version, **form.typed)):
            messages.success(request, _("Saved."))
            return redirect(goal)
    except ChangedMeanwhileError:
        return merging.ask(request, form, on(BoardGoal.objects.get(pk=goal.pk)))
    return _form_page(request, form, _("Change the goal"), goal.board, goal.year)


@get_or_post
def board_goal_away(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    goal = _goal(request, slug, pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: goal.take_away(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The goal is taken away."))
        return redirect(goal)
    return _form_page(request, form, _("Take away the goal"), goal.board, goal.year)


@require_POST
def board_goal_sorted(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The same as another goal, or one of its own."""
    goal = _goal(request, slug, pk)
    try:
        if other := request.POST.get("samma"):
            goal.merge_into(find_visible(BoardGoal, request.user, pk=other), by=request.user)
        else:
            goal.keep(by=request.user)
        messages.success(request, _("Saved."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(goal)


@get_or_post
def activity_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    goal = _goal(request, slug, pk)
    form = ActivityForm(posted(request))
    if attempt(form, lambda: Activity.objects.plan(goal, by=request.user, **form.typed)):
        messages.success(request, _("The activity is entered."))
        return redirect(goal)
    drafts.offer(request, form, title=_("Plan an activity"), board=goal.board)
    return _form_page(request, form, _("Plan an activity"), goal.board, goal.year)


@get_or_post
def indicator_new(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    goal = _goal(request, slug, pk)
    form = IndicatorForm(posted(request))
    if attempt(form, lambda: Indicator.objects.add(goal, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The indicator is entered."))
        return redirect(goal)
    return _form_page(request, form, _("Add an indicator"), goal.board, goal.year)


def _activity(request: SignedInRequest, slug: str, pk: int) -> Activity:
    return _to_write(Activity, request, pk=pk, goal__board__slug=slug)


@get_or_post
def activity_page(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    activity = _activity(request, slug, pk)

    def on(row: Activity, data: Any = None) -> ActivityForm:
        return ActivityForm(data, activity=row, initial=facts_of_activity(row))

    form = on(activity, merging.posted(request, activity))
    try:
        if attempt(form, lambda: activity.correct(by=request.user, version=form.read_version, **form.typed)):
            messages.success(request, _("Saved."))
            return redirect(activity)
    except ChangedMeanwhileError:
        return merging.ask(request, form, on(Activity.objects.get(pk=activity.pk)))
    return _form_page(request, form, _("Change the activity"), activity.board, activity.goal.year)


@get_or_post
def activity_away(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    activity = _activity(request, slug, pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: activity.take_away(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The activity is taken away."))
        return redirect(activity)
    return _form_page(request, form, _("Take away the activity"), activity.board, activity.goal.year)


def _indicator(request: SignedInRequest, slug: str, pk: int) -> Indicator:
    return _to_write(Indicator, request, pk=pk, goal__board__slug=slug)


@get_or_post
def indicator_page(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    indicator = _indicator(request, slug, pk)
    form = IndicatorForm(posted(request), initial=facts_of_indicator(indicator))
    if attempt(form, lambda: indicator.correct(by=request.user, **form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(indicator.goal)
    return _form_page(request, form, _("Change the indicator"), indicator.board, indicator.goal.year)


@get_or_post
def indicator_away(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    indicator = _indicator(request, slug, pk)
    form = ReasonForm(posted(request))
    if attempt(form, lambda: indicator.take_away(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The indicator is taken away."))
        return redirect(indicator.goal)
    return _form_page(request, form, _("Take away the indicator"), indicator.board, indicator.goal.year)
