from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.belonging import SECURITY_COORDINATOR, holders
from boards.models import Board

from . import matrix
from .models import MethodVersion


@require_safe
def rsa_list(request: HttpRequest) -> HttpResponse:
    """Who prepares the analysis at each board, and the scales it will be made with."""
    boards = list(Board.objects.visible_to(request.user).bound().on().by_name())
    appointed = holders(SECURITY_COORDINATOR)
    facts = {
        "boards": [(board, appointed.get(board.pk, [])) for board in boards],
        "without": sum(board.pk not in appointed for board in boards),
        **scales(MethodVersion.objects.current()),
    }
    return render(request, "risk_analysis/rsa_list.html", facts)


def scales(method: MethodVersion) -> dict[str, Any]:
    return {
        "method": method,
        "matrix": matrix.rows(method),
        "likelihoods": matrix.steps(method.likelihoods),
        "consequences": matrix.steps(method.consequences),
        "protected_values": matrix.steps(method.protected_values),
        "criticalities": matrix.steps(method.criticalities),
    }
