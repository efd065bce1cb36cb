"""Who sits on the board: elected members come, change role and leave, always with a date."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from . import activity, person_search
from .access import SignedInRequest, find_visible, may, on_board, visible
from .board_forms import LastDayForm
from .board_tables import MemberTable
from .forms import attempt
from .models import Board, Membership
from .office_forms import SeatForm


@require_safe
@visible(Board)
def member_list(request: SignedInRequest, board: Board) -> HttpResponse:
    manages = may(request.user, "manage_offices", board)
    table = MemberTable(
        request,
        Membership.objects.visible_to(request.user).filter(board=board),
        manages=manages,
        caption=_("Elected members of %(board)s") % {"board": board.name},
        file_name=f"ledamoter-{board.slug}",
    )
    if file := table.download():
        return file
    context = {"board": board, "table": table, "manages": manages and not board.is_over()}
    return render(request, "boards/member_list.html", context)


@require_http_methods(["GET", "POST"])
@on_board("manage_offices", Board)
def member_new(request: SignedInRequest, board: Board) -> HttpResponse:
    search = person_search.search(request)
    context: dict[str, Any] = {"board": board, "search": search}
    if (person := search.person) is None:
        return render(request, "boards/member_person.html", context)
    form = SeatForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: Membership.objects.seat(person, board, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The seat is entered."))
        return redirect("member_list", board.slug)
    return render(request, "boards/member_form.html", {**context, "form": form, "person": person})


@require_http_methods(["GET", "POST"])
def member_page(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One seat and its last day."""
    seat = find_visible(Membership, request.user, pk=pk, board__slug=slug)
    if not may(request.user, "manage_offices", seat.board):
        raise PermissionDenied
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: seat.end(by=request.user, last_day=form.cleaned_data["last_day"])
    ):
        messages.success(request, _("The last day is entered."))
        return redirect("member_list", seat.board.slug)
    context = {
        "board": seat.board,
        "seat": seat,
        "form": form,
        "activity": activity.panel(request.user, seat, board=seat.board),
    }
    return render(request, "boards/member_page.html", context)
