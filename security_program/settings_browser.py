"""What a browser is told: how long a session lasts, which cookies there are, and the headers of every page."""

from datetime import timedelta

from csp.constants import NONE, SELF

from boards.accounts import identity_providers

from .environment import COOKIES_IN_CLEAR, PLAIN_HTTP, env
from .settings_sign_in import SSO_PROVIDERS

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
