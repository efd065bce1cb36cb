from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..verbs import verb

KEPT_FOR = timedelta(days=30)


class DiscardableQuerySet(models.QuerySet):
    def discarded(self) -> Self:
        return self.filter(discarded_at__isnull=False)

    def in_the_bin_of(self, user: Any) -> Self:
        """What the person may take back; each model says it of its own rows."""
        raise NotImplementedError

    def out_of_time(self) -> Self:
        return self.filter(discarded_at__lt=timezone.now() - KEPT_FOR)


class Discardable(models.Model):
    """What may be thrown away: it lies in the bin for thirty days and can be taken back.

    The model's `objects` hides it (`KeptRows`); `with_discarded` is the manager of all rows. `noun` names it in
    the log and in the address of the bin.
    """

    discarded_at = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)
    discarded_by = models.ForeignKey(
        "boards.User", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    noun = ""

    @verb("bin.discarded", _("%(who)s threw away %(about)s"))
    def discard(self, *, by: Any) -> None:
        self._move(by=by, at=timezone.now())
        audit.record("bin.discarded", self, by=by)

    @verb("bin.taken_back", _("%(who)s took %(about)s back from the bin"))
    def take_back(self, *, by: Any) -> None:
        self._move(by=None, at=None)
        audit.record("bin.taken_back", self, by=by)

    @verb("bin.emptied", _("%(about)s had lain in the bin for 30 days and is gone"))
    def vanish(self) -> None:
        audit.record("bin.emptied", self, by=None)
        self.delete()

    def _move(self, *, by: Any, at: Any) -> None:
        there = type(self)._base_manager.filter(pk=self.pk, discarded_at__isnull=at is not None)
        try:
            with transaction.atomic():
                moved = there.update(discarded_at=at, discarded_by=by)
        except IntegrityError:
            raise ValidationError(_("There is already a new one in its place.")) from None
        if moved != 1:
            raise ValidationError(_("Somebody has already done that."))
        self.discarded_at, self.discarded_by = at, by


class KeptRows(models.Manager):
    """Goes before a manager, and hides what lies in the bin."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(discarded_at__isnull=True)
