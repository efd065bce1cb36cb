"""The forms of signing in and of passwords: mail and password can be pasted and filled in by the browser."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import int_to_base36
from django.utils.translation import gettext_lazy as _

from .. import audit, letters, throttle
from ..forms import Quiet
from ..models import City, User
from ..verbs import verb
from .passwords import BreachedPassword

LONGEST = 256


def address(autocomplete: str = "username") -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": autocomplete})
    return forms.EmailField(label=_("E-mail"), widget=widget)


def password(label: Any, autocomplete: str = "current-password", **more: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, **more)


def new_password() -> forms.CharField:
    hint = BreachedPassword().get_help_text()
    longest = MaxLengthValidator(LONGEST)
    return password(_("New password"), "new-password", help_text=hint, validators=[longest])


class LoginForm(Quiet, allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = address(autocomplete="username webauthn")
        hint = "" if settings.LOCAL_PASSWORDS_FOR_ALL else _("Only reserve accounts open with a password.")
        self.fields["password"] = password(_("Password"), help_text=hint)


class ForgottenPasswordForm(Quiet, allauth_forms.ResetPasswordForm):
    """Writes a letter to whoever has an account that opens with a password, and one to nobody else."""

    email = address()

    def clean_email(self) -> str:
        return self.cleaned_data["email"].strip().lower()

    @verb("password.forgotten", _("A new password was asked for"))
    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = self.cleaned_data["email"]
        found = User.objects.with_address(email).first()
        person = found if found and found.may_use_password else User(email=email)
        letters.send("password_reset", person if person.pk else None, url=reset_link(person))
        tried = throttle.digest("account", email)
        audit.record("password.forgotten", City.objects.here(), by=None, tried=tried)
        return email


class ResetLink(allauth_forms.UserTokenForm):
    def _get_user(self, uidb36: str) -> User | None:
        person = super()._get_user(uidb36)
        return person if person and person.may_use_password else None


def reset_link(person: User) -> str:
    key = default_token_generator.make_token(person)
    place = {"uidb36": int_to_base36(person.pk or 0), "key": key}
    return settings.PUBLIC_URL + reverse("account_reset_password_from_key", kwargs=place)


class NewPassword(Quiet):
    """Said once: it can be pasted, and whoever mistypes it asks for a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = self.fields  # type: ignore[attr-defined]
        del fields["password2"]
        fields["password1"] = new_password()

    def clean_password1(self) -> str:
        given = self.cleaned_data["password1"]  # type: ignore[attr-defined]
        validate_password(given, self.user)  # type: ignore[attr-defined]
        return given


class NewPasswordForm(NewPassword, allauth_forms.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(NewPassword, allauth_forms.ChangePasswordForm):
    oldpassword = password(_("Present password"))


class PasswordAgainForm(Quiet, allauth_forms.ReauthenticateForm):
    password = password(_("Password"))
