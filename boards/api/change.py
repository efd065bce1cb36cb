"""A change through the API: find, ask whether it is allowed, read by the page's form, one verb, answer."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms import Form
from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ..access import find_visible, may
from ..problems import PROBLEM, Problem, Refused
from .form_serializer import serializer_of
from .parsing import LimitedJSONParser
from .rows import UNKNOWN, Speaking

Rule = Callable[[Any, Any], bool]
Verb = Callable[..., Any]

REFUSALS = {
    (400, PROBLEM): OpenApiResponse(Problem, description="Not JSON, or not of the right kind."),
    (409, PROBLEM): OpenApiResponse(Problem, description="It cannot be done as things stand."),
    (413, PROBLEM): OpenApiResponse(Problem, description="Too large."),
    (415, PROBLEM): OpenApiResponse(Problem, description="Only JSON is read."),
    (422, PROBLEM): OpenApiResponse(Problem, description="A field does not hold what it should."),
}


def on_its_board(permission: str) -> Rule:
    return lambda user, record: may(user, permission, record.board)


def city_wide(permission: str) -> Rule:
    return lambda user, record: may(user, permission)


class Change(Speaking, APIView):
    """Made by `change` for one verb."""

    model: type[models.Model] | None
    allowed: Rule
    form_class: type[Any]
    form_facts: Callable[[Any], dict[str, Any]]
    answers: type[serializers.BaseSerializer]
    verb: Verb

    def post(self, request: Request, **lookup: Any) -> Response:
        kind = type(self)
        record = find_visible(kind.model, request.user, **lookup) if kind.model else None
        if not kind.allowed(request.user, record):
            raise PermissionDenied
        context = {"form": kind.form_facts(record)}
        reader = serializer_of(kind.form_class)(data=request.data, context=context)
        reader.is_valid(raise_exception=True)
        try:
            with transaction.atomic():
                made = kind.verb(record, reader.form, request.user)
        except ValidationError as error:
            raise Refused(_said(error)) from None
        return Response(kind.answers(made or record, context={"request": request}).data)


def _said(error: ValidationError) -> dict[str, list[str]]:
    return error.message_dict if hasattr(error, "error_dict") else {"__all__": error.messages}


def nothing(record: Any) -> dict[str, Any]:
    return {}


def change(
    address: str,
    model: type[models.Model] | None,
    allowed: Rule,
    answers: type[serializers.BaseSerializer],
    *,
    form: type[Any] = Form,
    form_facts: Callable[[Any], dict[str, Any]] = nothing,
    parser: type[LimitedJSONParser] = LimitedJSONParser,
) -> Callable[[Verb], URLPattern]:
    """A POST to the address does the verb; its form is the page's own, made with `form_facts(record)`."""

    def make(verb: Verb) -> URLPattern:
        parts = {
            "model": model,
            "allowed": staticmethod(allowed),
            "form_class": form,
            "form_facts": staticmethod(form_facts),
            "answers": answers,
            "parser_classes": [parser],
            "verb": staticmethod(verb),
            "__doc__": verb.__doc__,
            "__module__": verb.__module__,
        }
        view = type(verb.__name__, (Change,), parts)
        described = extend_schema(
            operation_id=verb.__name__,
            request=serializer_of(form) if form is not Form else None,
            responses={200: answers, **UNKNOWN, **REFUSALS},
        )
        return path(address, extend_schema_view(post=described)(view).as_view(), name=f"api_{verb.__name__}")

    return make
