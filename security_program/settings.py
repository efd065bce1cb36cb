"""One file for every installation; what differs between them comes from the environment.

The defaults run on a laptop: SQLite, Celery over the file system, everything under `var/`.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from boards import logs
from boards.accounts import identity_providers

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", default=False)
# The demo city: invented people who can be signed in as with one press, from this machine only.
DEMO = env.bool("DEMO", default=False)
PUBLIC_URL = env("PUBLIC_URL", default="http://localhost:8000").rstrip("/")
PLAIN_HTTP = PUBLIC_URL.startswith("http://")
# Over plain http a browser refuses Secure and __Host- cookies; they give way in demo and debug alone.
COOKIES_IN_CLEAR = PLAIN_HTTP and (DEMO or DEBUG)

SECRET_KEY = env("DJANGO_SECRET_KEY", default="")
if not SECRET_KEY:
    if not (DEMO or DEBUG):
        raise ImproperlyConfigured("DJANGO_SECRET_KEY is missing: set it to 50 random characters")
    SECRET_KEY = "only-for-the-demo-city-and-the-developer's-own-machine-9f2c7b1e"
SECRET_KEY_FALLBACKS = env.list("DJANGO_SECRET_KEY_FALLBACKS", default=[])
# What seals fields in the database: `name:key` (32 bytes, base64), the one in use first, old ones after it.
FIELD_KEYS = env.list("FIELD_KEYS", default=[])
if not FIELD_KEYS and not (DEMO or DEBUG):
    raise ImproperlyConfigured(
        "FIELD_KEYS is missing: script/secrets makes one, docs/operations.md tells how"
    )
# How long the backups of the database are kept, for what people are told when a text has been removed.
BACKUPS_KEPT_DAYS = env.int("BACKUPS_KEPT_DAYS", default=35)
# Regular expressions for the numbers of the city's own secret diary, which boards.markings stops as well.
PROTECTED_DIARY_PATTERNS = env.list("PROTECTED_DIARY_PATTERNS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[PUBLIC_URL])

INSTALLED_APPS = [
    "security_program",
    "crisis",
    "incidents",
    "risk_analysis",
    "boards",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "guardian",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "boards.traced.Traced",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "boards.headers.PrivateByDefault",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "boards.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "boards.accounts.sessions.SessionClock",
    "boards.kept.KeepPostedText",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "boards.accounts.second_factor.SecondFactorRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "boards.drafts.ForgetSentDrafts",
    "boards.idempotency.AnsweredOnce",
]

ROOT_URLCONF = "security_program.urls"
WSGI_APPLICATION = "security_program.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "boards.frame.frame",
                "security_program.demo_sign_in.offered",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "boards.templatetags.components",
            ],
        },
    }
]
FORM_RENDERER = "boards.forms.FieldTemplates"

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
# Where the keys of single records lie, away from the records and their backups (boards.key_store).
KEY_STORE = env.db("KEY_STORE_URL", default=f"sqlite:///{VAR_DIR / 'keys.sqlite3'}")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE and WAL: without them a read that turns into a write fails as "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    DATABASES["default"]["OPTIONS"] = {"options": "-c statement_timeout=30000"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# People

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

# The log is sealed with a key that lies outside the database and that only the worker reads; whoever verifies
# has the public halves, of this key and of those before it.
SEAL_KEY_FILE = env("SEAL_KEY_FILE", default=str(VAR_DIR / "seal_key.pem") if DEMO else "")
SEAL_PUBLIC_KEY_FILES = env.list("SEAL_PUBLIC_KEY_FILES", default=[])

# Whether a verb that changes something and leaves no event is an error (boards.verbs); the tests look.
WATCH_VERBS = False

# Sessions

SESSION_IDLE = timedelta(minutes=30)
SESSION_ABSOLUTE = timedelta(hours=12)
SESSION_ABSOLUTE_ON_DUTY = timedelta(hours=24)
SESSION_COOKIE_AGE = int(SESSION_ABSOLUTE_ON_DUTY.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "session" if COOKIES_IN_CLEAR else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if COOKIES_IN_CLEAR else "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not COOKIES_IN_CLEAR
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "security_program.errors.csrf_failure"

# Headers

SECURE_SSL_REDIRECT = not PLAIN_HTTP and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not PLAIN_HTTP
# Under no-referrer a browser sends "Origin: null" with our own forms, which Django rightly refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        # A browser asks this of every redirect on the way as well, so the identity providers stand here.
        "form-action": [SELF, *identity_providers.origins(SSO_PROVIDERS)],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# Languages, dates

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "security_program" / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
FORMAT_MODULE_PATH = ["security_program.formats"]

# Files

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600

# Backups: where they lie, to whom they are encrypted, how long they are kept (security_program.backups).

BACKUP_DIR = Path(env("BACKUP_DIR", default=str(VAR_DIR / "backup")))
BACKUP_RECIPIENTS = env("BACKUP_RECIPIENTS", default=str(VAR_DIR / "secrets" / "backup_recipients"))
BACKUP_KEEP_DAYS = env.int("BACKUP_KEEP_DAYS", default=14)
BACKUP_KEEP_WEEKS = env.int("BACKUP_KEEP_WEEKS", default=8)
BACKUP_KEEP_KEYS_DAYS = env.int("BACKUP_KEEP_KEYS_DAYS", default=3)

# Work in the background: a row in the database is the truth, Celery is the engine that works on it.

REDIS_URL = env("REDIS_URL", default="")
# A worker not heard of for this long has lost its job to the next one.
JOB_LEASE = timedelta(seconds=env.int("JOB_LEASE_SECONDS", default=60))
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object]


def redis_transport() -> dict[str, object]:
    """A server that hangs is let go of after two seconds; no message comes back while its work goes on."""
    return {"visibility_timeout": 900, "socket_timeout": 2, "socket_connect_timeout": 2}


if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = redis_transport()
else:
    QUEUE_DIR = VAR_DIR / "queue"
    for folder in ("messages", "control"):
        (QUEUE_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.05,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
# A minute before the child is killed the work is told, so that the job can say why it ended.
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# However long the broker is away, the worker goes on trying.
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]

# Mail

EMAIL_CONFIG = env.email("EMAIL_URL", default="filemail://")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
EMAIL_HOST, EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_HOST") or "", EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="sakerhetsprogrammet@localhost")
# Where mail comes back to, as studs@stad.example, and the Maildir that address is delivered into.
BOUNCE_ADDRESS = env("BOUNCE_ADDRESS", default="")
BOUNCE_MAILBOX = env("BOUNCE_MAILBOX", default="")

# Text messages, through a gateway of the city's choice

SMS_URL = env("SMS_URL", default="")
if SMS_URL and not SMS_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("SMS_URL must be an https address")
SMS_TOKEN = env("SMS_TOKEN", default="")
SMS_FROM = env("SMS_FROM", default="Stad")
SMS_TIMEOUT = 10

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "boards.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "boards.tokens.WithinTheToken",
    ],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["boards.api.parsing.LimitedJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "boards.problems.problem_details",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Säkerhetsprogrammet",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "boards.api.schema.close_forms",
    ],
}

LOG_HANDLERS = logs.handlers(env("SYSLOG", default=""))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "boards.logs.JsonLines"}},
    "handlers": LOG_HANDLERS,
    "root": {"handlers": list(LOG_HANDLERS), "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {
        # What a SIEM wants to know is written whatever the level of the rest.
        "boards.logs": {"level": "INFO"},
        # Django's own handlers would write a second line, with the text of the error, and mail it.
        "django": {"handlers": [], "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        # Refusals are noted by boards.traced, with the route in place of the address.
        "django.request": {"level": "ERROR"},
    },
}
