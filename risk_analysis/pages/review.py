"""The review of one analysis: taken up, returned with remarks, or approved."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from boards import drafts, read_log
from boards.access import SignedInRequest, may
from boards.forms import Form, attempt

from ..models import Remark, Rsa, RsaComment
from ..reviewing import Review, ReviewForm

TAKE_UP, RETURN, APPROVE = "ta-upp", "lamna-tillbaka", "godkann"


@require_http_methods(["GET", "HEAD", "POST"])
def rsa_review(request: SignedInRequest, cycle: str, slug: str) -> HttpResponse:
    """Changes since last year first; nothing is returned or approved before somebody has taken it up."""
    rows = Rsa.objects.visible_to(request.user).in_force().with_names()
    rsa = rows.filter(cycle__slug=cycle, slug=slug).order_by("-edition").first()
    if rsa is None:
        raise Http404
    if not may(request.user, "review"):
        raise PermissionDenied
    review = Review(rsa)
    form = _form(request, review)
    if request.method == "POST" and _done(request, rsa, form):
        return redirect("rsa_review", cycle, slug) if rsa.state == Rsa.State.REVIEWED else redirect(rsa.cycle)
    read_log.opened(request.user, rsa, level="K2", what="review")
    facts = {
        "rsa": rsa,
        "review": review,
        "form": form,
        "parts": review.parts(form if isinstance(form, ReviewForm) else None),
        "answers": list(Remark.objects.on(rsa)) if rsa.edition > 1 else [],
        "comments": list(RsaComment.objects.filter(rsa=rsa).open().select_related("by")),
        "steps": list(rsa.steps.select_related("by")),
    }
    return render(request, "risk_analysis/rsa_review.html", facts)


def _form(request: SignedInRequest, review: Review) -> Any:
    """Remarks are written on what has been taken up."""
    sent = request.POST if request.method == "POST" else None
    if review.rsa.state != Rsa.State.REVIEWED:
        return Form(sent)
    form = ReviewForm(sent, review=review)
    title = _("Review of %(rsa)s") % {"rsa": f"{review.rsa}, {review.rsa.board.name}"}
    drafts.offer(request, form, title=title, board=None)
    return form


def _done(request: SignedInRequest, rsa: Rsa, form: Any) -> bool:
    match request.POST.get("gor"):
        case "ta-upp":
            done = attempt(form, lambda: rsa.take_up(by=request.user))
            said = _("You have taken it up. The organisation sees that it is being reviewed.")
        case "lamna-tillbaka" if isinstance(form, ReviewForm):
            done = attempt(form, lambda: _send_back(rsa, form, request.user))
            said = _("It is returned. The organisation goes on in a new version.")
        case "godkann" if isinstance(form, ReviewForm):
            done = attempt(form, lambda: _approve(rsa, form, request.user))
            said = _("It is approved.")
        case _:
            return False
    if done:
        messages.success(request, said)
    return done


def _send_back(rsa: Rsa, form: ReviewForm, by: Any) -> None:
    form.must_say_why()
    rsa.send_back(by=by, comment=form.cleaned_data["comment"], remarks=form.remarks)


def _approve(rsa: Rsa, form: ReviewForm, by: Any) -> None:
    form.must_be_empty()
    rsa.approve(by=by)
