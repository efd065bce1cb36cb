"""The activity log and the read log, of the own boards or of the whole city, as the rights are."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .access import SignedInRequest
from .log_tables import EventTable, ReadLogTable
from .models import Board, Event, ReadLog


@require_safe
def log(request: SignedInRequest) -> HttpResponse:
    return _page(request, EventTable, Event, "boards/log_list.html")


@require_safe
def read_log(request: SignedInRequest) -> HttpResponse:
    return _page(request, ReadLogTable, ReadLog, "boards/log_readings.html")


def _page(request: SignedInRequest, table_class: Any, model: Any, template: str) -> HttpResponse:
    boards = Board.objects.where(request.user, "view_events").by_name().values_list("slug", "name")
    if not boards:
        raise PermissionDenied
    table = table_class(request, model.objects.visible_to(request.user), list(boards))
    if file := table.download():
        return file
    return render(request, template, {"table": table})
