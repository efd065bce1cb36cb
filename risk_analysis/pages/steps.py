"""The steps of an analysis: one verb each, then back to the page with what was done or why it was not."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from boards.access import SignedInRequest, may
from boards.forms import attempt

from ..models import Rsa, RsaComment
from ..step_forms import AcceptForm, BoardHadItForm, DiaryForm, RsaCommentForm, WhyForm
from ..steps import open_steps
from .finding import WRITE, find, find_item, get_or_post, posted


def _find_to(step: str, request: SignedInRequest, cycle: str, slug: str) -> Rsa:
    """Seen, and a step that this person may take in some state; in which state it may be taken the verb says."""
    rsa = find(request, cycle, slug)
    if step not in open_steps(rsa, request.user) and not _may_sometime(step, rsa, request.user):
        raise PermissionDenied
    return rsa


def _may_sometime(step: str, rsa: Rsa, user: Any) -> bool:
    words = {"rsa_fixed": "approve", "rsa_given_back": "approve", "rsa_numbered": "register"}
    return may(user, words.get(step, WRITE), rsa.board)


def _press(
    step: str, act: Callable[[Rsa, Any], Any], done: Callable[[], Any], to: str = ""
) -> Callable[..., HttpResponse]:
    @require_POST
    def door(request: SignedInRequest, cycle: str, slug: str) -> HttpResponse:
        rsa = _find_to(step, request, cycle, slug)
        try:
            act(rsa, request.user)
            messages.success(request, done())
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect(rsa)
        return redirect(to, cycle, slug) if to else redirect(rsa)

    return door


rsa_to_chief = _press(
    "rsa_to_chief", lambda rsa, by: rsa.send_to_chief(by=by), lambda: _("The analysis is with the head.")
)
rsa_fixed = _press(
    "rsa_fixed", lambda rsa, by: rsa.fix(by=by), lambda: _("You have decided on the analysis.")
)
rsa_submitted = _press(
    "rsa_submitted",
    lambda rsa, by: rsa.submit(by=by),
    lambda: _("The analysis is handed in to the city executive office."),
    to="rsa_receipt",
)


def _with_form(
    step: str,
    kind: type[Any],
    act: Callable[[Rsa, Any, Any], Any],
    heading: Callable[[], Any],
    done: Callable[[], Any],
) -> Callable[..., HttpResponse]:
    @get_or_post
    def door(request: SignedInRequest, cycle: str, slug: str) -> HttpResponse:
        rsa = _find_to(step, request, cycle, slug)
        form = kind(posted(request))
        if attempt(form, lambda: act(rsa, form.cleaned_data, request.user)):
            messages.success(request, done())
            return redirect(rsa)
        facts = {"rsa": rsa, "board": rsa.board, "form": form, "heading": heading()}
        return render(request, "risk_analysis/rsa_form.html", facts)

    return door


rsa_given_back = _with_form(
    "rsa_given_back",
    WhyForm,
    lambda rsa, said, by: rsa.give_back(by=by, comment=said["comment"]),
    lambda: _("Give it back to be changed"),
    lambda: _("The analysis can be changed again."),
)
rsa_recalled = _with_form(
    "rsa_recalled",
    WhyForm,
    lambda rsa, said, by: rsa.recall(by=by, reason=said["comment"]),
    lambda: _("Recall the analysis"),
    lambda: _(
        "The analysis is recalled. What was handed in stays, marked as recalled, and you go on in a new version."
    ),
)
rsa_noted = _with_form(
    "rsa_noted",
    BoardHadItForm,
    lambda rsa, said, by: rsa.note_board_had_it(by=by, on=said["on"]),
    lambda: _("Note that the board has had it"),
    lambda: _("Saved."),
)


@get_or_post
def rsa_numbered(request: SignedInRequest, cycle: str, slug: str) -> HttpResponse:
    """The registrar at the sender enters its own registry's number."""
    rsa = _find_to("rsa_numbered", request, cycle, slug)
    form = DiaryForm(posted(request), initial={"number": rsa.sender_number})
    if attempt(form, lambda: rsa.register(form.cleaned_data["number"], by=request.user, at_receiver=False)):
        messages.success(request, _("Saved."))
        return redirect(rsa)
    facts = {"rsa": rsa, "board": rsa.board, "form": form, "heading": _("Diary number at the sender")}
    return render(request, "risk_analysis/rsa_form.html", facts)


@get_or_post
def risk_accepted(request: SignedInRequest, cycle: str, slug: str, pk: int) -> HttpResponse:
    """The head accepts a risk as it is, until a day."""
    risk = find_item(request, cycle, slug, "risker", pk, to="approve")
    form = AcceptForm(posted(request))
    if attempt(form, lambda: risk.accept(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The risk is accepted until then."))
        return redirect(risk)
    facts = {
        "rsa": risk.rsa,
        "board": risk.board,
        "form": form,
        "heading": _("Accept the risk"),
        "quoted": str(risk),
    }
    return render(request, "risk_analysis/rsa_form.html", facts)


@get_or_post
def rsa_commented(request: SignedInRequest, cycle: str, slug: str, part: str, pk: int) -> HttpResponse:
    """A comment or a question about one row, by whoever reads the analysis."""
    item = find_item(request, cycle, slug, part, pk)
    form = RsaCommentForm(posted(request))
    if attempt(
        form,
        lambda: RsaComment.objects.write(item.rsa, by=request.user, thread=item.thread, **form.cleaned_data),
    ):
        messages.success(request, _("Saved."))
        return redirect(item)
    facts = {
        "rsa": item.rsa,
        "board": item.board,
        "form": form,
        "heading": _("Comment or ask"),
        "quoted": str(item),
    }
    return render(request, "risk_analysis/rsa_form.html", facts)


@require_POST
def rsa_comment_settled(request: SignedInRequest, cycle: str, slug: str, pk: int) -> HttpResponse:
    rsa = find(request, cycle, slug)
    comment = RsaComment.objects.visible_to(request.user).filter(rsa__slug=rsa.slug, pk=pk).first()
    if comment is None or not (may(request.user, WRITE, rsa.board) or comment.by_id == request.user.pk):
        raise PermissionDenied
    try:
        comment.settle(by=request.user)
        messages.success(request, _("Marked as settled."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(rsa)
