"""“What stops if this fails?”, for one organisation and for the city."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards import read_log
from boards.access import SignedInRequest, on_board
from boards.models import Board

from ..city_graph import Graph
from ..gathering import gather
from ..models import Rsa, RsaCycle
from ..what_if import WhatIf, WhatIfForm, ask


def asked(request: SignedInRequest, graph: Graph) -> tuple[WhatIfForm, WhatIf | None]:
    """The form as the address fills it in, and the answer when it asks something."""
    form = WhatIfForm(request.GET if request.GET.get("fran") else None, graph=graph)
    if not form.is_bound or not form.is_valid():
        return form, None
    return form, ask(graph, form.cleaned_data["fran"], form.cleaned_data["timmar"])


@require_safe
@on_board("view_protected", Board)
def board_what_if(request: SignedInRequest, board: Board) -> HttpResponse:
    """By what the organisation itself has written; what others have written it does not see."""
    own = _own(board)
    graph = gather(own)
    form, answer = asked(request, graph)
    read_log.opened(request.user, board, level="K2", what="what stops if something fails")
    context: dict[str, Any] = {"board": board, "rsa": own[0] if own else None, "form": form, "answer": answer}
    return render(request, "risk_analysis/board_what_if.html", context)


def _own(board: Board) -> list[Rsa]:
    """What it has handed in, or else what it is writing."""
    analyses = Rsa.objects.filter(board=board)
    drafts = Q(state=Rsa.State.DRAFT, cycle__kind=RsaCycle.Kind.YEARLY)
    found = list(
        analyses.filter(Q(pk__in=analyses.current().values("pk")) | drafts)
        .with_names()
        .order_by("-cycle__opens_on", "slug")
    )
    return [rsa for rsa in found if not rsa.is_written] or found[:1]
