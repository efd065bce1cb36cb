"""The class of every field, K0 to K3, and where a value of each class may stand.

A field without a class stops every command of manage.py. Each floor declares its own models in its module
`field_classes`; the ground's says it of what the packages bring as well. K4, what is classified under the Protective Security Act,
has no field anywhere: boards.markings stops it, boards.sanitation removes it.

    declare("boards.User", K0="name title", K1="email", K3="password=hash")

A K3 field says how it is kept from whoever reads the database: as a SealedTextField, which is what goes
without saying, or as `=sealed` (boards.sealing), `=browser` (the key lies in a browser), `=hash` or `=empty`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.checks import Error, register
from django.db import models
from django.utils.module_loading import autodiscover_modules


class Protection(IntEnum):
    """K0 for whoever is signed in, K1 internal, K2 protected, K3 strongly limited."""

    K0 = 0
    K1 = 1
    K2 = 2
    K3 = 3


K0, K1, K2, K3 = Protection


class Place(StrEnum):
    DATABASE = "database"
    PAGE = "page"
    LIST = "list"
    DOCUMENT = "document"
    EXPORT = "export"
    SEARCH = "search"
    EVENT = "event"
    MAIL = "mail"
    ADDRESS = "address"
    ERROR_PAGE = "error page"
    LOG = "log"
    CACHE = "cache"
    BROKER = "broker"
    TEMPORARY = "temporary file"


# The highest class that may stand in clear in a place. In clear in the database means readable in a stolen dump.
HIGHEST = {
    Place.PAGE: K3,
    Place.LIST: K2,
    Place.DATABASE: K2,
    Place.DOCUMENT: K2,
    Place.EXPORT: K2,
    Place.SEARCH: K1,
    Place.EVENT: K1,
    Place.MAIL: K1,
    Place.ADDRESS: K0,
    Place.ERROR_PAGE: K0,
    Place.LOG: K0,
    Place.CACHE: K0,
    Place.BROKER: K0,
    Place.TEMPORARY: K0,
}
WAYS = ("sealed", "browser", "hash", "empty")


@dataclass(frozen=True)
class Kept:
    """A field's class and, for K3, how it is kept unreadable when it is not a sealed field."""

    protection: Protection
    way: str = ""


DECLARED: dict[str, dict[str, Kept]] = {}


def declare(model: str, **fields: str) -> None:
    """One model's fields by class, as `K1="email title"`; numbers the database gives need no word."""
    for name, words in fields.items():
        for word in words.split():
            field, _equals, way = word.partition("=")
            DECLARED.setdefault(model, {})[field] = Kept(Protection[name], way)


def find_declarations() -> None:
    autodiscover_modules("field_classes")


def kept(model: Any, field: str) -> Kept:
    declared = DECLARED.get(model._meta.label, {}).get(field)
    if declared is None and _is_number_given_by_database(model._meta.get_field(field)):
        return Kept(K0)
    if declared is None:
        raise LookupError(f"{model._meta.label}.{field} has no class: declare it in {_where(model)}")
    return declared


def of(model: Any, field: str) -> Protection:
    return kept(model, field).protection


def of_path(model: Any, path: str) -> Protection:
    """The highest class on the way to a field of another record, as `person__phone`."""
    name, _dots, rest = path.partition("__")
    here = of(model, name)
    return max(here, of_path(model._meta.get_field(name).related_model, rest)) if rest else here


def may_stand(protection: Protection, place: Place) -> bool:
    return protection <= HIGHEST[place]


def fields_of(model: Any) -> Iterator[models.Field]:
    yield from model._meta.local_fields
    yield from model._meta.local_many_to_many


def all_fields() -> Iterator[tuple[Any, models.Field]]:
    for model in apps.get_models():
        for field in fields_of(model):
            yield model, field


def fields_with(*protections: Protection) -> list[tuple[Any, models.Field]]:
    return [(model, field) for model, field in all_fields() if of(model, field.name) in protections]


def free_texts(model: Any) -> list[models.Field]:
    """Where a person writes words of their own."""
    return [field for field in fields_of(model) if is_free_text(field)]


def is_free_text(field: models.Field) -> bool:
    wide = isinstance(field, models.CharField | models.TextField) and not isinstance(
        field, models.SlugField | models.EmailField | models.URLField
    )
    return wide and field.editable and not field.choices


@register
def every_field_has_a_class(app_configs: Any, **kwargs: Any) -> list[Error]:
    faults = [fault for model, field in all_fields() if (fault := _fault(model, field))]
    return [*faults, *_unknown()]


def _fault(model: Any, field: models.Field) -> Error | None:
    name = f"{model._meta.label}.{field.name}"
    try:
        declared = kept(model, field.name)
    except LookupError as missing:
        return Error(str(missing), id="boards.E001")
    sealed = getattr(field, "is_sealed", False)
    if sealed != (declared.protection is K3 and not declared.way) or declared.way not in ("", *WAYS):
        return Error(f"{name}: a K3 field is sealed or says how it is kept; no other is", id="boards.E002")
    return None


def _unknown() -> list[Error]:
    known = {(model._meta.label, field.name) for model, field in all_fields()}
    return [
        Error(f"{label}.{field} is declared but is not there", id="boards.E003")
        for label, fields in DECLARED.items()
        for field in fields
        if (label, field) not in known
    ]


def _is_number_given_by_database(field: Any) -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField | models.SmallAutoField)


def _where(model: Any) -> str:
    app = apps.get_app_config(model._meta.app_label)
    own = Path(app.path).parent == Path(apps.get_app_config("boards").path).parent
    return f"{app.name if own else 'boards'}/field_classes.py"
