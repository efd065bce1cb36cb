"""The API of the ground floor: the same rows through the same door as the pages."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.pagination import BasePagination
from rest_framework.response import Response
from rest_framework.views import exception_handler

from . import keyset
from .models import Board, OfficeHolder
from .tables import AFTER, BEFORE

PROBLEM = "application/problem+json"


class Problem(serializers.Serializer):
    """What went wrong, as RFC 9457 has it."""

    status = serializers.IntegerField()
    title = serializers.CharField()
    errors = serializers.DictField(required=False)  # type: ignore[assignment]


REFUSED = {
    (403, PROBLEM): OpenApiResponse(Problem, description="Not signed in, or not allowed."),
    (404, PROBLEM): OpenApiResponse(Problem, description="Missing, or not yours to see: the same answer."),
}


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


class BoardSerializer(serializers.ModelSerializer):
    parent: Any = serializers.SlugRelatedField("slug", read_only=True)
    predecessors = serializers.SerializerMethodField(help_text="Boards that went on as this one.")
    successors = serializers.SerializerMethodField(help_text="Boards this one went on as.")

    class Meta:
        model = Board
        fields = [
            "slug",
            "name",
            "short_name",
            "kind",
            "administration",
            "parent",
            "valid_from",
            "valid_to",
            "predecessors",
            "successors",
        ]

    def get_predecessors(self, board: Board) -> list[str]:
        return [pair.predecessor.slug for pair in board.successions_in.all()]

    def get_successors(self, board: Board) -> list[str]:
        return [pair.successor.slug for pair in board.successions_out.all()]


@extend_schema_view(list=extend_schema(responses={200: BoardSerializer, **REFUSED}))
@extend_schema_view(retrieve=extend_schema(responses={200: BoardSerializer, **REFUSED}))
class BoardViewSet(viewsets.ReadOnlyModelViewSet):
    """Boards and companies, also those that have ended."""

    serializer_class = BoardSerializer
    pagination_class = KeysetPagination
    lookup_field = "slug"
    order = ("name",)
    kept: tuple[str, ...] = ()
    queryset = Board.objects.none()

    def get_queryset(self) -> QuerySet:
        seen = Board.objects.visible_to(self.request.user).select_related("parent")
        return seen.prefetch_related("successions_in__predecessor", "successions_out__successor")


class OfficeHolderSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", source="office.board", read_only=True)
    office: Any = serializers.SlugRelatedField("code", source="office.type", read_only=True)
    person = serializers.CharField(source="person.name", read_only=True)
    email = serializers.EmailField(source="person.email", read_only=True)
    awaits_approval = serializers.BooleanField(read_only=True)

    class Meta:
        model = OfficeHolder
        fields = [
            "id",
            "board",
            "office",
            "person",
            "email",
            "is_deputy",
            "valid_from",
            "valid_to",
            "awaits_approval",
        ]


OF_BOARD = OpenApiParameter("namnd", OpenApiTypes.STR, description="Only those at the board of this slug.")


@extend_schema_view(
    list=extend_schema(parameters=[OF_BOARD], responses={200: OfficeHolderSerializer, **REFUSED})
)
@extend_schema_view(retrieve=extend_schema(responses={200: OfficeHolderSerializer, **REFUSED}))
class OfficeHolderViewSet(viewsets.ReadOnlyModelViewSet):
    """Who holds which office today or later; a proposal only for those who appoint there."""

    serializer_class = OfficeHolderSerializer
    pagination_class = KeysetPagination
    lookup_value_converter = "int"
    order = ("office__board__name", "office__type__order")
    kept = ("namnd",)
    queryset = OfficeHolder.objects.none()

    def get_queryset(self) -> QuerySet:
        seen = OfficeHolder.objects.visible_to(self.request.user).not_over().filter(refused_at__isnull=True)
        if slug := self.request.query_params.get("namnd"):
            seen = seen.filter(office__board__slug=slug)
        return seen.select_related("person", "office__type", "office__board")


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """Errors as problem details (RFC 9457), in the page's language."""
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = response.data.get("detail") if isinstance(response.data, dict) else None
    if response.status_code == 404:
        # One sentence for what is missing and for what is somebody else's.
        detail = NotFound.default_detail
    problem: dict[str, Any] = {"status": response.status_code, "title": str(detail or response.status_text)}
    if detail is None:
        problem["errors"] = response.data
    response.data = problem
    response.content_type = PROBLEM
    return response
