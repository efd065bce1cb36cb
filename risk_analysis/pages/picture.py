"""The city's risks: the matrix, the heat table, two sides, one organisation's risks, and one risk as a page."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from boards import read_log
from boards.access import SignedInRequest, city_wide, may
from boards.models import Board

from ..counted import ROUND, City
from ..heat import Heat
from ..models import Purpose, Rsa
from ..models.purposes import reads_across
from ..picture import Picture
from ..purposes import for_a_purpose
from ..ranking import Ranking
from ..risk_lists import BoardRisksTable
from ..sides import ONE, OTHER, Two, Years

counts = city_wide("view_submitted")


def risks_of(city: City, board: Board, **chosen: str) -> str:
    wanted = {ROUND: city.asked.get(ROUND, ""), **chosen}
    query = urlencode({key: value for key, value in wanted.items() if value})
    return reverse("board_risks", args=[board.slug]) + (f"?{query}" if query else "")


@require_safe
@counts
def city_picture(request: SignedInRequest) -> HttpResponse:
    city = City(request.user, request.GET, request.path)
    picture, seen = Picture(city), city.readable
    facts = {
        "city_view": city,
        "picture": picture,
        "organisations": [
            (each, risks_of(city, each.board) if each.board.pk in seen else "")
            for each in picture.organisations
        ],
        "reads": reads_across(request.user),
        "follows": may(request.user, "view_submitted_protected"),
        "reviews": may(request.user, "review"),
    }
    return render(request, "risk_analysis/city_picture.html", facts)


@require_safe
@counts
def heat_table(request: SignedInRequest) -> HttpResponse:
    city = City(request.user, request.GET, request.path)
    heat = Heat(city, city.readable, lambda board, kind: risks_of(city, board, slag=kind))
    facts = {"city_view": city, "heat": heat, "reads": reads_across(request.user)}
    return render(request, "risk_analysis/heat_table.html", facts)


@require_safe
@counts
def risk_compare(request: SignedInRequest) -> HttpResponse:
    """Two organisations when two are chosen; otherwise every organisation in this round and the one before."""
    city = City(request.user, request.GET, request.path)
    held = {board.slug: board for board in city.asked_boards if board.pk in city.handed_in}
    one, other = (held.get(request.GET.get(key, "")) for key in (ONE, OTHER))
    facts = {
        "city_view": city,
        "boards": list(held.values()),
        "one": one,
        "other": other,
        "two": Two(city, one, other) if one and other and one != other else None,
        "years": None if one and other and one != other else Years(city),
        "is_same": bool(one and one == other),
        "reads": reads_across(request.user),
    }
    return render(request, "risk_analysis/risk_compare.html", facts)


@require_safe
def board_risks(request: SignedInRequest, slug: str) -> HttpResponse:
    """The risks of one organisation in a round, for those who may read its analysis."""
    rows = Rsa.objects.visible_to(request.user).in_force().with_names().filter(board__slug=slug)
    if asked := request.GET.get(ROUND):
        rows = rows.filter(cycle__slug=asked)
    found = list(rows.order_by("-cycle__opens_on", F("unit").asc(nulls_first=True), "-edition"))
    if not found:
        raise Http404
    rsa = found[0]
    same = [each for each in found if each.cycle_id == rsa.cycle_id]
    table = BoardRisksTable(request, same, file_name=f"risker-{rsa.slug}-{rsa.cycle.slug}")
    if file := table.download():
        return file
    return render(request, "risk_analysis/board_risks.html", {"board": rsa.board, "rsa": rsa, "table": table})


@require_safe
@for_a_purpose(Purpose.What.RISKS)
def city_risks(request: SignedInRequest, purpose: Purpose) -> HttpResponse:
    """Titles across organisations (K3): what is opened is noted together with what it is for."""
    city = City(request.user, request.GET, request.path)
    ranking = Ranking(city, purpose)
    about = _("Purpose %(number)s") % {"number": purpose.pk}
    shown: list[Any] = [line.risk for line in ranking.lines]
    read_log.listed(request.user, shown, level="K3", query=f"{about}: {request.get_full_path()}")
    facts = {"city_view": city, "ranking": ranking, "purpose": purpose}
    return render(request, "risk_analysis/city_risks.html", facts)
