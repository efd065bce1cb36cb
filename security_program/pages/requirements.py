"""What the programme asks for: all of it as a table, and each requirement on a page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.access import find_visible

from ..models import Programme, Requirement
from ..programme_tables import RequirementTable


@require_safe
def requirement_list(request: HttpRequest) -> HttpResponse:
    seen = Requirement.objects.visible_to(request.user)
    table = RequirementTable(request, seen)
    if file := table.download():
        return file
    facts = {"table": table, "binding": seen.binding().count(), "in_force": Programme.objects.in_force()}
    return render(request, "security_program/requirement_list.html", facts)


@require_safe
def requirement_page(request: HttpRequest, slug: str) -> HttpResponse:
    requirement = find_visible(Requirement, request.user, code=slug.upper())
    in_force = Programme.objects.in_force()
    facts = {
        "requirement": requirement,
        "in_force": in_force,
        "binds_now": requirement.is_binding and requirement.programme == in_force,
        "paragraphs": requirement.paragraphs.all(),
    }
    return render(request, "security_program/requirement_page.html", facts)
