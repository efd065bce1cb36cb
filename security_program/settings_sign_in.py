"""Who people are and how they sign in: passwords, second factors, single sign-on, the directory."""

from boards.accounts import identity_providers

from .environment import COOKIES_IN_CLEAR, PLAIN_HTTP, env

AUTH_USER_MODEL = "boards.User"
AUTHENTICATION_BACKENDS = ["boards.accounts.sign_in.CityBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_page"
LOGOUT_REDIRECT_URL = "front"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "boards.accounts.passwords.BreachedPassword"},
]
# boards.accounts.sign_in.CityBackend asks guardian's rows itself, by the day the office is held.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
GUARDIAN_GET_INIT_ANONYMOUS_USER = None

ACCOUNT_ADAPTER = "boards.accounts.sign_in.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if PLAIN_HTTP else "https"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Attempts are slowed down by boards.throttle, whose rows survive a restart and a flushed cache.
ACCOUNT_RATE_LIMITS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_FORMS = {
    "login": "boards.accounts.sign_in_forms.LoginForm",
    "reset_password": "boards.accounts.sign_in_forms.ForgottenPasswordForm",
    "user_token": "boards.accounts.sign_in_forms.ResetLink",
    "reset_password_from_key": "boards.accounts.sign_in_forms.NewPasswordForm",
    "change_password": "boards.accounts.sign_in_forms.ChangePasswordForm",
    "reauthenticate": "boards.accounts.sign_in_forms.PasswordAgainForm",
}
MFA_ADAPTER = "boards.accounts.second_factor.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "boards.accounts.second_factor_forms.CodeForm",
    "reauthenticate": "boards.accounts.second_factor_forms.CodeAgainForm",
    "activate_totp": "boards.accounts.second_factor_forms.PhoneAppForm",
    "add_webauthn": "boards.accounts.second_factor_forms.PasskeyForm",
    "edit_webauthn": "boards.accounts.second_factor_forms.PasskeyNameForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Säkerhetsprogrammet"
MFA_TOTP_TOLERANCE = 0
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = COOKIES_IN_CLEAR
# boards.accounts.sessions writes down when a session was last used, once a minute at most.
USERSESSIONS_TRACK_ACTIVITY = False

# Single sign-on: any number of OIDC and SAML providers at once, as boards.accounts.identity_providers says.
SSO_PROVIDERS = env.json("SSO_PROVIDERS", default={})
SOCIALACCOUNT_PROVIDERS = identity_providers.apps(SSO_PROVIDERS)
SOCIALACCOUNT_ADAPTER = "boards.accounts.single_sign_on.SingleSignOnAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_LOGIN_ON_GET = False
# With single sign-on in place, a password alone opens only break-glass accounts.
LOCAL_PASSWORDS_FOR_ALL = env.bool("LOCAL_PASSWORDS_FOR_ALL", default=not SSO_PROVIDERS)
DIRECTORY_FILE = env("DIRECTORY_FILE", default="")
