"""Every address of signing in and of one's own account: a closed list, with allauth's names and our words.

There is no sign-up. Wherever something is guessed at, attempts are slowed down at the door.
"""

from allauth.account import views as account
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.stagekit import unstash_login
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.socialaccount.providers.saml import views as saml
from django.http import HttpRequest, HttpResponse
from django.urls import path

from ..throttle import never, throttled, typed
from ..throttle import own as own_account
from . import desk_views as desk
from . import factor_views, invitation_views, token_views
from . import views as own


def signing_in(request: HttpRequest) -> str:
    """Whose second factor is asked for: the one who has given the right password just before."""
    login = unstash_login(request, peek=True)
    return login.user.email if login and login.user else ""


def signed_in(request: HttpRequest, response: HttpResponse) -> bool:
    return request.user.is_authenticated


def proved(request: HttpRequest, response: HttpResponse) -> bool:
    """A passkey that does not fit is sent back to the sign-in page."""
    return response.status_code == 302 and "/logga-in/" not in response["Location"]


again = reauthentication_required(app="boards")

urlpatterns = [
    path("konto/logga-in/", throttled("password", typed("login"))(account.login), name="account_login"),
    path("konto/logga-ut/", own.sign_out, name="account_logout"),
    path("konto/avslutat/", account.account_inactive, name="account_inactive"),
    path(
        "konto/bekraftelse/",
        throttled("password", own_account)(account.reauthenticate),
        name="account_reauthenticate",
    ),
    # password and e-mail
    path(
        "konto/losenord/",
        throttled("password", own_account)(own.change_password),
        name="account_change_password",
    ),
    path(
        "konto/losenord/glomt/",
        throttled("reset", typed("email"), never)(account.password_reset),
        name="account_reset_password",
    ),
    path("konto/losenord/glomt/skickat/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "konto/losenord/glomt/klart/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(
        "konto/losenord/glomt/<slug:uidb36>/<slug:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "konto/epost/",
        again(throttled("email", own_account, never)(own.change_email)),
        name="account_email",
    ),
    path("konto/epost/bekraftelse/", own.confirm_email, name="email_confirm"),
    path("konto/epost/bekraftelse/<str:token>/", own.open_email_link, name="email_confirm_open"),
    # second factor
    path("konto/tvafaktor/", factors.index, name="mfa_index"),
    path(
        "konto/tvafaktor/kod/", throttled("factor", signing_in)(factors.authenticate), name="mfa_authenticate"
    ),
    path(
        "konto/tvafaktor/bekraftelse/",
        throttled("factor", own_account)(factors.reauthenticate),
        name="mfa_reauthenticate",
    ),
    path("konto/tvafaktor/app/ny/", factor_views.AddPhoneApp.as_view(), name="mfa_activate_totp"),
    path("konto/tvafaktor/app/bild.svg", factor_views.phone_app_picture, name="totp_picture"),
    path(
        "konto/tvafaktor/app/borttagning/", factor_views.RemovePhoneApp.as_view(), name="mfa_deactivate_totp"
    ),
    path("konto/tvafaktor/reservkoder/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "konto/tvafaktor/reservkoder/nya/",
        factor_views.MakeRecoveryCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "konto/tvafaktor/reservkoder/fil/",
        factor_views.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("konto/tvafaktor/nycklar/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("konto/tvafaktor/nycklar/ny/", factor_views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "konto/tvafaktor/nycklar/bekraftelse/",
        throttled("passkey", own_account, proved)(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "konto/tvafaktor/nycklar/inloggning/",
        throttled("passkey", lambda request: "", signed_in)(passkeys.login_webauthn),
        name="mfa_login_webauthn",
    ),
    path(
        "konto/tvafaktor/nycklar/<int:pk>/namn/",
        factor_views.RenamePasskey.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "konto/tvafaktor/nycklar/<int:pk>/borttagning/",
        factor_views.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    # sessions
    path("konto/sessioner/", own.sessions_list, name="usersessions_list"),
    path("konto/sessioner/forlangning/", own.extend_session, name="session_extend"),
    path("konto/sessioner/<int:pk>/slut/", own.end_session, name="session_end"),
    path("konto/kvar/", own.kept_text, name="kept_text"),
    path("konto/kvar/bort/", own.forget_kept_text, name="kept_text_forget"),
    # tokens for the API
    path("konto/api-nycklar/", token_views.token_list, name="token_list"),
    path("konto/api-nycklar/ny/", again(token_views.token_new), name="token_new"),
    path("konto/api-nycklar/<int:pk>/slut/", token_views.token_revoke, name="token_revoke"),
    # single sign-on
    path("konto/sso/avbrutet/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("konto/sso/fel/", social.login_error, name="socialaccount_login_error"),
    path("konto/sso/oidc/<slug:provider_id>/", oidc.login, name="openid_connect_login"),
    path("konto/sso/oidc/<slug:provider_id>/svar/", oidc.callback, name="openid_connect_callback"),
    path("konto/sso/saml/<slug:organization_slug>/", saml.login, name="saml_login"),
    path("konto/sso/saml/<slug:organization_slug>/svar/", saml.acs, name="saml_acs"),
    path("konto/sso/saml/<slug:organization_slug>/slut/", saml.finish_acs, name="saml_finish_acs"),
    path("konto/sso/saml/<slug:organization_slug>/utloggning/", saml.sls, name="saml_sls"),
    path("konto/sso/saml/<slug:organization_slug>/metadata/", saml.metadata, name="saml_metadata"),
    # invitations
    path("konto/inbjudan/", invitation_views.accept, name="invitation"),
    path("konto/inbjudan/<str:token>/", invitation_views.open_link, name="invitation_open"),
    # the person's own page
    path("profil/", own.profile, name="profile"),
    path("profil/ersattare/", own.stand_in_new, name="stand_in_new"),
    path("profil/ersattare/<int:pk>/slut/", own.stand_in_end, name="stand_in_end"),
    # the accounts of others
    path("konton/", desk.account_list, name="account_list"),
    path("konton/katalog/", desk.directory_round, name="directory_round"),
    path("konton/inbjudan/", desk.account_invite, name="account_invite"),
    path("konton/<int:pk>/", desk.account_detail, name="account_detail"),
    path("konton/<int:pk>/sessioner/", desk.end_sessions, name="account_end_sessions"),
    path("konton/<int:pk>/avslut/", desk.deactivate, name="account_deactivate"),
    path("konton/<int:pk>/reserv/", desk.reserve, name="account_reserve"),
    path("konton/<int:pk>/aterstallning/", desk.ask_reset, name="factor_reset_ask"),
    path("konton/aterstallning/<int:pk>/", desk.decide_reset, name="factor_reset_decide"),
]
