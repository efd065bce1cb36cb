"""allauth's pages for the second factor, with each change an event in the same transaction."""

from typing import Any

from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from .. import read_log
from . import second_factor
from .second_factor_forms import waiting_seed


class Noted:
    """A form whose success is an event, and that the person is told of."""

    change: str
    told = True

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)  # type: ignore[misc]
        second_factor.note_change(self.change, self.request.user, told=self.told)  # type: ignore[attr-defined]
        return response


class AddPhoneApp(Noted, ActivateTOTPView):
    change = "totp_added"

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        second_factor.note_use(self.request, "totp")
        return response


class RemovePhoneApp(Noted, DeactivateTOTPView):
    change = "totp_removed"


class AddPasskey(Noted, AddWebAuthnView):
    change = "passkey_added"

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        second_factor.note_use(self.request, "webauthn")
        return response


class RemovePasskey(Noted, RemoveWebAuthnView):
    change = "passkey_removed"

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = second_factor.MfaAdapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_list_webauthn")
        return super().form_valid(form)


class RenamePasskey(Noted, EditWebAuthnView):
    change = "passkey_renamed"
    told = False


class MakeRecoveryCodes(Noted, GenerateRecoveryCodesView):
    change = "codes_made"


@require_safe
def phone_app_picture(request: HttpRequest) -> HttpResponse:
    """The waiting seed as a QR code: a picture of its own, so that no page carries it as data."""
    seed = waiting_seed(request)
    if seed is None:
        raise Http404
    adapter = second_factor.MfaAdapter()
    drawing = adapter.build_totp_svg(adapter.build_totp_url(request.user, seed))
    return HttpResponse(drawing, content_type="image/svg+xml")


@require_safe
def download_recovery_codes(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = codes.download_recovery_codes(request)
    if response.has_header("Content-Disposition"):
        read_log.given_out(request.user, [request.user], level="K3", name="recovery-codes.txt")  # type: ignore[list-item]
    return response
