"""Which offices a person holds, asked of the database once in a walk that leaves everything as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from boards.models import Office, User
from boards.models.offices import OfficeQuerySet


@contextmanager
def offices_asked_once() -> Iterator[None]:
    """Putting that question together is more than half of most requests, and its answer never changes here."""
    ask, known = OfficeQuerySet.held_by, {}

    def held_by(offices: OfficeQuerySet, user: User, day: date | None = None) -> OfficeQuerySet:
        if day is not None:
            return ask(offices, user, day)
        if user.pk not in known:
            known[user.pk] = list(ask(Office.objects.all(), user).values_list("pk", flat=True))
        return offices.filter(pk__in=known[user.pk])

    with patch.object(OfficeQuerySet, "held_by", held_by):
        yield
