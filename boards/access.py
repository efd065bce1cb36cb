"""Who may see and do what. The only door to rows and the only decorators for doors.

A right is a word on a board. It is held through an office at that board, or through a city-wide office
for every board, on the days the office is held: asked when it is needed and never kept up by a job.
Not visible answers 404, the same as missing; visible but not allowed answers 403.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField, Model, Q, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from . import logs, mandates
from .days import today
from .questions import Question

if TYPE_CHECKING:
    from .models import Board, User

# K0 is open to whoever is signed in and needs no word.
PERMISSIONS: dict[str, Any] = {
    "view_internal": _("read what is internal to the board (K1)"),
    "edit_internal": _("write what is internal to the board (K1)"),
    "view_protected": _("read what is protected at the board (K2)"),
    "edit_protected": _("write what is protected at the board (K2)"),
    "view_adopted": _("read what the board has adopted"),
    "view_submitted": _("read what boards have submitted"),
    "view_submitted_protected": _("read the protected parts of what boards have submitted (K2)"),
    "view_incident_people": _("read about people in an incident (K3)"),
    "view_protective_security": _("see what the head of protective security has to handle"),
    "view_privacy_cases": _("see personal data incidents"),
    "view_duty": _("see who is on duty and how they are reached"),
    "view_events": _("read the activity log"),
    "handle_incidents": _("handle the board's incidents"),
    "triage_incidents": _("judge IT and information incidents"),
    "approve": _("approve on behalf of the administration"),
    "review": _("review what boards submit"),
    "register": _("enter diary numbers and decide on disclosure"),
    "hold_meetings": _("keep council and network meetings"),
    "keep_log": _("keep the crisis log"),
    "declare_extraordinary": _("judge an event extraordinary"),
    "edit_register": _("correct the register of boards"),
    "manage_offices": _("appoint and end offices"),
    "decide_access": _("answer requests for access"),
    "manage_accounts": _("manage accounts and second factors"),
    "manage_city": _("change the settings of the city"),
    "sanitize": _("remove text that should never have been written"),
}


@dataclass(frozen=True)
class HeldOffice:
    """An office whose rights a person has today, as little of it as every request asks for."""

    pk: int
    code: str
    board_id: int
    slug: str
    group_id: int

    @property
    def mandate(self) -> mandates.Mandate:
        return mandates.of(self.code)


@dataclass(frozen=True)
class Rights:
    """What a person's offices allow today: words for the whole city, and words at single boards."""

    offices: tuple[HeldOffice, ...] = ()
    city: frozenset[str] = frozenset()
    at: dict[str, frozenset[int]] = field(default_factory=dict)

    def allow(self, permission: str, board: "Board | None") -> bool:
        if permission in self.city:
            return True
        return board is not None and board.pk in self.at.get(permission, ())

    def where(self, permission: str) -> Q:
        return Q() if permission in self.city else Q(pk__in=self.at.get(permission, ()))


# Stands where a board's number stands when a right is held for all of them.
CITY = 0


def rights_of(user: Any) -> Rights:
    """Asked anew each time; of the person of a web request once, since all of it is the same moment."""
    if not user.is_authenticated or not user.is_active:
        return Rights()
    if not user.is_of_a_request:
        return _rights_today(user)
    if user.rights is None:
        user.rights = _rights_today(user)
    return user.rights


def _rights_today(user: "User") -> Rights:
    offices = tuple(HeldOffice(*row) for row in HELD.ask(user.pk, today()))
    at: dict[str, set[int]] = {}
    for word, board in GRANTED.ask(*(office.group_id for office in offices)) if offices else ():
        at.setdefault(word, set()).add(board)
    city = frozenset(word for word, boards in at.items() if CITY in boards)
    return Rights(offices, city, {word: frozenset(boards - {CITY}) for word, boards in at.items()})


def _held(person: int, day: date) -> QuerySet:
    held = apps.get_model("boards", "Office").objects.held_by(person, day)
    return held.values_list("pk", "type__code", "board_id", "board__slug", "group_id")


def _granted(*groups: int) -> QuerySet:
    """Guardian's rows for single boards and the groups' own words for the whole city, in one question."""
    at_boards = apps.get_model("boards", "BoardGroupPermission").objects.filter(group__in=groups)
    for_all = Permission.objects.filter(group__in=groups, content_type__app_label="boards").order_by()
    return at_boards.values_list("permission__codename", "content_object").union(
        for_all.values_list("codename", Value(CITY, output_field=BigIntegerField()))
    )


HELD, GRANTED = Question(_held), Question(_granted)


def boards_where(user: Any, permission: str) -> Q:
    """A condition on Board: those where the person has this right today."""
    return rights_of(user).where(permission)


def subquery(user: Any, permission: str) -> QuerySet:
    return apps.get_model("boards", "Board").objects.filter(boards_where(user, permission)).values("pk")


def may(user: Any, permission: str, board: "Board | None" = None) -> bool:
    """Without a board: does the person have this right for the whole city?"""
    return rights_of(user).allow(permission.removeprefix("boards."), board)


View = Callable[..., HttpResponse]


class SignedInRequest(HttpRequest):
    """What a view gets behind the login that every page demands."""

    user: "User"


def on_board(permission: str, model: type[Model], key: str = "slug") -> Callable[[View], View]:
    """Hands the view the record it is about: 404 unless it is visible, 403 unless this may be done to it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            record = find_visible(model, request.user, **{key: kwargs.pop(key)})
            if not may(request.user, permission, record.board):  # type: ignore[attr-defined]
                raise PermissionDenied
            return view(request, record, *args, **kwargs)

        return door

    return decorate


def visible(model: type[Model], key: str = "slug") -> Callable[[View], View]:
    """Hands the view a record that the person may see; missing and foreign are the same 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return view(request, find_visible(model, request.user, **{key: kwargs.pop(key)}), *args, **kwargs)

        return door

    return decorate


def find_visible(model: type[Model], user: Any, *along: str, **lookup: Any) -> Any:
    """The one record, together with the related ones that are named."""
    try:
        rows = model.objects.visible_to(user)  # type: ignore[attr-defined]
        return (rows.select_related(*along) if along else rows).get(**lookup)
    except (model.DoesNotExist, ValueError):  # type: ignore[attr-defined]
        logs.origin().why = "hidden" if _is_there(model, lookup) else "missing"
        raise Http404 from None


def _is_there(model: type[Model], lookup: dict[str, Any]) -> bool:
    """For the log alone; asked in both cases, so that the answers take as long."""
    try:
        return model._base_manager.filter(**lookup).exists()
    except ValueError:
        return False


def city_wide(permission: str) -> Callable[[View], View]:
    """A door for those who have this right for the whole city; 403 for the rest."""

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return door

    return decorate
