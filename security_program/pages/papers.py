"""What is read: situation reports, board reports and the papers of meetings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.models import CouncilMeeting

from ..models import CalendarRule

SHOWN = 100


@require_safe
def situation_list(request: HttpRequest) -> HttpResponse:
    return render(request, "security_program/situation_list.html", {"next": _next("lagesbilder")})


@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    return render(request, "security_program/report_list.html", {"next": _next("tertial-1")})


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    meetings = CouncilMeeting.objects.visible_to(request.user).select_related("board").latest_first()
    return render(request, "security_program/meeting_list.html", {"meetings": meetings[:SHOWN]})


def _next(code: str) -> tuple | None:
    rule = CalendarRule.objects.filter(code=code).first()
    return (rule.next_date(), rule) if rule else None
