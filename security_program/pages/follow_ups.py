"""A board's follow-up: one activity after the other, then the head, the city office, and back if need be."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from boards import drafts, merging
from boards.access import SignedInRequest, find_visible, may
from boards.forms import attempt
from boards.models import ChangedMeanwhileError

from ..contents import Contents
from ..follow_up_forms import AnswerForm, CommentForm, ReturnForm, SituationForm, SupplementForm, label_of
from ..handing_over import changed_since
from ..models import Activity, Answer, FollowUp, Situation
from ..situation_input import gather
from .settings import get_or_post, posted

State = FollowUp.State
# Who takes which step from which state, and what the button says; the verbs on the model judge.
STEPS: list[tuple[str, str, tuple[str, ...]]] = [
    ("follow_up_to_chief", "edit_internal", (State.OPEN, State.RETURNED)),
    ("follow_up_filed", "approve", (State.WITH_CHIEF,)),
    ("follow_up_given_back", "approve", (State.WITH_CHIEF,)),
    ("follow_up_taken_up", "review", (State.FILED,)),
    ("follow_up_approved", "review", (State.REVIEWED,)),
    ("follow_up_returned", "review", (State.REVIEWED,)),
    ("follow_up_reopened", "review", FollowUp.SETTLED),
    ("follow_up_supplement", "edit_internal", FollowUp.SETTLED),
]


def find(request: SignedInRequest, slug: str, year: int, kind: str, *, to: str = "") -> FollowUp:
    where = {"board__slug": slug, "round__year": year, "round__kind": kind}
    found: FollowUp = find_visible(FollowUp, request.user, "board", "round", **where)
    if to and not may(request.user, to, found.board):
        raise PermissionDenied
    return found


@require_safe
def follow_up_page(request: SignedInRequest, slug: str, year: int, kind: str) -> HttpResponse:
    report = find(request, slug, year, kind)
    open_steps = {
        name
        for name, word, states in STEPS
        if report.state in states and may(request.user, word, report.board)
    }
    contents = Contents.of(report)
    rows = _rows(report, {answer.activity_id: answer for answer in contents.answers})
    handed = report.hand_overs.latest_first().first()
    facts = {
        "handed": handed,
        "changed_since": bool(handed and changed_since(handed, contents)),
        "inputs": gather(contents) if report.round.asks_for_situation else [],
        "report": report,
        "board": report.board,
        "rows": rows,
        "situation": _shown(contents.situation),
        "asks_for_situation": report.round.asks_for_situation,
        "missing": sum(row["answer"] is None for row in rows)
        + (report.round.asks_for_situation and contents.situation is None),
        "steps": open_steps,
        "log": report.steps.select_related("by"),
        "supplements": contents.supplements,
        "returned": report.last_return if report.state == State.RETURNED else None,
        "situation_remarks": _said_about(report, None),
        "answers_here": report.can_be_answered and may(request.user, "edit_internal", report.board),
    }
    return render(request, "security_program/follow_up_page.html", facts)


def _rows(report: FollowUp, answers: dict[int, Answer]) -> list[dict[str, Any]]:
    """While it is open what is planned, afterwards what was asked."""
    if not report.can_be_answered:
        return [
            {"activity": answer.activity, "answer": answer, "what": answer.asked, "remarked": False}
            for answer in sorted(answers.values(), key=lambda answer: answer.pk)
        ]
    remarked = {remark.answer_id for remark in report.remarks} if report.state == State.RETURNED else set()
    found = [(activity, answers.get(activity.pk)) for activity in report.activities]
    return [
        {
            "activity": activity,
            "answer": answer,
            "what": activity.what,
            "remarked": answer is not None and answer.pk in remarked,
        }
        for activity, answer in found
    ]


def _shown(situation: Situation | None) -> list[tuple[str, Any, Any]]:
    if situation is None:
        return []
    return [
        (label_of(None, name), getattr(situation, name), picture.label)
        for name, picture in Situation.FEEDS.items()
    ]


def _said_about(report: FollowUp, answer: Answer | None) -> list[tuple[str, str]]:
    """The remarks at the fields of one answer, or of the situation form."""
    if report.state != State.RETURNED:
        return []
    return [(label_of(answer, each.field), each.text) for each in report.remarks.filter(answer=answer)]


@get_or_post
def follow_up_answer(request: SignedInRequest, slug: str, year: int, kind: str, pk: int) -> HttpResponse:
    """Two fields, with what was last said beside them; "Save and next" goes to the next that lacks an answer."""
    report = find(request, slug, year, kind, to="edit_internal")
    activity = get_object_or_404(report.activities, pk=pk)
    if not report.can_be_answered:
        messages.warning(request, _("The follow-up is handed in and is not changed."))
        return redirect(report)
    answer = Answer.objects.filter(follow_up=report, activity=activity).first()
    last = report.last_answers().get(activity.pk)

    def on(row: Answer | None, data: Any = None) -> AnswerForm:
        known = {"status": row.status, "text": row.text} if row else {"status": last.status if last else None}
        return AnswerForm(data, activity=activity, answer=row, kind=kind, initial=known)

    form = on(answer, merging.posted(request, answer))
    try:
        if attempt(form, lambda: _take_in(report, activity, form, request.user)):
            return _onwards(request, report, activity)
    except ChangedMeanwhileError:
        return merging.ask(request, form, on(Answer.objects.get(follow_up=report, activity=activity)))
    drafts.offer(request, form, title=activity.what, board=report.board)
    facts = {
        "report": report,
        "board": report.board,
        "activity": activity,
        "form": form,
        "last": last,
        "remarks": _said_about(report, answer) if answer else [],
        "place": _place(report, activity),
    }
    return render(request, "security_program/follow_up_answer.html", facts)


def _take_in(report: FollowUp, activity: Activity, form: AnswerForm, by: Any) -> None:
    report.answer(activity, by=by, version=form.read_version, **form.said)
    for indicator, value in form.figures:
        indicator.note(report.round.kind, value, by=by)


def _place(report: FollowUp, activity: Activity) -> dict[str, int]:
    everything = list(report.activities.values_list("pk", flat=True))
    return {"number": everything.index(activity.pk) + 1, "of": len(everything)}


def _onwards(request: SignedInRequest, report: FollowUp, activity: Activity) -> HttpResponse:
    messages.success(request, _("Saved."))
    if "next" not in request.POST:
        return redirect(report)
    left = report.unanswered()
    order = list(report.activities.values_list("pk", flat=True))
    after = [each for each in left if order.index(each.pk) > order.index(activity.pk)]
    where = (report.board.slug, report.round.year, report.round.kind)
    if following := (after or left)[:1]:
        return redirect("follow_up_answer", *where, following[0].pk)
    if report.lacks_situation:
        return redirect("follow_up_situation", *where)
    return redirect(report)


@get_or_post
def follow_up_situation(request: SignedInRequest, slug: str, year: int, kind: str) -> HttpResponse:
    """T2 asks how things stand; what was written the year before stands in the fields to be changed."""
    report = find(request, slug, year, kind, to="edit_internal")
    if not (report.round.asks_for_situation and report.can_be_answered):
        messages.warning(request, _("The follow-up is handed in and is not changed."))
        return redirect(report)
    before = Situation.objects.filter(
        follow_up__board=report.board, follow_up__round__due_on__lt=report.round.due_on
    )
    last = before.order_by("-follow_up__round__due_on").select_related("follow_up__round").first()
    texts = ("risks", "accidents_text", "threats_text", "ahead")

    def on(row: Situation | None, data: Any = None) -> SituationForm:
        copied = {name: getattr(last, name) for name in texts} if last and row is None else {}
        return SituationForm(data, instance=row or Situation(follow_up=report), initial=copied, last=last)

    said = Situation.objects.filter(follow_up=report).first()
    form = on(said, merging.posted(request, said))
    try:
        if attempt(form, lambda: report.describe(by=request.user, version=form.read_version, **form.typed)):
            messages.success(request, _("Saved."))
            return redirect(report)
    except ChangedMeanwhileError:
        return merging.ask(request, form, on(Situation.objects.get(follow_up=report)))
    drafts.offer(request, form, title=_("The situation form"), board=report.board)
    inputs = gather(Contents.of(report))
    facts = {
        "report": report,
        "board": report.board,
        "form": form,
        "last": last,
        "inputs": inputs,
        "answers": any(each.answers for each in inputs),
        "remarks": _said_about(report, None),
    }
    return render(request, "security_program/follow_up_situation.html", facts)


def _press(word: str, act: Callable[[FollowUp, Any], None], done: Any) -> Callable[..., HttpResponse]:
    """A button: one verb, then back to the page with what was done or why it was not."""

    @require_POST
    def door(request: SignedInRequest, slug: str, year: int, kind: str) -> HttpResponse:
        report = find(request, slug, year, kind, to=word)
        try:
            act(report, request.user)
            messages.success(request, done())
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect(report)

    return door


follow_up_to_chief = _press(
    "edit_internal",
    lambda report, by: report.hand_to_chief(by=by),
    lambda: _("The follow-up is with the head."),
)
follow_up_filed = _press(
    "approve", lambda report, by: report.file(by=by), lambda: _("The follow-up is approved and handed in.")
)
follow_up_taken_up = _press(
    "review", lambda report, by: report.take_up(by=by), lambda: _("You are reviewing the follow-up.")
)
follow_up_approved = _press(
    "review", lambda report, by: report.approve(by=by), lambda: _("The follow-up is approved.")
)


def _with_form(
    word: str,
    make: Callable[[Any, FollowUp], Any],
    act: Callable[[FollowUp, Any, Any], Any],
    heading: Any,
    done: Any,
) -> Callable[..., HttpResponse]:
    @get_or_post
    def door(request: SignedInRequest, slug: str, year: int, kind: str) -> HttpResponse:
        report = find(request, slug, year, kind, to=word)
        form = make(posted(request), report)
        if attempt(form, lambda: act(report, form, request.user)):
            messages.success(request, done())
            still_read = FollowUp.objects.visible_to(request.user).filter(pk=report.pk).exists()
            return redirect(report if still_read else report.round)
        facts = {"form": form, "heading": heading(), "report": report, "board": report.board}
        return render(request, "security_program/follow_up_form.html", facts)

    return door


follow_up_given_back = _with_form(
    "approve",
    lambda data, report: CommentForm(data),
    lambda report, form, by: report.give_back(by=by, comment=form.cleaned_data["comment"]),
    lambda: _("Give it back to be changed"),
    lambda: _("The follow-up can be changed again."),
)
follow_up_returned = _with_form(
    "review",
    lambda data, report: ReturnForm(data, follow_up=report),
    lambda report, form, by: report.send_back(
        by=by, comment=form.cleaned_data["comment"], remarks=form.remarks
    ),
    lambda: _("Return with remarks"),
    lambda: _("The follow-up is returned to the board."),
)
follow_up_reopened = _with_form(
    "review",
    lambda data, report: CommentForm(data),
    lambda report, form, by: report.reopen(by=by, reason=form.cleaned_data["comment"]),
    lambda: _("Open the follow-up again"),
    lambda: _("The follow-up is open again."),
)
follow_up_supplement = _with_form(
    "edit_internal",
    lambda data, report: SupplementForm(data, follow_up=report),
    lambda report, form, by: report.supplement(by=by, **form.cleaned_data),
    lambda: _("Add a supplement"),
    lambda: _("The supplement is added."),
)
