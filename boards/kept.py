"""What was typed when a session had ended is kept for the same person, encrypted, for half an hour.

The key lies in the person's browser (known_browser) and nowhere else. Passwords, codes, tokens and files
are never kept, nor anything typed on the pages of the account itself.
"""

import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from . import markings, sealing
from .accounts import known_browser
from .models import KeptText, User

log = logging.getLogger(__name__)

LASTS = timedelta(minutes=30)
LARGEST = 400_000
SECRET = re.compile(
    r"password|losenord|token|csrf|secret|credential|(^|_)(code|otp|pin)(_|\d|$)", re.IGNORECASE
)
ACCOUNT_PAGES = "/konto/"
# A form that posts kept text again says so, and the text is forgotten once it has been taken in.
AGAIN = "kept_text"


@dataclass(frozen=True)
class Kept:
    path: str
    fields: list[tuple[str, str]]
    had_files: bool
    row: KeptText

    @property
    def texts(self) -> list[tuple[str, str]]:
        """What a person would recognise as their own words."""
        return [(name.replace("_", " "), value) for name, value in self.fields if value.strip()]


class KeepPostedText:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and 300 <= response.status_code < 400:
            forget_if_taken_in(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Just before LoginRequiredMiddleware turns the request away."""
        if not request.user.is_authenticated and getattr(view, "login_required", True):
            keep(request)


def keep(request: HttpRequest) -> bool:
    """Keeps the posted fields for whoever last signed in here. Says whether there was something to keep."""
    browser = known_browser.read(request)
    if request.method != "POST" or browser is None or not _is_own_page(request, browser):
        return False
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if not SECRET.search(name) and name != AGAIN
    ]
    content = json.dumps([request.get_full_path(), fields, bool(request.FILES)])
    if not any(value.strip() for _name, value in fields) or len(content) > LARGEST:
        return False
    if any(markings.find(value) for _name, value in fields):
        return False
    return _store(browser, content)


def keep_if_possible(request: HttpRequest) -> bool:
    """After an error of ours, which may be that the database is gone."""
    try:
        return keep(request)
    except Exception:
        log.exception("what was typed could not be kept")
        return False


def _is_own_page(request: HttpRequest, browser: known_browser.Browser) -> bool:
    from_here = request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    same = not request.user.is_authenticated or request.user.pk == browser.person_id
    return from_here and same and not request.path.startswith(ACCOUNT_PAGES)


def _store(browser: known_browser.Browser, content: str) -> bool:
    if not User.objects.active().filter(pk=browser.person_id).exists():
        return False
    sealed = sealing.seal_with(browser.key, content, _purpose(browser.person_id))
    KeptText.objects.update_or_create(
        person_id=browser.person_id,
        browser=browser.name,
        defaults={"sealed": sealed, "expires_at": timezone.now() + LASTS},
    )
    return True


def find(request: HttpRequest, person: User) -> Kept | None:
    browser = known_browser.read(request)
    if browser is None or browser.person_id != person.pk:
        return None
    row = person.kept_texts.filter(browser=browser.name, expires_at__gt=timezone.now()).first()
    if row is None:
        return None
    try:
        path, fields, had_files = json.loads(
            sealing.unseal_with(browser.key, row.sealed, _purpose(person.pk))
        )
    except sealing.BrokenSealError:
        return None
    return Kept(path, [(name, value) for name, value in fields], had_files, row)


def forget(request: HttpRequest, person: User) -> None:
    browser = known_browser.read(request)
    if browser and browser.person_id == person.pk:
        person.kept_texts.filter(browser=browser.name).delete()


def forget_if_taken_in(request: HttpRequest) -> None:
    if AGAIN in request.POST and isinstance(request.user, User):
        forget(request, request.user)


def forget_kept_text() -> None:
    KeptText.objects.filter(expires_at__lte=timezone.now()).delete()


def _purpose(person_id: int) -> str:
    return f"kept text of {person_id}"
