"""One press and you are somebody in the demo city. Only in the demo, and only from the machine it runs on."""

import ipaddress
from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_POST

from boards.accounts.second_factor import DEMO
from boards.models import Board, OfficeType, User

from .demo.roles import ROLES


@dataclass(frozen=True)
class Button:
    """One role: who it is, what they are and where."""

    person: User
    label: str
    office: str
    board: str


def is_open(request: HttpRequest) -> bool:
    """The address is the socket's own; a proxy in front, or a claim in a header, closes the door."""
    if not settings.DEMO or "X-Forwarded-For" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META["REMOTE_ADDR"]).is_loopback
    except ValueError:
        return False


def buttons(request: HttpRequest) -> list[Button]:
    if not is_open(request):
        return []
    people = {
        person.email: person for person in User.objects.active().filter(email__in=[r.email for r in ROLES])
    }
    offices = {office.code: office.label for office in OfficeType.objects.all()}
    boards = dict(Board.objects.values_list("code", "name"))
    return [
        Button(
            people[role.email],
            str(role.label),
            offices.get(role.office, ""),
            boards.get(role.board or "", ""),
        )
        for role in ROLES
        if role.email in people
    ]


def offered(request: HttpRequest) -> dict[str, Any]:
    """For the templates: asked for only where the buttons are shown."""
    return {"demo_people": SimpleLazyObject(lambda: buttons(request))}


@login_not_required
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Goes the whole way that any sign-in goes, and counts as done with a second factor."""
    if not is_open(request):
        raise Http404
    number = request.POST.get("person", "")
    offered = {str(button.person.pk): button.person for button in buttons(request)}
    if number not in offered:
        raise Http404
    if request.user.is_authenticated:
        get_adapter().logout(request)
    person = offered[number]
    record_authentication(request, person, "mfa", type=DEMO)
    return perform_login(request, Login(user=person))
