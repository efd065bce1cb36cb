"""Notices each variable that a template uses and nobody gave it."""

import inspect
from types import TracebackType
from typing import Any

from django.conf import settings
from django.template import engines
from django.template.defaultfilters import default, default_if_none


class Notice(str):
    """Stands in for the engine's `string_if_invalid`; Django formats it with the variable that is missing."""

    __slots__ = ("found",)

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: Any) -> str:
        expression, template = where()
        for filter_function, arguments in expression.filters:
            if filter_function in (default, default_if_none):
                return str(arguments[0][1])
        if template.startswith(str(settings.BASE_DIR / "templates")):
            self.found.append(f"{template.removeprefix(str(settings.BASE_DIR))}: {variable}")
        return ""


def where() -> tuple[Any, str]:
    frame = inspect.currentframe()
    while frame is not None and frame.f_code.co_qualname != "FilterExpression.resolve":
        frame = frame.f_back
    if frame is None:
        raise RuntimeError("Django no longer resolves a template's variables where this test looks")
    context = frame.f_locals["context"]
    template = context.render_context.template or context.template
    return frame.f_locals["self"], template.origin.name or ""


class UndefinedVariables:
    def __enter__(self) -> Notice:
        self.engine = engines["django"].engine
        self.before = self.engine.string_if_invalid
        notice = Notice("%s")
        notice.found = []
        self.engine.string_if_invalid = notice
        return notice

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.engine.string_if_invalid = self.before
