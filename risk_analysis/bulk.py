"""Many rows of an analysis at once, as when a file is read in: what their verbs do to one, in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from boards import access, audit, rules
from boards.verbs import bulk_verb

from .models import Item, Measure, Rsa

AT_A_TIME = 500
Changes = Mapping[Any, dict[str, Any]]


def check_open(rows: Iterable[Any], by: Any) -> None:
    """Whoever writes them may write each of the analyses, and all of them are drafts."""
    analyses = {row.rsa_id: row.rsa for row in rows}
    for rsa in analyses.values():
        if not access.may(by, "edit_protected", rsa.board):
            raise PermissionDenied
    drafts = Rsa.objects.filter(pk__in=analyses).to_write()
    if drafts.count() != len(analyses):
        raise ValidationError(_("The analysis is no longer a draft, so nothing in it is changed."))


@bulk_verb("rsa.items_added", _("%(who)s added %(count)s rows in %(rsa)s at %(board)s"))
def add_all(rows: Sequence[Any], *, several: Sequence[dict[str, Any]], by: Any) -> None:
    check_open(rows, by)
    _work_out(rows)
    model = type(rows[0])
    model.objects.bulk_create(rows, batch_size=AT_A_TIME)
    _set_several(dict(zip(rows, several, strict=True)))
    audit.record_many("rsa.items_added", rows, by=by, rsa=_said(rows))


@bulk_verb("rsa.items_corrected", _("%(who)s changed %(count)s rows in %(rsa)s at %(board)s"))
def correct_all(changes: Changes, *, by: Any) -> None:
    """Whoever has read and changed a row has confirmed it."""
    rows = list(changes)
    check_open(rows, by)
    _take(changes, is_confirmed=True)
    _work_out(rows)
    _save(changes)
    audit.record_many("rsa.items_corrected", rows, by=by, rsa=_said(rows))


@bulk_verb(
    "rsa.items_taken_back", _("%(who)s undid that a file had added %(count)s rows in %(rsa)s at %(board)s")
)
def take_back_all(rows: list[Any], by: Any) -> None:
    """They were never so; that they stood here for a while stands in the log."""
    check_open(rows, by)
    audit.record_many("rsa.items_taken_back", rows, by=by, rsa=_said(rows))
    measures = [row.pk for row in rows if isinstance(row, Measure)]
    Measure.risks.through.objects.filter(measure__in=measures).delete()
    type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).delete()


@bulk_verb(
    "rsa.items_put_back", _("%(who)s undid that a file had changed %(count)s rows in %(rsa)s at %(board)s")
)
def put_back_all(changes: list[tuple[Any, dict[str, Any]]], by: Any) -> None:
    rows = [row for row, _before in changes]
    check_open(rows, by)
    before = dict(changes)
    _take(before, is_confirmed=None)
    _save(before)
    audit.record_many("rsa.items_put_back", rows, by=by, rsa=_said(rows))


def _said(rows: Sequence[Any]) -> str:
    return ", ".join(sorted({str(row.rsa) for row in rows}))


def _work_out(rows: Iterable[Any]) -> None:
    rows = list(rows)
    _lead(rows)
    for row in rows:
        row.work_out()
    rules.check(rows)


def _lead(rows: Sequence[Any]) -> None:
    """What a row leads to, read once for all, so that what follows from it asks for nothing more."""
    for column in type(rows[0])._meta.concrete_fields:
        if column.is_relation and issubclass(column.related_model, Item):
            numbers = {getattr(row, column.attname) for row in rows} - {None}
            known = column.related_model.objects.in_bulk(numbers)
            for row in rows:
                setattr(row, column.name, known.get(getattr(row, column.attname)))


def _take(changes: Changes, *, is_confirmed: bool | None) -> None:
    for row, facts in changes.items():
        for name, value in facts.items():
            if name not in ("risks", "risk_numbers"):
                setattr(row, name, value)
        row.is_confirmed = row.is_confirmed if is_confirmed is None else is_confirmed


def _save(changes: Changes) -> None:
    rows = list(changes)
    model: type[Item] = type(rows[0])
    names = {name for facts in changes.values() for name in facts if name not in ("risks", "risk_numbers")}
    names = {name.removesuffix("_id") for name in names} | {*model.WORKED_OUT, "is_confirmed"}
    model.objects.bulk_update(rows, sorted(names), batch_size=AT_A_TIME)
    model.objects.filter(pk__in=[row.pk for row in rows]).update(version=F("version") + 1)
    _set_several(changes)


def _set_several(changes: Changes) -> None:
    """Which risks a measure is about; the file or the import's memory says all of them."""
    said = {row: _numbers(facts) for row, facts in changes.items() if _numbers(facts) is not None}
    if not said:
        return
    through = Measure.risks.through.objects
    through.filter(measure__in=[row.pk for row in said]).delete()
    pairs = [(row.pk, number) for row, numbers in said.items() for number in numbers or ()]
    through.bulk_create([through.model(measure_id=row, risk_id=number) for row, number in pairs])


def _numbers(facts: dict[str, Any]) -> list[int] | None:
    if "risks" in facts:
        return [getattr(risk, "pk", risk) for risk in facts["risks"]]
    return facts.get("risk_numbers")
