"""How somebody wants the pages. Kept on the person, and in the browser, which draws pages before any sign-in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from . import frame, language
from .models import User


def remember(request: HttpRequest, response: HttpResponse, person: User) -> None:
    if person.language:
        language.remember(person.language, request, response)
    if person.theme in frame.THEMES:
        response.set_cookie(
            frame.THEME_COOKIE,
            person.theme,
            max_age=language.A_YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(frame.THEME_COOKIE, samesite="Lax")
