"""Who comes in from the city's identity provider: a person already here, or a new employee without approval."""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..models import Unit, User
from ..verbs import verb

CLAIMS = {"mail": "email", "name": "name", "directory_id": "directory_id", "unit": "unit"}


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("profile")

    @transaction.atomic
    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Knows the person again by the directory's id, or by mail where the provider is trusted for it."""
        sociallogin.state["process"] = "login"
        claims = read_claims(sociallogin)
        if not sociallogin.is_existing and not self._link(sociallogin, claims, request):
            self._refuse_unless_new(claims)
            sociallogin.email_addresses = [EmailAddress(email=claims["mail"], verified=True, primary=True)]
        if sociallogin.is_existing and not sociallogin.user.is_active:
            raise ImmediateHttpResponse(
                get_account_adapter().respond_user_inactive(request, sociallogin.user)
            )

    @verb("account.linked", _("%(about)s came in by single sign-on for the first time"))
    def _link(self, sociallogin: Any, claims: dict[str, str], request: HttpRequest) -> bool:
        person = self._recognise(sociallogin, claims)
        if person is None:
            return False
        sociallogin.user = person
        sociallogin.save(request, connect=True)
        audit.record("account.linked", person, by=person, provider=sociallogin.account.provider)
        return True

    def _refuse_unless_new(self, claims: dict[str, str]) -> None:
        if not claims["mail"] or User.objects.with_address(claims["mail"]).exists():
            raise ImmediateHttpResponse(redirect("socialaccount_login_error"))

    def _recognise(self, sociallogin: Any, claims: dict[str, str]) -> User | None:
        if claims["directory_id"]:
            known = User.objects.filter(directory_id=claims["directory_id"]).first()
            if known:
                return known
        if sociallogin.provider.app.settings.get("trusted_for_mail") and claims["mail"]:
            # Somebody the directory knows under another id is somebody else, whatever the mail says.
            same = User.objects.with_address(claims["mail"])
            return same.filter(directory_id__isnull=True).first() if claims["directory_id"] else same.first()
        return None

    @verb("account.appeared", _("%(about)s got an account"))
    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        """An ordinary employee, at the first sign-on. Offices are given by people."""
        claims = read_claims(sociallogin)
        person = User.objects.create_user(
            claims["mail"],
            claims["name"],
            directory_id=claims["directory_id"] or None,
            unit=Unit.objects.filter(directory_id=claims["unit"] or None).first(),
        )
        sociallogin.user = person
        sociallogin.save(request, connect=True)
        audit.record("account.appeared", person, by=person, provider=sociallogin.account.provider)
        return person


def read_claims(sociallogin: Any) -> dict[str, str]:
    """The claims under our own names; the provider's settings say what they are called there."""
    names = {**CLAIMS, **sociallogin.provider.app.settings.get("claims", {})}
    data = sociallogin.account.extra_data
    said = {**data, **(data.get("id_token") or {}), **(data.get("userinfo") or {})}
    return {own: _text(said.get(theirs)) for own, theirs in names.items()}


def _text(value: Any) -> str:
    """SAML gives lists, OIDC single values."""
    first = value[0] if isinstance(value, list) and value else value
    return str(first).strip() if first and not isinstance(first, list) else ""
