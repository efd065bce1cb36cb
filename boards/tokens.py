"""Signing in to the API with a personal token, beside the session of the pages.

A token is worth what its person may do at that moment. Wrong ones are slowed down by the address they come
from, and each token has so many requests a minute.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied, Throttled
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from . import access, throttle
from .models import ApiToken, User
from .throttle import Limit, TooSoonError

SCHEME = "Bearer"
# Requests a minute that are answered at once; those that follow wait longer and longer.
USE = Limit(free=600, longest=timedelta(seconds=30), forget=timedelta(minutes=2))


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.casefold() != SCHEME.casefold():
            return None
        token = _find(request, secret.strip())
        token.note_use()
        person = token.person
        person.is_of_a_request = True
        if not access.rights_of(person).offices:
            raise PermissionDenied(_("You hold no office today, and a token follows an office."))
        return person, token

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


def _find(request: Any, secret: str) -> ApiToken:
    wrong = throttle.counts(request, "token", "")
    try:
        throttle.look(wrong)
        token = ApiToken.objects.with_secret(secret).select_related("person").first()
        if token is None or not token.is_in_force:
            throttle.begin(wrong)
            raise AuthenticationFailed(_("The token does not work. Make a new one on your profile."))
        count_use(token)
    except TooSoonError as wait:
        raise Throttled(wait.seconds) from None
    return token


def count_use(token: ApiToken) -> None:
    minute = f"{timezone.now():%Y%m%d%H%M}"
    throttle.begin({throttle.digest("token use", str(token.pk), minute): USE})


class WithinTheToken(BasePermission):
    """A token reads, unless its person has chosen that it may write too."""

    message = _("This token only reads. Make one that may also change things.")

    def has_permission(self, request: Request, view: Any) -> bool:
        token = request.auth
        return request.method in SAFE_METHODS or not isinstance(token, ApiToken) or token.may_write


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "boards.tokens.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}
