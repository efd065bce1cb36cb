"""Swedish unless the person has chosen English; what the browser was installed in does not decide."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

A_YEAR = 365 * 24 * 3600


class ChosenLanguage:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(chosen(request)):
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            response = self.get_response(request)
            response.headers.setdefault(
                "Content-Language", translation.get_language() or settings.LANGUAGE_CODE
            )
        return response


def chosen(request: HttpRequest) -> str:
    wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@login_not_required
@require_http_methods(["GET", "POST"])
def set_language(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("language", "")
    if request.method == "GET" or wanted not in dict(settings.LANGUAGES):
        return render(request, "boards/language.html")
    response = redirect(way_back(request))
    remember(wanted, request, response)
    return response


def way_back(request: HttpRequest) -> str:
    """The page one came from, if it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    # What is no path would be taken for the name of a page.
    return wanted if ours and wanted.startswith("/") else "front"


def remember(language: str, request: HttpRequest, response: HttpResponse) -> None:
    """In the browser, and on the person, whose mail is written in it.

    No event: it is how somebody reads, pressed back and forth on any page, and it opens nothing to anybody.
    """
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    if request.user.is_authenticated and request.user.language != language:
        request.user.language = language
        request.user.save(update_fields=["language"])
