"""What every row of an analysis has in common: it follows along from year to year, and is confirmed anew each year."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.models import Board
from boards.models.versioned import Versioned
from boards.verbs import bulk_verb, verb

from .analyses import Rsa


class ItemQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(rsa__in=Rsa.objects.visible_to(user))

    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True)

    def unconfirmed(self) -> Self:
        return self.standing().filter(is_confirmed=False)

    def in_order(self) -> Self:
        return self.order_by(*self.model.ORDER, "pk")

    def with_names(self) -> Self:
        """With what a list shows beside each row; some kinds have something."""
        return self.select_related(*self.model.NAMED)

    @bulk_verb(
        "rsa.items_confirmed", _("%(who)s confirmed %(count)s rows as unchanged in %(rsa)s at %(board)s")
    )
    def confirm_each(self, *, by: Any) -> int:
        """What `confirm` does to one, to all of those that have been shown."""
        rows: list[Any] = list(self.unconfirmed().select_for_update().select_related(None))
        if not rows:
            return 0
        rsa = Rsa.objects.select_related("board", "cycle").get(pk=rows[0].rsa_id)
        rsa.check_open()
        self.model.objects.filter(pk__in=[row.pk for row in rows]).update(is_confirmed=True)
        for row in rows:
            row.rsa = rsa
        audit.record_many("rsa.items_confirmed", rows, by=by, rsa=str(rsa))
        return len(rows)


class ItemManager(models.Manager.from_queryset(ItemQuerySet)):  # type: ignore[misc]
    @verb("rsa.item_added", _("%(who)s added a row in %(rsa)s at %(board)s: %(thing)s"))
    def add(self, rsa: Rsa, *, by: Any, **facts: Any) -> Any:
        rsa.check_open()
        several = {name: facts.pop(name) for name in self.model.SEVERAL if name in facts}
        item = self.model(rsa=rsa, **facts)
        item.work_out()
        item.full_clean()
        item.save()
        for name, rows in several.items():
            getattr(item, name).set(rows)
        audit.record("rsa.item_added", item, by=by, rsa=str(rsa))
        return item


class Item(Versioned):
    """One row of an analysis. `thread` is the same in all the years and editions it has stood in."""

    # The fields a person writes; what is compared from year to year and stands in the snapshot.
    WRITTEN: tuple[str, ...] = ()
    # What `work_out` may set.
    WORKED_OUT: tuple[str, ...] = ()
    # Those of them that hold several rows.
    SEVERAL: tuple[str, ...] = ()
    ORDER: tuple[str, ...] = ()
    NAMED: tuple[str, ...] = ()
    # What a list says of each row, beside its name.
    LINE: tuple[str, ...] = ()
    # What goes with it when it is removed: the reverse names of rows that belong to it.
    OWNED: tuple[str, ...] = ()

    rsa: Any
    thread = models.UUIDField(default=uuid.uuid4, editable=False)
    is_confirmed = models.BooleanField(default=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def board(self) -> Board:
        return self.rsa.board

    @property
    def board_id(self) -> int:
        return self.rsa.board_id

    @property
    def is_standing(self) -> bool:
        return self.removed_at is None

    def work_out(self) -> None:
        """Sets what follows from the other fields, as the level of a risk."""

    def carry_on(self) -> None:
        """After a change: what follows from it in the rows that belong to this one."""

    @verb("rsa.item_corrected", _("%(who)s changed %(fields)s in %(rsa)s at %(board)s: %(thing)s"))
    def correct(self, *, by: Any, version: int | None = None, **changes: Any) -> None:
        """Whoever has read and changed a row has confirmed it."""
        self.rsa.check_open()
        self.expect(version)
        changed = [name for name, value in changes.items() if self._differs(name, value)]
        several = {name: changes[name] for name in changed if name in self.SEVERAL}
        single = [name for name in changed if name not in several]
        for name in single:
            setattr(self, name, changes[name])
        before = {name: getattr(self, name) for name in self.WORKED_OUT}
        self.work_out()
        self.full_clean()
        worked_out = [name for name in self.WORKED_OUT if getattr(self, name) != before[name]]
        if not changed and self.is_confirmed:
            return
        self.is_confirmed = True
        self.save_over(version, [*single, *worked_out, "is_confirmed"])
        for name, rows in several.items():
            getattr(self, name).set(rows)
        self.carry_on()
        audit.record("rsa.item_corrected", self, by=by, rsa=str(self.rsa), changed=changed)

    def _differs(self, name: str, value: Any) -> bool:
        if name in self.SEVERAL:
            return {row.pk for row in getattr(self, name).all()} != {row.pk for row in value}
        return getattr(self, name) != value

    @verb("rsa.item_confirmed", _("%(who)s confirmed a row as unchanged in %(rsa)s at %(board)s: %(thing)s"))
    def confirm(self, *, by: Any) -> None:
        self.rsa.check_open()
        waiting = type(self).objects.filter(pk=self.pk).unconfirmed()
        if waiting.update(is_confirmed=True) != 1:
            raise ValidationError(_("Somebody has already done this."))
        self.is_confirmed = True
        audit.record("rsa.item_confirmed", self, by=by, rsa=str(self.rsa))

    @verb("rsa.item_removed", _("%(who)s took away a row in %(rsa)s at %(board)s: %(thing)s"))
    def remove(self, *, by: Any) -> None:
        """It is no longer so; what belongs to it goes with it, and can be put back with it."""
        self.rsa.check_open()
        now = timezone.now()
        if type(self).objects.filter(pk=self.pk).standing().update(removed_at=now) != 1:
            raise ValidationError(_("Somebody has already done this."))
        for rows in self._owned():
            rows.standing().update(removed_at=now)
        self.removed_at = now
        audit.record("rsa.item_removed", self, by=by, rsa=str(self.rsa))

    @verb("rsa.item_put_back", _("%(who)s put back a row in %(rsa)s at %(board)s: %(thing)s"))
    def put_back(self, *, by: Any) -> None:
        self.rsa.check_open()
        gone_at = self.removed_at
        there = type(self).objects.filter(pk=self.pk, removed_at__isnull=False)
        if there.update(removed_at=None) != 1:
            raise ValidationError(_("Somebody has already done this."))
        for rows in self._owned():
            rows.filter(removed_at=gone_at).update(removed_at=None)
        self.removed_at = None
        audit.record("rsa.item_put_back", self, by=by, rsa=str(self.rsa))

    def _owned(self) -> list[Any]:
        """What belongs to it, and what belongs to that in turn."""
        found: list[Any] = [type(self).objects.filter(pk=self.pk)]
        for rows in found:
            relations: list[Any] = [rows.model._meta.get_field(name) for name in rows.model.OWNED]
            found += [
                each.related_model.objects.filter(**{f"{each.field.name}__in": rows.values("pk")})
                for each in relations
            ]
        return found[1:]

    def must_belong(self, **rows: Item | None) -> None:
        """A row leads to rows of the same analysis alone."""
        wrong = {
            name: _("Choose one of this analysis.")
            for name, row in rows.items()
            if row and row.rsa_id != self.rsa_id
        }
        if wrong:
            raise ValidationError(wrong)


def once_an_analysis(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["rsa", "thread"], name=name)
