"""The API of the ground floor: the same rows through the same door as the pages."""

from typing import Any

from rest_framework import serializers, viewsets
from rest_framework.response import Response
from rest_framework.views import exception_handler

from .models import Board


class BoardSerializer(serializers.ModelSerializer):
    class Meta:
        model = Board
        fields = ["slug", "name", "kind", "administration", "valid_from", "valid_to"]


class BoardViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = BoardSerializer
    lookup_field = "slug"

    def get_queryset(self) -> Any:
        return Board.objects.visible_to(self.request.user).by_name()


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """Errors as problem details (RFC 9457), in the page's language."""
    response = exception_handler(error, context)
    if response is not None:
        detail = response.data.get("detail") if isinstance(response.data, dict) else None
        problem = {"status": response.status_code, "title": str(detail or response.status_text)}
        if detail is None:
            problem["errors"] = response.data
        response.data = problem
        response.content_type = "application/problem+json"
    return response
