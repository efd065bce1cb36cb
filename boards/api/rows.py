"""What every list and every single row of the API shares: who asks, in which language, fifty at a time."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import viewsets
from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from .. import keyset, problems
from ..problems import PROBLEM, Problem
from ..tables import AFTER, BEFORE

UNKNOWN = {
    (401, PROBLEM): OpenApiResponse(Problem, description="Not signed in, or the token no longer works."),
    (403, PROBLEM): OpenApiResponse(Problem, description="Seen, but not allowed."),
    (404, PROBLEM): OpenApiResponse(Problem, description="Missing, or not yours to see: the same answer."),
    (406, PROBLEM): OpenApiResponse(Problem, description="We answer in JSON alone."),
    (429, PROBLEM): OpenApiResponse(
        Problem, description="Too many requests. Retry-After says how long to wait."
    ),
}
OF_BOARD = OpenApiParameter("namnd", OpenApiTypes.STR, description="Only those at the board of this slug.")


class Speaking:
    """Answers in the language of whoever asks, also when it is that nobody was recognised."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        problems.speak(request)
        problems.speak(request, request.user)
        super().initial(request, *args, **kwargs)


class KeysetPagination(BasePagination):
    """Fifty at a time, each page starting where the last one ended; `order` stands on the view."""

    size = 50

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        order = keyset.Order(queryset, *view.order)
        self.address = request.build_absolute_uri(request.path)
        self.kept = {key: value for key, value in request.query_params.items() if key in view.kept}
        try:
            self.page = keyset.page(
                queryset,
                order,
                self.size,
                after=request.query_params.get(AFTER, ""),
                before=request.query_params.get(BEFORE, ""),
            )
        except keyset.BadCursorError:
            raise NotFound from None
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "next": self._link(AFTER, self.page.next),
                "previous": self._link(BEFORE, self.page.previous),
                "results": data,
            }
        )

    def _link(self, way: str, cursor: str) -> str | None:
        return f"{self.address}?{urlencode({**self.kept, way: cursor})}" if cursor else None

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}
            for name in (AFTER, BEFORE)
        ]


class Rows(Speaking, viewsets.ReadOnlyModelViewSet):
    """`seen(user)` is the one door to the rows. `board_path` is where a row's board stands, for `?namnd=`."""

    pagination_class = KeysetPagination
    lookup_value_converter = "int"
    order: tuple[str, ...]
    kept: tuple[str, ...] = ("namnd",)
    board_path = "board"

    def seen(self, user: Any) -> QuerySet:
        raise NotImplementedError

    def get_queryset(self) -> QuerySet:
        rows = self.seen(self.request.user)
        slug = self.request.query_params.get("namnd", "") if "namnd" in self.kept else ""
        if "\0" in slug:
            raise NotFound
        return rows.filter(**{f"{self.board_path}__slug": slug}) if slug else rows


def described(view: type[Rows]) -> type[Rows]:
    """Says in the schema what a list and a row answer."""
    answers = {200: view.serializer_class, **UNKNOWN}
    parameters = [OF_BOARD] if "namnd" in view.kept else []
    listing = extend_schema(parameters=parameters, responses=answers)
    return extend_schema_view(list=listing, retrieve=extend_schema(responses=answers))(view)
