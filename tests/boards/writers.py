"""Finds the functions of the apps that write to the database, by reading their source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.apps import apps
from django.conf import settings

APPS = ("boards", "risk_analysis", "incidents", "crisis", "security_program")
WRITES = {"save", "create", "update", "delete", "get_or_create", "update_or_create", "bulk_create"}
WRITES |= {"bulk_update", "create_user", "setval", "execute", "executemany", "delete_all"}
ON_RELATIONS = {"set", "add", "remove", "clear"}
# Says that a function is a verb.
VERB = {"verb", "bulk_verb"}


@dataclass
class Function:
    place: str
    name: str
    is_verb: bool
    writes: bool = False
    records: bool = False
    calls: set[str] = field(default_factory=set)

    @property
    def is_private(self) -> bool:
        return self.name.startswith("_") and not self.name.startswith("__")


def relations() -> set[str]:
    """The names under which many-to-many rows are written."""
    fields = [each for model in apps.get_models() for each in model._meta.get_fields() if each.many_to_many]
    return {getattr(each, "get_accessor_name", lambda name=each.name: name)() for each in fields}


def functions_of(module: str, source: str) -> list[Function]:
    return list(_functions(ast.parse(source), module, relations()))


def _functions(tree: ast.AST, place: str, related: set[str]) -> Iterator[Function]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from _functions(node, f"{place}.{node.name}", related)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield _function(node, place, related)
        elif isinstance(node, ast.If | ast.Try):
            yield from _functions(node, place, related)


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, place: str, related: set[str]) -> Function:
    found = Function(f"{place}.{node.name}", node.name, any(_is_verb(each) for each in node.decorator_list))
    for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call)):
        called = call.func
        if isinstance(called, ast.Name):
            found.calls.add(called.id)
        if isinstance(called, ast.Attribute):
            found.calls.add(called.attr)
            found.records |= called.attr == "record" and _name(called.value) == "audit"
            related_rows = called.attr in ON_RELATIONS and _name(called.value) in related
            found.writes |= related_rows or (called.attr in WRITES and not _is_super(called.value))
    return found


def _is_verb(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and _name(decorator.func) in VERB


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and _name(node.func) == "super"


def outside_verbs(functions: list[Function]) -> list[str]:
    """Those that write or record without being verbs; what a private one does, its callers do."""
    silent = {each.name: each for each in functions if each.is_private and not each.is_verb}
    return sorted(
        each.place
        for each in functions
        if not each.is_verb and not each.is_private and (each.writes or each.records or _reach(each, silent))
    )


def recording_in_silence(functions: list[Function]) -> list[str]:
    return sorted(each.place for each in functions if each.records and not each.is_verb)


def _reach(start: Function, private: dict[str, Function]) -> bool:
    ahead = set(start.calls)
    seen: set[str] = set()
    while ahead:
        name = ahead.pop()
        if name in seen or name not in private:
            continue
        seen.add(name)
        if private[name].writes or private[name].records:
            return True
        ahead |= private[name].calls
    return False


def modules() -> Iterator[tuple[str, str]]:
    root = Path(settings.BASE_DIR)
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield ".".join(path.relative_to(root).with_suffix("").parts), path.read_text(encoding="utf-8")
