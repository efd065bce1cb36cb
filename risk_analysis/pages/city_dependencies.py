"""The dependencies of the whole city: read for a purpose, noted, and of what is handed in alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards import read_log
from boards.access import SignedInRequest, city_wide

from ..city_graph import Graph
from ..concentration import concentrations
from ..contradictions import contradictions
from ..dependency_lists import Concentrations, Contradictions, Unanswered
from ..gathering import gather
from ..models import Purpose, Rsa
from ..purposes import ask, for_a_purpose, is_outgrown
from .what_if import asked

Page = Callable[[SignedInRequest, Graph], dict[str, Any]]


def of_the_city(template: str, what: str) -> Callable[[Page], Callable[..., HttpResponse]]:
    """Hands the page the graph that the purpose opens, and notes the opening before anything is sent."""

    def decorate(page: Page) -> Callable[..., HttpResponse]:
        @require_safe
        @city_wide("view_submitted_protected")
        @for_a_purpose(Purpose.What.DEPENDENCIES)
        @wraps(page)
        def door(request: SignedInRequest, purpose: Purpose) -> HttpResponse:
            graph = gather(_opened_by(purpose, request.user))
            if is_outgrown(purpose, len(graph.commitments_of)):
                return ask(request, purpose.what)
            read_log.opened(request.user, purpose, level="K3", what=what)
            facts = {
                "purpose": purpose,
                "organisations": len(graph.commitments_of),
                **page(request, graph),
            }
            return render(request, template, facts)

        return door

    return decorate


def _opened_by(purpose: Purpose, user: Any) -> QuerySet:
    """Never more organisations than were asked about when the purpose was said, or a second person agreed to."""
    analyses = Rsa.objects.visible_to(user).current()
    kept = analyses.filter(board__kind=purpose.kind) if purpose.kind else analyses
    return kept.order_by().values("pk")


@of_the_city("risk_analysis/city_dependencies.html", "the city's dependencies")
def city_dependencies(request: SignedInRequest, graph: Graph) -> dict[str, Any]:
    """What stops if something fails, and how much there is to look at beside it."""
    form, answer = asked(request, graph)
    return {
        "form": form,
        "answer": answer,
        "shared": len(concentrations(graph)),
        "contradicting": len(contradictions(graph)),
        "unanswered": Unanswered(graph).number,
    }


@of_the_city("risk_analysis/city_concentrations.html", "what many organisations depend on")
def city_concentrations(request: SignedInRequest, graph: Graph) -> dict[str, Any]:
    return {"found": Concentrations(graph)}


@of_the_city("risk_analysis/city_contradictions.html", "what contradicts in the city's dependencies")
def city_contradictions(request: SignedInRequest, graph: Graph) -> dict[str, Any]:
    return {"found": Contradictions(graph)}


@of_the_city("risk_analysis/city_unanswered.html", "what nobody has answered of the city's dependencies")
def city_unanswered(request: SignedInRequest, graph: Graph) -> dict[str, Any]:
    return {"found": Unanswered(graph)}
