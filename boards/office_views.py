"""Who holds which office at a board: appointing, approving, handing over, ending; and the elected members."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import activity, person_search, vacancies
from .access import SignedInRequest, find_visible, may, on_board, visible
from .board_forms import LastDayForm
from .board_panels import latest_events
from .board_tables import HolderTable, in_words
from .forms import attempt
from .models import Board, Office, OfficeHolder, OfficeType, Training
from .office_forms import AppointForm, HandOverForm, TrainingForm

OFFICE_VERBS = (
    "office.appointed",
    "office.approved",
    "office.refused",
    "office.ended",
    "office.withdrawn",
    "offices.appointed",
    "offices.ended",
    "offices.given_last_days",
    "training.registered",
)


def on_holding(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hands the view a holding that the person may change; offices of the city are not their board's to fill."""

    @wraps(view)
    def door(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
        along = ("office__board", "office__type", "person", "proposed_by", "confirmed_by")
        holding = find_visible(OfficeHolder, request.user, *along, pk=pk, office__board__slug=slug)
        if not holding.office.is_managed_by(request.user):
            raise PermissionDenied
        return view(request, holding)

    return door


@require_safe
@visible(Board)
def office_list(request: SignedInRequest, board: Board) -> HttpResponse:
    manages = may(request.user, "manage_offices", board)
    holders = OfficeHolder.objects.visible_to(request.user).of(board)
    table = HolderTable(
        request,
        holders,
        manages=manages,
        sees_training=manages or may(request.user, "view_internal", board),
        caption=_("Who holds which office at %(board)s") % {"board": board.name},
        file_name=f"roller-{board.slug}",
    )
    if file := table.download():
        return file
    context = {
        "board": board,
        "table": table,
        "vacant": vacancies.at([board])[board.pk],
        "proposed": {held.office.type_id for held in holders.awaiting_approval().select_related("office")},
        "waiting": _to_decide(holders, request.user) if manages else [],
        "manages": manages and not board.is_over(),
        "activity": latest_events(board, request.user, *OFFICE_VERBS),
    }
    return render(request, "boards/office_list.html", context)


def _to_decide(holders: QuerySet, user: Any) -> list[OfficeHolder]:
    """Proposals that this person may decide on: made by somebody else, about somebody else."""
    waiting = holders.awaiting_approval().select_related(
        "person", "proposed_by", "office__type", "office__board"
    )
    return [each for each in waiting if each.may_be_approved_by(user)]


def _types(board: Board, user: Any) -> list[OfficeType]:
    """What the person may fill here."""
    city = may(user, "manage_offices")
    return [kind for kind in OfficeType.objects.open_at(board) if city or not kind.mandate.city]


@require_http_methods(["GET", "POST"])
@on_board("manage_offices", Board)
def office_new(request: SignedInRequest, board: Board) -> HttpResponse:
    """First which office, then who, then the terms; each step is an address."""
    kinds = {kind.code: kind for kind in _types(board, request.user)}
    code, search = request.GET.get("roll", ""), person_search.search(request)
    context: dict[str, Any] = {"board": board, "kinds": kinds.values(), "search": search}
    if code not in kinds:
        return render(request, "boards/office_choice.html", context)
    context["kind"] = kinds[code]
    if (person := search.person) is None:
        return render(request, "boards/office_person.html", {**context, "keep": {"roll": code}})
    form = AppointForm(request.POST or None)
    office_of = Office.objects.of
    if request.method == "POST" and attempt(
        form, lambda: office_of(board, code).appoint(person, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, appointed(kinds[code]))
        return redirect("office_list", board.slug)
    return render(request, "boards/office_form.html", {**context, "form": form, "person": person})


def appointed(kind: OfficeType) -> str:
    if kind.mandate.needs_approval:
        return _("Proposed. The office is open to the person when somebody else has approved it.")
    return _("Appointed.")


@require_safe
@on_holding
def office_holder(request: SignedInRequest, holding: OfficeHolder) -> HttpResponse:
    return _holding_page(request, holding)


def _holding_page(request: SignedInRequest, holding: OfficeHolder, **forms: Any) -> HttpResponse:
    latest = Training.objects.filter(person=holding.person, office_type=holding.office.type).latest_first()
    context = {
        "board": holding.board,
        "holding": holding,
        "rows": _facts(holding, in_words(latest.first(), holding)),
        "may_decide": holding.may_be_approved_by(request.user),
        "may_end": holding.confirmed_at and not holding.is_over(),
        "end_form": LastDayForm(prefix="slut"),
        "training_form": TrainingForm(prefix="utbildning"),
        "activity": activity.panel(request.user, holding, board=holding.board),
        **forms,
    }
    return render(request, "boards/office_holder.html", context, status=200)


def _facts(holding: OfficeHolder, training: str) -> list[dict[str, Any]]:
    rows = [
        (_("State"), holding.state),
        (_("As"), holding.held_as),
        (_("Share of a post"), f"{holding.share_percent} %"),
        (_("From"), holding.valid_from),
        (_("Up to and including"), holding.valid_to or _("Until further notice")),
        (_("Why it is shared"), holding.shared_reason),
        (_("Proposed by"), holding.proposed_by),
        (_("Approved by"), holding.confirmed_by),
        (_("Training"), training),
    ]
    return [{"key": key, "value": str(value)} for key, value in rows if value]


@require_POST
@on_holding
def office_end(request: SignedInRequest, holding: OfficeHolder) -> HttpResponse:
    form = LastDayForm(request.POST, prefix="slut")
    if attempt(form, lambda: holding.end(by=request.user, last_day=form.cleaned_data["last_day"])):
        messages.success(request, _("The last day is entered. Open sessions end with the office."))
        return redirect("office_list", holding.board.slug)
    return _holding_page(request, holding, end_form=form, form=form)


@require_POST
@on_holding
def office_approve(request: SignedInRequest, holding: OfficeHolder) -> HttpResponse:
    return _decide(request, holding, lambda: holding.approve(by=request.user), _("Approved."))


@require_POST
@on_holding
def office_refuse(request: SignedInRequest, holding: OfficeHolder) -> HttpResponse:
    return _decide(request, holding, lambda: holding.refuse(by=request.user), _("Turned down."))


def _decide(
    request: SignedInRequest, holding: OfficeHolder, verb: Callable[[], None], done: str
) -> HttpResponse:
    try:
        verb()
        messages.success(request, done)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("office_list", holding.board.slug)


@require_http_methods(["GET", "POST"])
@on_holding
def office_hand_over(request: SignedInRequest, holding: OfficeHolder) -> HttpResponse:
    if not holding.confirmed_at or holding.is_over():
        raise Http404
    search = person_search.search(request)
    context: dict[str, Any] = {
        "board": holding.board,
        "kind": holding.office.type,
        "holding": holding,
        "search": search,
    }
    if (person := search.person) is None:
        return render(request, "boards/office_person.html", {**context, "keep": {}})
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and attempt(
        form, lambda: holding.hand_over(person, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, appointed(holding.office.type))
        return redirect("office_list", holding.board.slug)
    return render(request, "boards/office_hand_over.html", {**context, "form": form, "person": person})


@require_POST
@on_holding
def training_new(request: SignedInRequest, holding: OfficeHolder) -> HttpResponse:
    form = TrainingForm(request.POST, prefix="utbildning")
    if attempt(form, lambda: holding.register_training(by=request.user, **form.cleaned_data)):
        messages.success(request, _("The training is registered."))
        return redirect("office_holder", holding.board.slug, holding.pk)
    return _holding_page(request, holding, training_form=form, form=form)
