from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards.access import may
from boards.belonging import SECURITY_COORDINATOR, holders
from boards.models import Board

from . import matrix
from .models import MethodVersion, Rsa, RsaCycle

# More boards than these are somebody's who looks at the whole city.
MANY = 5


@require_safe
def rsa_list(request: HttpRequest) -> HttpResponse:
    """One's own analyses, the rounds, who prepares them at each board, and the scales they are made with."""
    boards = list(Board.objects.visible_to(request.user).bound().on().by_name())
    appointed = holders(SECURITY_COORDINATOR)
    facts = {
        "mine": mine(request.user),
        "follows": may(request.user, "view_submitted"),
        "reviews": may(request.user, "review"),
        "cycles": RsaCycle.objects.visible_to(request.user).latest_first()[:12],
        "boards": [(board, appointed.get(board.pk, [])) for board in boards],
        "without": sum(board.pk not in appointed for board in boards),
        **scales(MethodVersion.objects.current()),
    }
    return render(request, "risk_analysis/rsa_list.html", facts)


def mine(user: Any) -> list[dict[str, Any]]:
    """For those who write or decide on an analysis at a board: each open round, and what stands in it."""
    boards = {board.pk: board for board in Board.objects.where(user, "view_protected")}
    if not boards or len(boards) > MANY:
        return []
    asked = RsaCycle.objects.under_way().latest_first().asked_of(boards.values())
    cycles = {cycle.pk for cycle, _board in asked}
    latest = Rsa.objects.filter(board__in=boards, cycle__in=cycles).latest_editions().with_names()
    begun = {(rsa.cycle_id, rsa.slug): rsa for rsa in latest}
    rows = [_own(cycle, board, begun.pop((cycle.pk, board.slug), None)) for cycle, board in asked]
    return [*rows, *(_own(rsa.cycle, rsa.board, rsa) for rsa in begun.values())]


def _own(cycle: RsaCycle, board: Board, rsa: Rsa | None) -> dict[str, Any]:
    name = str(rsa) if rsa else cycle.name
    url = rsa.get_absolute_url() if rsa else reverse("rsa_page", args=[cycle.slug, board.slug])
    return {"cycle": cycle, "rsa": rsa, "title": f"{name} – {board.name}", "url": url}


def scales(method: MethodVersion) -> dict[str, Any]:
    return {
        "method": method,
        "matrix": matrix.rows(method),
        "likelihoods": matrix.steps(method.likelihoods),
        "consequences": matrix.steps(method.consequences),
        "protected_values": matrix.steps(method.protected_values),
        "criticalities": matrix.steps(method.criticalities),
    }
