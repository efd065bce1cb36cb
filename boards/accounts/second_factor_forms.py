"""The forms of the second factor: a code is good once, and a seed lies nowhere in the clear."""

from typing import Any

from allauth.core import context
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .. import sealing, throttle
from ..forms import Quiet
from . import sign_in
from .second_factor import PURPOSE, MfaAdapter


def code_field(hint: Any = "") -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
    return forms.CharField(label=_("Code"), help_text=hint, widget=widget, max_length=20)


class OnceOnly:
    """A code that has been used is refused, in whichever process it was used."""

    def clean_code(self) -> str:
        code = super().clean_code()  # type: ignore[misc]
        factor: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if factor.type == Authenticator.Type.TOTP and not throttle.once(*used(factor.user_id, code)):
            raise MfaAdapter().validation_error("incorrect_code")
        return code

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        sign_in.note_refusal(context.request, self.user.email, authenticator.type)  # type: ignore[attr-defined]


def used(person_id: int, code: str) -> tuple[str, ...]:
    return ("totp", str(person_id), code.strip().replace(" ", ""))


class CodeForm(Quiet, OnceOnly, base.AuthenticateForm):
    code = code_field(_("From the app on your phone, or one of your recovery codes."))


class CodeAgainForm(Quiet, OnceOnly, base.ReauthenticateForm):
    code = code_field(_("From the app on your phone, or one of your recovery codes."))


def waiting_seed(request: HttpRequest) -> str | None:
    sealed = request.session.get(SECRET_SESSION_KEY)
    return sealing.unseal(sealed, PURPOSE) if sealed else None


class PhoneAppForm(Quiet, totp.ActivateTOTPForm):
    """The new seed waits in the session, sealed, until the first code shows that the app has it."""

    code = code_field(_("Six digits that the app shows now."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        kwargs.setdefault("label_suffix", "")
        forms.Form.__init__(self, *args, **kwargs)
        session = context.request.session
        if not self.is_bound or SECRET_SESSION_KEY not in session:
            session[SECRET_SESSION_KEY] = sealing.seal(generate_totp_secret(), PURPOSE)
        self.secret = waiting_seed(context.request) or ""

    @property
    def key_in_fours(self) -> str:
        """As somebody writes it off the screen; apps leave the spaces out."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))

    def clean_code(self) -> str:
        code = super().clean_code()
        throttle.once(*used(self.user.pk, code))
        return code


class PasskeyForm(Quiet, webauthn.AddWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), required=False, max_length=80)
    passwordless = forms.BooleanField(
        label=_("Sign in with it alone"),
        help_text=_("Then no password is needed. The device asks for your finger, face or PIN."),
        required=False,
        initial=True,
    )


class PasskeyNameForm(Quiet, webauthn.EditWebAuthnForm):
    name = forms.CharField(label=_("Name of the passkey"), max_length=80)
