"""Twice as much of everything, to see that no page asks more questions for it."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction

FLOORS = ["boards", "risk_analysis", "incidents", "crisis", "security_program"]
# Of these there is one of each, or a chain that only its own verb may lengthen.
NOT_DOUBLED = {"City", "Stream", "Event", "Heartbeat", "OfficeType"}
# There are thousands already, one for each duty of each board; their pages are counted in tests of their own.
NOT_DOUBLED |= {"Assignment", "Statement"}


def double_everything() -> dict[str, int]:
    """Copies each row of the floors once, beside the first; how many came of each kind."""
    kinds = [model for floor in FLOORS for model in apps.get_app_config(floor).get_models()]
    return {
        model.__name__: sum(copied(row) for row in list(model._base_manager.all()))
        for model in kinds
        if model.__name__ not in NOT_DOUBLED and not model._meta.proxy
    }


def copied(row: models.Model) -> bool:
    if any(field.unique and field.is_relation for field in row._meta.concrete_fields):
        return False  # there is one for each row that it belongs to
    row.pk = None
    row._state.adding = True
    for field in must_differ(row):
        value = getattr(row, field.attname)
        if value is not None:
            setattr(row, field.attname, another(field, value))
    try:
        with transaction.atomic():
            models.Model.save(row, force_insert=True)
    except IntegrityError:
        return False
    return True


def must_differ(row: models.Model) -> list[models.Field]:
    fields = [field for field in row._meta.concrete_fields if field.unique and not field.primary_key]
    for names in (c.fields for c in row._meta.constraints if isinstance(c, models.UniqueConstraint)):
        plain = [row._meta.get_field(name) for name in names]
        fields += [field for field in plain if not field.is_relation][:1]
    return fields


def another(field: models.Field, value: Any) -> Any:
    if field.is_relation:
        return without(field) or value
    if isinstance(value, str):
        return f"{value[: (field.max_length or 99) - 2]}-2" if "@" not in value else f"2{value}"
    if isinstance(value, uuid.UUID):
        return uuid.uuid4()
    if isinstance(value, date):
        return value - timedelta(days=1)
    return value + 10_000 if isinstance(value, int) else value


def without(field: models.Field) -> Any:
    """A row that may have one and has none, as a copy that was made before."""
    taken = field.model._base_manager.order_by().values(field.attname)
    return field.related_model._base_manager.exclude(pk__in=taken).values_list("pk", flat=True).first()
