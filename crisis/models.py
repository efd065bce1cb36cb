from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.bilingual import in_readers_language
from boards.verbs import verb

REFERENCE = Path(__file__).parent / "reference" / "levels.json"


def reference(part: str) -> list[dict[str, Any]]:
    return json.loads(REFERENCE.read_text(encoding="utf-8"))[part]


class LevelManager(models.Manager["Level"]):
    def get_queryset(self) -> models.QuerySet[Level]:
        return super().get_queryset().order_by(F("step").asc(nulls_last=True))

    def steps(self) -> models.QuerySet[Level]:
        return self.filter(step__isnull=False)

    def load(self) -> None:
        """Adds the levels that are missing; what the city has reworded stays as it is."""
        for row in reference("levels"):
            self.get_or_create(code=row["code"], defaults=row)


class Level(models.Model):
    """A level of an event. Heightened preparedness has no step: it is an axis of its own."""

    code = models.SlugField(max_length=40, unique=True)
    step = models.PositiveSmallIntegerField(null=True, blank=True, unique=True, editable=False)
    name = models.CharField(_("Name"), max_length=60)
    name_en = models.CharField(_("Name in English"), max_length=60)
    text = models.TextField(_("What it means"), max_length=600)
    text_en = models.TextField(_("What it means, in English"), max_length=600)
    decided_by = models.CharField(_("Who decides"), max_length=200)
    decided_by_en = models.CharField(_("Who decides, in English"), max_length=200)
    decided_in_law = models.BooleanField(default=False, editable=False)

    objects = LevelManager()

    class Meta:
        verbose_name = _("level")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return in_readers_language(self, "name")

    @property
    def meaning(self) -> str:
        return in_readers_language(self, "text")

    @property
    def who_decides(self) -> str:
        return in_readers_language(self, "decided_by")

    @verb("level.reworded", _("%(who)s reworded the level %(about)s"))
    def reword(self, *, by: Any, **changes: Any) -> None:
        before = {field: getattr(self, field) for field in changes}
        for field, value in changes.items():
            setattr(self, field, value)
        self.full_clean()
        changed = {name: [before[name], value] for name, value in changes.items() if before[name] != value}
        if changed:
            self.save(update_fields=list(changed))
            audit.record("level.reworded", self, by=by, level=self.code, changed=changed)
