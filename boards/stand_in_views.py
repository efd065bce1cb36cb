"""A deputy during leave, in an office that opens protected facts: a second person approves or turns down."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .access import SignedInRequest
from .models import StandInOffice


def _find(request: SignedInRequest, slug: str, pk: int) -> StandInOffice:
    seen = StandInOffice.objects.visible_to(request.user).with_names()
    return get_object_or_404(seen, pk=pk, office__board__slug=slug)


@require_safe
def stand_in_office(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    asked = _find(request, slug, pk)
    context = {"asked": asked, "board": asked.board, "may_decide": asked.may_be_decided_by(request.user)}
    return render(request, "boards/stand_in_office.html", context)


@require_POST
def stand_in_approve(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    asked = _find(request, slug, pk)
    return _decide(request, asked, asked.approve, _("Approved. Both have been told."))


@require_POST
def stand_in_refuse(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    asked = _find(request, slug, pk)
    return _decide(request, asked, asked.refuse, _("Turned down. Both have been told."))


def _decide(
    request: SignedInRequest, asked: StandInOffice, verb: Callable[..., None], done: str
) -> HttpResponse:
    if asked.concerns(request.user) or not asked.office.is_managed_by(request.user):
        raise PermissionDenied
    try:
        verb(by=request.user)
        messages.success(request, done)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("stand_in_office", asked.board.slug, asked.pk)
