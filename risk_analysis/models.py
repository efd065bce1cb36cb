from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.verbs import verb

from . import levels

PROPOSAL = Path(__file__).parent / "reference" / "method.json"
SCALES = ("likelihoods", "consequences", "protected_values", "criticalities")
FIELDS = (*SCALES, "levels")


class MethodManager(models.Manager["MethodVersion"]):
    def current(self) -> MethodVersion:
        """The version in use; before anyone has decided, the proposal that the product comes with."""
        return self.order_by("-number").first() or self.proposal()

    def proposal(self) -> MethodVersion:
        return MethodVersion(number=0, **json.loads(PROPOSAL.read_text(encoding="utf-8")))

    @verb("method.decided", _("%(who)s decided on the scales, version %(number)s"))
    def decide(self, *, by: Any, **changes: Any) -> MethodVersion:
        """A change makes a new version; an analysis keeps the version it was made with."""
        now = self.current()
        facts = {field: changes.get(field, getattr(now, field)) for field in FIELDS}
        if now.pk and all(facts[field] == getattr(now, field) for field in FIELDS):
            return now
        new = MethodVersion(number=now.number + 1, decided_by=by, **facts)
        new.full_clean()
        new.save()
        audit.record("method.decided", new, by=by, number=new.number, changed=sorted(changes))
        return new


class MethodVersion(models.Model):
    """The scales an analysis is made with: words, what is protected, and a table of 25 levels."""

    number = models.PositiveIntegerField(unique=True)
    likelihoods = models.JSONField(_("Likelihood"))
    consequences = models.JSONField(_("Consequence"))
    protected_values = models.JSONField(_("What is protected"))
    criticalities = models.JSONField(_("Criticality"))
    levels = models.JSONField(_("Levels"))
    decided_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="+")

    objects = MethodManager()

    class Meta:
        verbose_name = _("method version")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"

    def clean(self) -> None:
        if found := levels.problems(self.levels):
            raise ValidationError({"levels": found})
        for scale, length in (("likelihoods", 5), ("consequences", 5), ("criticalities", 4)):
            if len(getattr(self, scale)) != length:
                raise ValidationError({scale: _("Every step of the scale needs a word.")})

    @property
    def is_proposal(self) -> bool:
        """Nobody in the city has decided on it yet."""
        return self.decided_by_id is None

    def level(self, likelihood: int, consequence: int) -> int:
        return self.levels[consequence - 1][likelihood - 1]
