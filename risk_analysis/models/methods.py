from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.verbs import verb

from .. import levels

PROPOSAL = Path(__file__).parent.parent / "reference" / "method.json"
SCALES = ("likelihoods", "consequences", "protected_values", "criticalities", "credibilities")
FIELDS = (*SCALES, "levels", "guidance", "demands", "capabilities")
LENGTHS = {"likelihoods": 5, "consequences": 5, "credibilities": 5, "criticalities": 4}


def proposed(field: str) -> Any:
    return json.loads(PROPOSAL.read_text(encoding="utf-8"))[field]


def proposed_credibilities() -> Any:
    return proposed("credibilities")


def proposed_guidance() -> Any:
    return proposed("guidance")


def proposed_capabilities() -> Any:
    return proposed("capabilities")


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
    # Antagonistic threats are judged by how credible they are, not by how often they occur.
    credibilities = models.JSONField(_("Credibility"), default=proposed_credibilities)
    levels = models.JSONField(_("Levels"))
    # For each part what to write, with a good and a bad example.
    guidance = models.JSONField(_("Guidance"), default=proposed_guidance)
    # What a risk must say beyond what every new one does (gaps.DEMANDED).
    demands = models.JSONField(_("Demands"), default=list, blank=True)
    # What the organisation's ability is judged by.
    capabilities = models.JSONField(_("Capabilities"), default=proposed_capabilities)
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
        for scale, length in LENGTHS.items():
            if len(getattr(self, scale)) != length:
                raise ValidationError({scale: _("Every step of the scale needs a word.")})

    @property
    def is_proposal(self) -> bool:
        """Nobody in the city has decided on it yet."""
        return self.decided_by_id is None

    def level(self, likelihood: int, consequence: int) -> int:
        return self.levels[consequence - 1][likelihood - 1]
