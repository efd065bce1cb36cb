"""The description of the API: as OpenAPI for programs, and as a page for people."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from rest_framework.permissions import IsAuthenticated

OPEN: dict[str, Any] = {"permission_classes": [IsAuthenticated]}


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    text: str
    parameters: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)


def close_forms(result: dict[str, Any], **told: Any) -> dict[str, Any]:
    """What is sent holds the fields of the form and no others."""
    for name, schema in result["components"]["schemas"].items():
        if name.endswith("Form"):
            schema["additionalProperties"] = False
    return result


def operations() -> list[Operation]:
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    parts = schema["components"]["schemas"]
    return [
        _operation(method, path, told, parts)
        for path, methods in sorted(schema["paths"].items())
        for method, told in methods.items()
    ]


def _operation(method: str, path: str, told: dict[str, Any], parts: dict[str, Any]) -> Operation:
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    sent = parts.get(content.get("$ref", "").rpartition("/")[2], {})
    return Operation(
        method.upper(),
        path,
        told.get("description", ""),
        [each["name"] for each in told.get("parameters", []) if each["in"] == "query"],
        [f"{name} *" if name in sent.get("required", []) else name for name in sent.get("properties", {})],
    )


@require_safe
def readable(request: HttpRequest) -> HttpResponse:
    return render(request, "boards/api.html", {"operations": operations()})
