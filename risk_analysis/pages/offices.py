"""Pages for two offices: the registrar's list of what waits for a number, and the head of protective security's."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from boards.access import SignedInRequest, may, rights_of
from boards.forms import attempt
from boards.models import Board

from ..models import QuestionHandled, Rsa
from ..step_forms import DiaryForm
from .finding import get_or_post, posted

RECEIVER = "kommunstyrelsen"


@require_safe
def rsa_registry(request: SignedInRequest) -> HttpResponse:
    """What is handed in and has no number yet in the registries that one keeps; nothing of what stands in it."""
    boards = _registries(request)
    at_receiver = Board.objects.filter(pk__in=boards, code=RECEIVER).exists()
    facts = {
        "sent": Rsa.objects.to_number(boards).with_names().order_by("submitted_at"),
        "received": Rsa.objects.to_number_at_receiver().with_names().order_by("submitted_at")
        if at_receiver
        else None,
    }
    return render(request, "risk_analysis/rsa_registry.html", facts)


def _registries(request: SignedInRequest) -> frozenset[int]:
    boards = rights_of(request.user).at.get("register", frozenset())
    if not boards:
        raise PermissionDenied
    return boards


@get_or_post
def rsa_registered(request: SignedInRequest, pk: int) -> HttpResponse:
    """The number that the registry has given it, at the sender or at the receiver."""
    boards = _registries(request)
    rsa, at_receiver = _to_register(boards, pk)
    form = DiaryForm(posted(request))
    if attempt(
        form, lambda: rsa.register(form.cleaned_data["number"], by=request.user, at_receiver=at_receiver)
    ):
        messages.success(request, _("Saved."))
        return redirect("rsa_registry")
    return render(
        request, "risk_analysis/rsa_registered.html", {"rsa": rsa, "form": form, "at_receiver": at_receiver}
    )


def _to_register(boards: frozenset[int], pk: int) -> tuple[Rsa, bool]:
    """At the sender while that lacks a number; for the receiver's registry when it is that one's turn."""
    own = Rsa.objects.to_number(boards).with_names().filter(pk=pk).first()
    if own:
        return own, False
    receives = Board.objects.filter(pk__in=boards, code=RECEIVER).exists()
    coming: Any = Rsa.objects.to_number_at_receiver() if receives else Rsa.objects.none()
    return get_object_or_404(coming.with_names(), pk=pk), True


@require_safe
def protective_security(request: SignedInRequest) -> HttpResponse:
    """That organisations have handled the question, and when. For everybody else there is no such page."""
    if not may(request.user, "view_protective_security"):
        raise Http404
    handled = QuestionHandled.objects.visible_to(request.user).select_related("rsa__board", "rsa__cycle")
    return render(
        request, "risk_analysis/protective_security.html", {"handled": handled.order_by("-on", "-pk")[:200]}
    )
