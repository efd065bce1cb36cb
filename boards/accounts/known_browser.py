"""A browser is known by a signed cookie, set at sign-in, that outlives the session.

It opens nothing. It says who last signed in here, holds the key to text kept for that person, and tells
the owner of an account from somebody who guesses at it elsewhere.
"""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "boards.accounts.known_browser"
LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Browser:
    person_id: int
    account: str
    key: bytes

    @property
    def name(self) -> str:
        """Which browser it is, in the database: the key itself never leaves the cookie."""
        return hashlib.sha256(b"browser\0" + self.key).hexdigest()


def cookie_name() -> str:
    return "browser" if settings.COOKIES_IN_CLEAR else "__Host-browser"


def read(request: HttpRequest) -> Browser | None:
    try:
        person_id, account, key = signing.loads(
            request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=LASTS
        )
        return Browser(person_id, account, base64.b64decode(key))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def nonce(request: HttpRequest, account: str) -> str:
    browser = read(request)
    return browser.name if browser and browser.account == digest(account) else ""


def remember(request: HttpRequest, response: HttpResponse, person_id: int, account: str) -> None:
    """The same person keeps the key; for somebody else the old one is gone, and with it what it opened."""
    before = read(request)
    same = before is not None and before.person_id == person_id
    key = before.key if before and same else secrets.token_bytes(32)
    value = signing.dumps([person_id, digest(account), base64.b64encode(key).decode()], salt=SALT)
    response.set_cookie(
        cookie_name(),
        value,
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(cookie_name(), samesite="Lax")


def digest(account: str) -> str:
    return hashlib.sha256(account.strip().casefold().encode()).hexdigest()
