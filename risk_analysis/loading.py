"""Analyses of many organisations at once, as when a city brings its years with it: set-based."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.verbs import bulk_verb

from .contents import gather_all
from .models import Item, Measure, Risk, Rsa, RsaStep, Snapshot
from .parts import IN_ORDER_OF_NEED

AT_A_TIME = 500


@dataclass
class History:
    """Analyses that are not written yet, with their rows and their way."""

    analyses: list[Rsa] = field(default_factory=list)
    rows: dict[type[Item], list[Any]] = field(default_factory=lambda: defaultdict(list))
    # Which measure is about which risk, and which analysis goes on from which.
    about: list[tuple[Measure, Risk]] = field(default_factory=list)
    going_on: list[tuple[Rsa, Rsa]] = field(default_factory=list)
    steps: list[RsaStep] = field(default_factory=list)
    # What else belongs to an analysis or leads to one of its rows, those that others lead to first.
    others: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, *rows: Any) -> None:
        for row in rows:
            (self.rows if isinstance(row, Item) else self.others)[type(row)].append(row)


@bulk_verb("rsa.loaded", _("Earlier analyses of %(about)s were loaded (%(count)s)"))
def load_analyses(history: History, *, by: Any) -> None:
    """What was handed in is frozen as it is loaded."""
    made = Rsa.objects.bulk_create(history.analyses, batch_size=AT_A_TIME)
    _join(Rsa.earlier.through, ("from_rsa", "to_rsa"), history.going_on)
    for model in IN_ORDER_OF_NEED:
        rows = history.rows[model]
        _work_out(rows)
        model._default_manager.bulk_create(rows, batch_size=AT_A_TIME)
    _join(Measure.risks.through, ("measure", "risk"), history.about)
    RsaStep.objects.bulk_create(history.steps, batch_size=AT_A_TIME)
    for kind, rows in history.others.items():
        kind._default_manager.bulk_create(rows, batch_size=AT_A_TIME)
    Snapshot.objects.bulk_create(_frozen(made), batch_size=AT_A_TIME)
    audit.record_many("rsa.loaded", made, by=by)


def _join(through: Any, names: tuple[str, str], pairs: Sequence[tuple[Model, Model]]) -> None:
    one, other = names
    rows = [through(**{f"{one}_id": a.pk, f"{other}_id": b.pk}) for a, b in pairs]
    through.objects.bulk_create(rows, batch_size=AT_A_TIME)


def _work_out(rows: Sequence[Item]) -> None:
    """What a row leads to has its number by now, and what follows from it can be worked out."""
    for row in rows:
        for name in row.WRITTEN:
            if name not in row.SEVERAL and row._meta.get_field(name).is_relation:
                setattr(row, name, getattr(row, name))
        row.work_out()


def _frozen(analyses: Sequence[Rsa]) -> Iterator[Snapshot]:
    handed_in = {rsa.pk: rsa for rsa in analyses if rsa.is_submitted}
    for pk, contents in gather_all(handed_in.values()).items():
        body = audit.canonical(contents)
        digest = hashlib.sha256(body.encode()).hexdigest()
        at: Any = handed_in[pk].submitted_at
        yield Snapshot(rsa_id=pk, body=body, sha256=digest, at=at)
