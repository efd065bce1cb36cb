from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

import crisis.panels
import incidents.panels
import risk_analysis.panels
from boards import board_panels
from boards.access import visible
from boards.models import Board, City, SiteText

from . import follow_up_panels, panels
from .my_page import MyPage


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return render(request, "security_program/front.html", {"text": SiteText.objects.by_key("front")})


@require_safe
def my_page(request: HttpRequest) -> HttpResponse:
    """An installation that nobody has begun to set up leads its administrator there first."""
    page = MyPage(request.user, City.objects.here())
    if page.progress and not page.progress.is_begun:
        return redirect("set_up")
    return render(request, "security_program/my_page.html", {"page": page, "city": page.city})


@require_safe
@visible(Board)
def board_page(request: HttpRequest, board: Board) -> HttpResponse:
    """Who the board is, and what each floor has to say about it."""
    floors = (risk_analysis.panels, incidents.panels, crisis.panels, panels, follow_up_panels, board_panels)
    context = {
        "board": board,
        "standing": board_panels.standing(board),
        "facts": board_panels.facts(board, request.user),
        "panels": [panel for floor in floors for panel in floor.board_panels(board, request.user)],
    }
    return render(request, "boards/board_detail.html", context)
