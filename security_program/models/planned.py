"""What goals and activities have in common: who reads them, and what became of them since the year before."""

from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boards import access

# At the board, as elected there, and at the city office and the auditors.
READ_BY = ("view_internal", "view_adopted", "view_submitted")


class Mark(models.TextChoices):
    NEW = "ny", _("New")
    UNCHANGED = "oforandrad", _("Unchanged")
    CHANGED = "andrad", _("Changed")


def readable(user: Any, path: str = "board") -> Q:
    """A condition: rows of boards whose plan the person may read."""
    if not user.is_authenticated:
        return Q(pk__in=())
    return reduce(or_, (Q(**{f"{path}__in": access.subquery(user, word)}) for word in READ_BY))


def changed_by(row: models.Model, changes: dict[str, Any]) -> dict[str, list[Any]]:
    """Sets the fields; answers what differs, as before and after."""
    before = {field: getattr(row, field) for field in changes}
    for field, value in changes.items():
        setattr(row, field, value)
    row.full_clean()
    return {field: [before[field], value] for field, value in changes.items() if before[field] != value}
