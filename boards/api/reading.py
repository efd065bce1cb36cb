"""A question through the API that is no row: find, ask whether it is allowed, answer with what is worked out."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from ..access import find_visible
from .change import Rule
from .rows import UNKNOWN, Speaking

Question = Callable[..., Any]


class Reading(Speaking, APIView):
    """Made by `reading` for one question."""

    model: type[models.Model] | None
    allowed: Rule
    answers: type[serializers.BaseSerializer]
    question: Question

    def get(self, request: Request, **lookup: Any) -> Response:
        kind = type(self)
        key = {name: lookup.pop(name) for name in ("slug", "pk") if name in lookup}
        record = find_visible(kind.model, request.user, **key) if kind.model else None
        if not kind.allowed(request.user, record):
            raise PermissionDenied
        return Response(kind.answers(kind.question(record, request.user, **lookup)).data)


def reading(
    address: str,
    model: type[models.Model] | None,
    allowed: Rule,
    answers: type[serializers.BaseSerializer],
) -> Callable[[Question], URLPattern]:
    """A GET at the address answers the question about the record, as the person who asks may see it."""

    def make(question: Question) -> URLPattern:
        parts = {
            "model": model,
            "allowed": staticmethod(allowed),
            "answers": answers,
            "question": staticmethod(question),
            "__doc__": question.__doc__,
            "__module__": question.__module__,
        }
        view = type(question.__name__, (Reading,), parts)
        described = extend_schema(operation_id=question.__name__, responses={200: answers, **UNKNOWN})
        return path(
            address, extend_schema_view(get=described)(view).as_view(), name=f"api_{question.__name__}"
        )

    return make
