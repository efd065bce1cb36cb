from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class ChangedMeanwhileError(ValidationError):
    """Somebody else has saved the record since the version one started from."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has changed this at the same time."), code="changed")


class Versioned(models.Model):
    """A record that is edited in long forms: what is saved from an old version overwrites nothing."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    def expect(self, version: int | None) -> None:
        """Before anything is compared with what stands here now."""
        if version is not None and version != self.version:
            raise ChangedMeanwhileError

    def save_over(self, version: int | None, fields: Any) -> None:
        """Saves these fields if the record still is that version, else raises ChangedMeanwhileError."""
        expected = self.version if version is None else version
        values = {field: getattr(self, field) for field in fields}
        same = type(self)._base_manager.filter(pk=self.pk, version=expected)
        if same.update(version=F("version") + 1, **values) != 1:
            raise ChangedMeanwhileError
        self.version = expected + 1
