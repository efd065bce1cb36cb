"""A board's plan for a year as tables, in the columns that a file is read back by."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.access import SignedInRequest, visible
from boards.models import Board
from boards.tables import Table

from ..models import Activity, BoardGoal, Indicator
from ..plan_tables import ActivityTable, GoalTable, IndicatorTable
from .plans import check_read

TABLES: dict[str, tuple[type[Table], Callable[[Board, int], Any]]] = {
    "mal": (
        GoalTable,
        lambda board, year: (
            BoardGoal.objects.of(board, year)
            .standing()
            .select_related("board", "focus_area", "programme_goal")
        ),
    ),
    "aktiviteter": (
        ActivityTable,
        lambda board, year: (
            Activity.objects.of(board, year)
            .standing()
            .with_status()
            .select_related("goal__board", "goal__focus_area", "responsible")
        ),
    ),
    "indikatorer": (
        IndicatorTable,
        lambda board, year: (
            Indicator.objects.of(board, year).standing().select_related("goal__board", "goal__focus_area")
        ),
    ),
}


@require_safe
@visible(Board)
def plan_table(request: SignedInRequest, board: Board, year: int, what: str) -> HttpResponse:
    """Goals, activities or indicators as a table, in the columns that a file is read back by."""
    if what not in TABLES:
        raise Http404
    edits = check_read(request, board, year)
    table_class, rows = TABLES[what]
    table = table_class(
        request, rows(board, year), file_name=f"{what}-{board.slug}-{year}", quiet_caption=True
    )
    if file := table.download():
        return file
    facts = {
        "board": board,
        "year": year,
        "table": table,
        "what": what,
        "tables": [(code, each.caption) for code, (each, _rows) in TABLES.items()],
        "edits": edits,
    }
    return render(request, "security_program/plan_table.html", facts)
