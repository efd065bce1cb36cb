"""Errors of the API as problem details (RFC 9457), in the language of whoever asks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header
from rest_framework import serializers
from rest_framework.exceptions import APIException, NotFound
from rest_framework.response import Response
from rest_framework.views import exception_handler

PROBLEM = "application/problem+json"


class Problem(serializers.Serializer):
    """What went wrong, as RFC 9457 has it."""

    status = serializers.IntegerField()
    title = serializers.CharField()
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), required=False
    )


class NotAccepted(APIException):
    """Well formed, but not what the form lets through."""

    status_code = 422
    default_detail = _("Something in what you sent is not right.")

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__()
        self.errors = errors


class Refused(NotAccepted):
    """The verb said no, because of how things stand."""

    status_code = 409
    default_detail = _("It cannot be done as things stand.")


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = response.data.get("detail") if isinstance(response.data, dict) else None
    if response.status_code == 404:
        # One sentence for what is missing and for what is somebody else's.
        detail = NotFound.default_detail
    problem: dict[str, Any] = {
        "status": response.status_code,
        "title": str(detail or NotAccepted.default_detail),
    }
    if detail is None:
        problem["errors"] = as_lists(response.data)
    elif isinstance(error, NotAccepted):
        problem["errors"] = error.errors
    response.data = problem
    response.content_type = PROBLEM
    return response


def as_lists(data: Any) -> dict[str, list[str]]:
    """Every field with its messages, however deep the serializers say them."""
    if not isinstance(data, dict):
        return {"__all__": _texts(data)}
    return {str(name): _texts(said) for name, said in data.items()}


def _texts(said: Any) -> list[str]:
    if isinstance(said, dict):
        return [text for each in said.values() for text in _texts(each)]
    return [text for each in said for text in _texts(each)] if isinstance(said, list) else [str(said)]


def answer(status: int, title: Any) -> JsonResponse:
    """For what never comes as far as a view of the API."""
    problem = {"status": status, "title": str(title)}
    return JsonResponse(problem, status=status, content_type=PROBLEM)


def speak(request: HttpRequest, person: Any = None) -> None:
    """The language chosen in the browser, else the one asked for, else the person's own, else Swedish."""
    asked = (
        code.split("-")[0]
        for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    )
    wanted = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME), *asked, getattr(person, "language", "")]
    known = dict(settings.LANGUAGES)
    translation.activate(next((code for code in wanted if code in known), settings.LANGUAGE_CODE))
