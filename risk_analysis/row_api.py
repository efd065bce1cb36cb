"""The rows of an analysis through the API: read, added, corrected, confirmed, taken away and put back.

The forms are those of the pages. Each kind of row has the same five changes, so they are made from the parts.
"""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from boards.api.change import change, on_its_board
from boards.api.rows import Rows, described

from .forms import FORMS
from .models import Item, Rsa
from .parts import PARTS, Part

writes = on_its_board("edit_protected")
COMMON = ("id", "rsa", "thread", "version", "is_confirmed")


def serializer_of(part: Part) -> type[serializers.ModelSerializer]:
    model = part.model
    fields = [*COMMON, *model.WRITTEN, *model.WORKED_OUT]
    meta = type("Meta", (), {"model": model, "fields": fields, "read_only_fields": fields})
    return type(f"Rsa{model.__name__}Serializer", (serializers.ModelSerializer,), {"Meta": meta})


def rows_of(part: Part) -> type[Rows]:
    def seen(self: Any, user: Any) -> QuerySet:
        return part.model.objects.visible_to(user).standing().prefetch_related(*part.model.SEVERAL)

    facts = {
        "serializer_class": serializer_of(part),
        "order": ("-pk",),
        "board_path": "rsa__board",
        "queryset": part.model.objects.none(),
        "seen": seen,
        "__doc__": f"The {part.rows} that stand in analyses, as far as the person may read them.",
    }
    return described(type(f"Rsa{part.model.__name__}Rows", (Rows,), facts))


def add(model: type[Item]) -> Any:
    return lambda rsa, form, by: model.objects.add(rsa, by=by, **form.facts)


def correct(item: Any, form: Any, by: Any) -> None:
    item.correct(by=by, version=form.read_version, **form.facts)


# What is done to a row without a form: its address, its verb, and what it says.
PRESSED = (
    ("bekraftelse", "confirm", "Confirms a row as unchanged this year."),
    ("borttagning", "remove", "Takes a row away, with what belongs to it."),
    ("tillbaka", "put_back", "Puts a row back that was taken away."),
)


def press(verb: str) -> Any:
    return lambda item, form, by: getattr(item, verb)(by=by)


def named(part: Part, what: str, says: str, act: Any) -> Any:
    def verb(record: Any, form: Any, by: Any) -> Any:
        return act(record, form, by)

    verb.__name__, verb.__doc__ = f"rsa_{part.model._meta.model_name}_{what}", says
    return verb


def changes_of(part: Part, answers: Any) -> list[Any]:
    form, here, model = FORMS[part.model], f"rsa-{part.slug}/<int:pk>/", part.model
    to_add: dict[str, Any] = {"form": form, "form_facts": lambda rsa: {"rsa": rsa}}
    to_correct: dict[str, Any] = {"form": form, "form_facts": lambda item: {"rsa": item.rsa, "item": item}}
    adds = change(f"analyser/<int:pk>/{part.slug}/", Rsa, writes, answers, **to_add)
    corrects = change(f"{here}uppgifter/", model, writes, answers, **to_correct)
    return [
        adds(named(part, "add", "Adds a row to the draft.", add(model))),
        corrects(named(part, "correct", "Changes a row of the draft, which also confirms it.", correct)),
        *(
            change(f"{here}{address}/", model, writes, answers)(named(part, verb, says, press(verb)))
            for address, verb, says in PRESSED
        ),
    ]


rows = SimpleRouter(use_regex_path=False)
changes: list[Any] = []
for each in PARTS:
    kind = rows_of(each)
    rows.register(f"rsa-{each.slug}", kind, basename=f"api_rsa_{each.model._meta.model_name}")
    changes += changes_of(each, kind.serializer_class)
urlpatterns: list[Any] = [*changes, *rows.urls]
