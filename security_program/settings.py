"""The settings of every installation; what differs between them comes from the environment.

The defaults run on a laptop: SQLite, Celery over the file system, everything under `var/`. Subjects with settings
of their own kind stand beside: environment, settings_sign_in, settings_browser, settings_work.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from boards import logs

from .environment import *
from .settings_browser import *
from .settings_sign_in import *
from .settings_work import *

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

# The log is sealed with a key that lies outside the database and that only the worker reads; whoever verifies
# has the public halves, of this key and of those before it.
SEAL_KEY_FILE = env("SEAL_KEY_FILE", default=str(VAR_DIR / "seal_key.pem") if DEMO else "")
SEAL_PUBLIC_KEY_FILES = env.list("SEAL_PUBLIC_KEY_FILES", default=[])

# Whether a verb that changes something and leaves no event is an error (boards.verbs); the tests look.
WATCH_VERBS = False

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
    # Where documents are kept: any storage of Django's, as JSON with BACKEND and OPTIONS.
    "documents": env.json("DOCUMENT_STORAGE", default={})
    or {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "documents", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
# `unix:/run/clamav/clamd.ctl`, `tcp:host:3310` or a command. With a scanner named, no answer means no.
VIRUS_SCAN = env("VIRUS_SCAN", default="")

# Backups: where they lie, to whom they are encrypted, how long they are kept (security_program.backups).

BACKUP_DIR = Path(env("BACKUP_DIR", default=str(VAR_DIR / "backup")))
BACKUP_RECIPIENTS = env("BACKUP_RECIPIENTS", default=str(VAR_DIR / "secrets" / "backup_recipients"))
BACKUP_KEEP_DAYS = env.int("BACKUP_KEEP_DAYS", default=14)
BACKUP_KEEP_WEEKS = env.int("BACKUP_KEEP_WEEKS", default=8)
BACKUP_KEEP_KEYS_DAYS = env.int("BACKUP_KEEP_KEYS_DAYS", default=3)

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
# Where mail comes back to, as studs@stad.example, and the mailbox it then lies in (boards/mailboxes.py).
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
    "ENUM_NAME_OVERRIDES": {
        "AnswerStatus": "security_program.models.answers.Answer.Status",
        "BoardKind": "boards.models.boards.Kind.choices",
        "ConsideredWhat": "risk_analysis.models.considered.Considered.What",
        "DependencyKind": "risk_analysis.models.dependencies.Dependency.Kind",
        "ImportState": "boards.models.imports.Import.State",
        "MeasureStatus": "risk_analysis.models.measures.Measure.Status",
        "RequirementKind": "security_program.models.vocabulary.Kind.choices",
        "RiskKind": "risk_analysis.models.risks.Risk.Kind",
        "RoundKind": "security_program.models.rounds.Round.Kind",
        "PaperKind": "risk_analysis.models.papers.RsaPaper.What",
        "RsaCycleKind": "risk_analysis.models.cycles.RsaCycle.Kind",
        "StatementValue": "security_program.models.statements.Statement.Value",
    },
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
