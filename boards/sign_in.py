"""Signing in: by password, passkey or the city's single sign-on."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ResetPasswordForm
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

from .models import User


class CityBackend(AuthenticationBackend):
    """Finds the person and what their session is judged by in one query; rights come from offices alone."""

    def get_user(self, user_id: Any) -> User | None:
        person = User.objects.with_ended_offices().filter(pk=user_id).first()
        return person if person and person.is_active else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return user_obj.has_perm(perm, obj)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return True


class LoginForm(AllauthLoginForm):
    pass


class ForgottenPasswordForm(ResetPasswordForm):
    pass
