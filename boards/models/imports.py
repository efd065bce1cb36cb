from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import access

# What is in a board's own file, as its plan, concerns nobody else.
OF_THE_REGISTER = ("namnder", "rollinnehavare", "ledamoter")


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: Any) -> ImportQuerySet:
        """One's own, and for those who keep the register of the whole city everybody's files for it."""
        if not user.is_authenticated:
            return self.none()
        keeps = access.may(user, "edit_register") or access.may(user, "manage_offices")
        own = Q(asked_by=user)
        return self.filter(own | Q(kind__in=OF_THE_REGISTER) if keeps else own)

    def carried_out(self) -> ImportQuerySet:
        return self.exclude(state=Import.State.READ)

    def latest_first(self) -> ImportQuerySet:
        return self.order_by("-pk")


class Import(models.Model):
    """A file that was read in as a whole: looked at, carried out, and perhaps undone as a whole."""

    class State(models.TextChoices):
        READ = "read", _("Not carried out")
        CARRIED_OUT = "carried_out", _("Carried out")
        UNDONE = "undone", _("Undone")

    kind = models.CharField(max_length=30)
    file_name = models.CharField(_("File"), max_length=160)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    # Whether whoever the file does not name is to end.
    is_whole = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.READ)
    counts = models.JSONField(default=dict)
    asked_by = models.ForeignKey("boards.User", models.PROTECT, related_name="imports")
    asked_at = models.DateTimeField(default=timezone.now)
    carried_out_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "state"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("import_page", args=[self.pk])


class ImportedChange(models.Model):
    """One thing that an import wrote: how it was before and how the import left it."""

    class Act(models.TextChoices):
        NEW = "new", _("New")
        CHANGED = "changed", _("Changed")
        ENDED = "ended", _("Ended")

    of = models.ForeignKey(Import, models.CASCADE, related_name="changes")
    act = models.CharField(max_length=8, choices=Act)
    object_type = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(max_length=300)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return self.title
