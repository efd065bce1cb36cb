"""Signing in: by password, passkey or the city's single sign-on. An unknown person, an ended account and a
wrong password are answered alike: the same text, the same work, the same number of queries.
"""

import logging
from datetime import date
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import check_password, make_password
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import audit, kept, letters, logs, preferences, throttle
from ..days import today
from ..models import City, OfficeHolder, User
from ..questions import Question
from ..verbs import verb
from . import known_browser, second_factor, sessions

WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use the app or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


def _of_a_request(person: int, day: date) -> QuerySet:
    return User.objects.with_ended_offices(day).filter(pk=person)


OF_A_REQUEST = Question(_of_a_request)


class CityBackend(AuthenticationBackend):
    """Finds the person and what their session is judged by in one query; rights come from offices alone."""

    def get_user(self, user_id: Any) -> User | None:
        person = next(iter(OF_A_REQUEST.find(User, int(user_id), today())), None)
        if person is None or not person.is_active:
            return None
        person.is_of_a_request = True
        return person

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return user_obj.has_perm(perm, obj)

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """One query and one hash whoever it is."""
        email, password = credentials.get("email") or "", credentials.get("password") or ""
        person = User.objects.with_address(email).first()
        stored = person.password if person else make_password(None)
        right = check_password(password, stored)
        return person if right and person and person.may_use_password else None


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The present password is not right."),
        "invalid_password_reset": _("The link no longer works."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return throttle.address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Attempts are slowed down at the door, by boards.throttle."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        note_refusal(request, credentials.get("email", ""))

    def reauthenticate(self, user: Any, password: str) -> bool:
        right = check_password(password, user.password)
        if not right:
            note_refusal(context.request, user.email)
        return right

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": WAYS.get(way["id"], way["description"])} for way in ways]

    def get_login_stages(self) -> list[str]:
        return ["boards.accounts.second_factor.SecondFactorStage"]

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        sociallogin = (kwargs["signal_kwargs"] or {}).get("sociallogin")
        if sociallogin and second_factor.done_by_provider(sociallogin):
            record_authentication(request, user, "mfa", type=second_factor.PROVIDER)
        return super().pre_login(request, user, **kwargs)

    @verb("session.began", _("%(about)s signed in"))
    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        sessions.begin(request, user)
        ways = second_factor.ways(request, user)
        audit.record("session.began", user, by=user, ways=ways)
        logs.note("signed_in", person=user.pk, ways=ways)
        if user.break_glass and not settings.LOCAL_PASSWORDS_FOR_ALL and "password" in ways:
            tell_of_break_glass(user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """To where the person was going, or first to what they had typed when the last session ended."""
        response = super().post_login(request, user, **kwargs)
        if kept.find(request, user):
            response = HttpResponseRedirect(reverse("kept_text"))
        known_browser.remember(request, response, user.pk, user.email)
        preferences.remember(request, response, user)
        return response

    def set_password(self, user: Any, password: str) -> None:
        user.change_password(password)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """The verbs themselves write to the person, in the same transaction."""

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only the passkey's question is answered as data; no page is."""
        match = request.resolver_match
        return match is not None and match.url_name == "mfa_login_webauthn" and request.method == "GET"

    def logout(self, request: HttpRequest) -> None:
        sessions.end(request)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong: the pages say themselves what was done."""
        if level >= messages.WARNING:
            super().add_message(request, level, *args, **kwargs)


@verb("sign_in.refused", _("A sign-in was refused"))
def note_refusal(request: HttpRequest, account: str, what: str = "password") -> None:
    """Which account was tried and from where can be compared over time, but not read."""
    tried = throttle.digest("account", account.strip().casefold())
    where = throttle.digest("address", throttle.address(request))
    audit.record("sign_in.refused", City.objects.here(), by=None, tried=tried, where=where, what=what)
    logs.note("sign_in_refused", logging.WARNING, account=tried, address=where, what=what)


@verb("break_glass.used", _("%(about)s used a reserve account"))
def tell_of_break_glass(person: User) -> None:
    """A reserve account was used: the head of security hears of it at once."""
    audit.record("break_glass.used", person, by=person)
    chiefs = OfficeHolder.objects.confirmed().on().filter(office__type__code="slk_sakerhetschef")
    for holding in chiefs.select_related("person"):
        letters.send("break_glass", holding.person, used_by=person)
