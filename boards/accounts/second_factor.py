"""Offices that open protected facts demand a second factor before anything else is done.

What is asked of a person is asked of the offices they hold or stand in for today, at each request.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import access, audit, letters, problems, sealing
from ..models import User
from ..verbs import verb

PROVIDER, DEMO = "identity_provider", "demo"
PURPOSE = "second factor"
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Pages that somebody without a second factor may still reach; the rest waits.
OPEN = {
    "account_logout",
    "session_extend",
    "set_language",
    "mfa_index",
    "mfa_activate_totp",
    "totp_picture",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
}


class MfaAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("The code is not right, or has already been used."),
        "cannot_delete_authenticator": gettext_lazy(
            "One of your offices demands a second factor. Add another one before you remove this."
        ),
    }

    def encrypt(self, text: str) -> str:
        return sealing.seal(text, PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return sealing.unseal(encrypted_text, PURPOSE)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists() or not is_demanded_of(authenticator.user)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Passkey %(number)s") % {"number": number + 1} if number else _("My passkey")

    def _get_site_name(self) -> str:
        return _("Säkerhetsprogrammet")


class SecondFactorStage(AuthenticateStage):
    """Asked of everybody who has set one up, unless the identity provider has already asked."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return super()._should_handle(request) and PROVIDER not in ways(request, self.login.user)


def is_demanded_of(user: User) -> bool:
    """Who leads a unit reads about people in its incidents, with or without the office of manager."""
    held = any(office.mandate.needs_second_factor for office in access.rights_of(user).offices)
    return held or user.units_led.exists()


def has_one(user: User) -> bool:
    return is_mfa_enabled(user, FACTORS)


def ways(request: HttpRequest, user: User | None) -> list[str]:
    """How the person has signed in, as words: password, totp, webauthn, identity_provider …"""
    return [record.get("type") or record["method"] for record in get_authentication_records(request, user)]


def was_used(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def note_use(request: HttpRequest, factor: str) -> None:
    """Whoever has just set a factor up has shown it, and need not show it again."""
    record_authentication(request, request.user, "mfa", type=factor, reauthenticated=True)


def done_by_provider(sociallogin: Any) -> bool:
    """Whether the identity provider says that it asked for a second factor, and is trusted to say so."""
    rule = sociallogin.provider.app.settings.get("second_factor") or {}
    data = sociallogin.account.extra_data
    said = {**data, **(data.get("userinfo") or {}), **(data.get("id_token") or {})}.get(rule.get("claim"))
    given = said if isinstance(said, list) else [said]
    return bool(set(rule.get("values", [])) & set(given))


@verb("factor.totp_added", gettext_lazy("%(about)s added a phone app as second factor"))
@verb("factor.totp_removed", gettext_lazy("%(about)s removed the phone app as second factor"))
@verb("factor.passkey_added", gettext_lazy("%(about)s added a passkey"))
@verb("factor.passkey_removed", gettext_lazy("%(about)s removed a passkey"))
@verb("factor.passkey_renamed", gettext_lazy("%(about)s renamed a passkey"))
@verb("factor.codes_made", gettext_lazy("%(about)s made new recovery codes"))
def note_change(change: str, user: User, *, told: bool = True) -> None:
    """Each change of a factor is an event, and the person is told; within the caller's transaction."""
    audit.record(f"factor.{change}", user, by=user)
    if told:
        letters.send("factor_changed", user, change=change)


class SecondFactorRequired:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or _is_open(request, view):
            return None
        if was_used(request) or not is_demanded_of(request.user):
            return None
        return _refuse() if _is_api(view) else _lead_on(request)


def _is_open(request: HttpRequest, view: Any) -> bool:
    """What anybody may read is open; the API's views look so to Django, but ask who it is by themselves."""
    match = request.resolver_match
    public = not getattr(view, "login_required", True) and not _is_api(view)
    return (match is not None and match.url_name in OPEN) or public


def _is_api(view: Any) -> bool:
    return hasattr(view, "cls")


def _refuse() -> HttpResponse:
    return problems.answer(403, _("Your office demands a second factor."))


def _lead_on(request: Any) -> HttpResponse:
    if not has_one(request.user):
        messages.warning(
            request, _("Your office demands a second factor. Choose one below before you go on.")
        )
        return redirect("mfa_index")
    by_code = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
    door = "mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"
    return redirect(f"{reverse(door)}?{urlencode({'next': request.get_full_path()})}")
