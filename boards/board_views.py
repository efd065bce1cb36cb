"""The list of boards and the register behind it: adding, correcting, ending and merging; never deleting."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import drafts, mandates, mergers, merging, vacancies
from .access import PERMISSIONS, SignedInRequest, city_wide, may, on_board
from .board_forms import AreaForm, BoardForm, LastDayForm, MergerForm, NewBoardForm
from .board_tables import BoardTable
from .charts import NumberTable, Tile, TileGrid
from .forms import attempt
from .models import Area, Board, ChangedMeanwhileError, OfficeType
from .models.boards import COMPANIES, Kind


@require_safe
def board_list(request: SignedInRequest) -> HttpResponse:
    boards = Board.objects.visible_to(request.user).bound()
    table = BoardTable(request, boards.in_city_order())
    if file := table.download():
        return file
    today = list(boards.on().by_name())
    context = {
        "table": table,
        "lead": in_short(today),
        "map": district_map(today),
        "may_edit": may(request.user, "edit_register"),
        "is_empty": all(board.kind == Kind.EXECUTIVE for board in today),
    }
    return render(request, "boards/board_list.html", context)


def in_short(boards: list[Board]) -> str:
    """What the list adds up to, in a sentence; nothing while there is only the executive board that is given."""
    if all(board.kind == Kind.EXECUTIVE for board in boards):
        return ""
    kinds = Counter("company" if board.kind in COMPANIES else board.kind for board in boards)
    parts = (
        (
            kinds[Kind.DISTRICT],
            ngettext("%(number)s district board", "%(number)s district boards", kinds[Kind.DISTRICT]),
        ),
        (
            kinds[Kind.BOARD],
            ngettext("%(number)s specialist board", "%(number)s specialist boards", kinds[Kind.BOARD]),
        ),
        (kinds["company"], ngettext("%(number)s company", "%(number)s companies", kinds["company"])),
    )
    there = [text % {"number": number} for number, text in parts if number]
    bound = get_text_list([_("the city executive board"), *there], _("and"))
    return _("The programme binds %(bound)s.") % {"bound": bound}


def district_map(boards: list[Board]) -> dict[str, Any] | None:
    """Where the districts lie, and how many of the offices demanded of each nobody holds."""
    districts = [board for board in boards if board.kind == Kind.DISTRICT and board.tile_column]
    if not districts:
        return None
    empty = vacancies.at(districts)
    lacking = {board.pk: sum(each.is_demanded for each in empty[board.pk]) for board in districts}
    rows = [(board, lacking[board.pk]) for board in districts]
    without = sum(number > 0 for _board, number in rows)
    title = ngettext(
        "%(number)s of %(all)s district boards lacks an office that is demanded",
        "%(number)s of %(all)s district boards lack an office that is demanded",
        without,
    )
    return {
        "title": title % {"number": without, "all": len(rows)}
        if without
        else _("Every district board has filled the offices that are demanded"),
        "grid": TileGrid(
            [
                Tile(
                    board.short_name or board.name,
                    board.tile_column or 1,
                    board.tile_row or 1,
                    number,
                    board.get_absolute_url(),
                )
                for board, number in rows
            ]
        ),
        "table": NumberTable(
            [_("District board"), _("Vacant offices")],
            [[board.name, number] for board, number in rows],
        ),
    }


@require_safe
def mandate_list(request: SignedInRequest) -> HttpResponse:
    """The table in mandates.py, in words, for everyone."""
    offices = [
        {
            "office": office,
            "ways": _ways(office.mandate),
            "demands": _demands(office),
            "ground": office.requirement,
            # What the programme demands has a page; a law stands elsewhere.
            "has_page": office.requirement.startswith("REQ-"),
        }
        for office in OfficeType.objects.order_by("order")
    ]
    return render(request, "boards/mandate_list.html", {"offices": offices})


def _ways(mandate: mandates.Mandate) -> list[dict[str, Any]]:
    ways = (
        (_("At the own board"), mandate.own),
        (_("At the own unit"), mandate.unit),
        (_("In the whole city"), mandate.city),
    )
    return [
        {"where": where, "words": [text for word, text in PERMISSIONS.items() if word in held]}
        for where, held in ways
        if held
    ]


def _demands(office: OfficeType) -> list[str]:
    mandate = office.mandate
    asked = [
        _("Second factor at sign-in") if mandate.needs_second_factor else "",
        _("Approval by a second person") if mandate.needs_approval else "",
        _("A last day") if mandate.time_limited else "",
        office.training_needed,
    ]
    return [demand for demand in asked if demand]


@require_http_methods(["GET", "POST"])
@city_wide("edit_register")
def board_new(request: SignedInRequest) -> HttpResponse:
    form = NewBoardForm(request.POST or None)
    made: list[Board] = []

    def add() -> None:
        board = Board.objects.add(by=request.user, **form.facts)
        board.join_sectors(form.cleaned_data["sectors"], by=request.user)
        made.append(board)

    if request.method == "POST" and attempt(form, add):
        messages.success(request, _("%(board)s has been added.") % {"board": made[0].name})
        return redirect(made[0])
    return render(request, "boards/board_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@on_board("edit_register", Board)
def board_facts(request: SignedInRequest, board: Board) -> HttpResponse:
    form = BoardForm(merging.posted(request, board), instance=board)

    def correct() -> None:
        board.correct(by=request.user, version=form.read_version, **form.facts)
        board.join_sectors(form.cleaned_data["sectors"], by=request.user)

    try:
        if attempt(form, correct):
            messages.success(request, _("Saved."))
            return redirect(board)
    except ChangedMeanwhileError:
        return merging.ask(request, form, BoardForm(instance=Board.objects.get(pk=board.pk)))
    drafts.offer(request, form, title=_("Correct the facts"), board=board)
    return render(request, "boards/board_form.html", {"form": form, "board": board})


@require_http_methods(["GET", "POST"])
@on_board("edit_register", Board)
def board_end(request: SignedInRequest, board: Board) -> HttpResponse:
    form = LastDayForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: board.end(by=request.user, last_day=form.cleaned_data["last_day"])
    ):
        messages.success(request, _("The last day of %(board)s is entered.") % {"board": board.name})
        return redirect(board)
    return render(request, "boards/board_end.html", {"form": form, "board": board})


@require_POST
@on_board("edit_register", Board)
def board_go_on(request: SignedInRequest, board: Board) -> HttpResponse:
    try:
        board.go_on(by=request.user)
        messages.success(request, _("%(board)s goes on. Appoint the offices anew.") % {"board": board.name})
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(board)


@require_http_methods(["GET", "POST"])
@on_board("edit_register", Board)
def board_merge(request: SignedInRequest, board: Board) -> HttpResponse:
    form = MergerForm(request.POST or None, successor=board)
    if request.method == "POST" and attempt(
        form,
        lambda: mergers.merge(
            list(form.cleaned_data["boards"]), board, on=form.cleaned_data["on"], by=request.user
        ),
    ):
        messages.success(request, _("The boards go on as %(board)s.") % {"board": board.name})
        return redirect(board)
    return render(request, "boards/board_merge.html", {"form": form, "board": board})


@require_http_methods(["GET", "POST"])
@on_board("edit_register", Board)
def area_move(request: SignedInRequest, board: Board, pk: int) -> HttpResponse:
    area = Area.objects.filter(board=board, pk=pk).on().first()
    if area is None:
        raise Http404
    form = AreaForm(request.POST or None, area=area)
    if request.method == "POST" and attempt(
        form, lambda: area.move(form.cleaned_data["to"], on=form.cleaned_data["on"], by=request.user)
    ):
        messages.success(request, _("The area %(area)s moves.") % {"area": area.name})
        return redirect(board)
    return render(request, "boards/area_move.html", {"form": form, "board": board, "area": area})
