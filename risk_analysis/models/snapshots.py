from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import audit

from .analyses import Rsa


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def visible_to(self, user: Any) -> SnapshotQuerySet:
        return self.filter(rsa__in=Rsa.objects.visible_to(user))


class SnapshotManager(models.Manager.from_queryset(SnapshotQuerySet)):  # type: ignore[misc]
    def freeze(self, rsa: Rsa) -> Snapshot:
        """What it held when it was handed in, as one text and its hash; the database refuses to change it."""
        from ..contents import gather

        body = audit.canonical(gather(rsa))
        return self.create(rsa=rsa, body=body, sha256=hashlib.sha256(body.encode()).hexdigest())


class Snapshot(models.Model):
    """An analysis as it was handed in."""

    rsa = models.OneToOneField(Rsa, models.PROTECT, related_name="snapshot")
    body = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SnapshotManager()

    class Meta:
        verbose_name = _("analysis as handed in")

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def board(self) -> Any:
        return self.rsa.board

    @property
    def is_whole(self) -> bool:
        return hashlib.sha256(self.body.encode()).hexdigest() == self.sha256

    @property
    def contents(self) -> dict[str, Any]:
        return json.loads(self.body)
