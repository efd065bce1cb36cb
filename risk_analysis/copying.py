# ruff: noqa: S608 (the names in the statements come from the models alone)
"""Last year's analysis brought along, or the next edition of this year's: set by set, however large it is.

One statement makes the copies of all rows of one kind; a row that leads to another finds that one's copy by its
thread. What is copied to a new year is not confirmed until somebody has looked at it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.models import Board, Succession
from boards.verbs import verb

from .models import Acceptance, Commitment, Considered, Dependency, Item, Measure, Risk, Rsa, RsaCycle
from .parts import IN_ORDER_OF_NEED
from .starting_lists import rows

# What a copy does not take over from the row it is made of.
OWN = ("id", "rsa", "is_confirmed", "version", "removed_at")


def earlier_of(cycle: RsaCycle, board: Board, unit: Any = None) -> list[Rsa]:
    """What the organisation handed in last in a round of the same kind, or else what those it came from did."""
    found = _last_handed_in(cycle, board, unit)
    if found or unit:
        return [found] if found else []
    older = Board.objects.filter(pk__in=Succession.objects.filter(successor=board).values("predecessor"))
    return [rsa for one in older.order_by("name") if (rsa := _last_handed_in(cycle, one, None))]


def _last_handed_in(cycle: RsaCycle, board: Board, unit: Any) -> Rsa | None:
    rounds = Rsa.objects.filter(
        board=board, unit=unit, cycle__kind=cycle.kind, cycle__opens_on__lt=cycle.opens_on
    )
    return rounds.in_force().order_by("-cycle__opens_on", "-edition").select_related("board", "cycle").first()


@verb("rsa.begun_from", _("%(who)s began %(rsa)s at %(board)s with what was handed in before"))
def begin_from_earlier(cycle: RsaCycle, board: Board, *, by: Any, unit: Any = None) -> Rsa:
    """One press: everything follows along, marked as not confirmed this year."""
    earlier = earlier_of(cycle, board, unit)
    if not earlier:
        raise ValidationError(_("There is nothing handed in before to begin with."))
    rsa = Rsa.objects.begin(cycle, board, by=by, unit=unit)
    rsa.earlier.set(earlier)
    copy_rows(earlier, rsa, is_confirmed=False)
    audit.record("rsa.begun_from", rsa, by=by, rsa=str(rsa), earlier=[one.pk for one in earlier])
    return rsa


@verb("rsa.begun_from_list", _("%(who)s began %(rsa)s at %(board)s with a list of typical commitments"))
def begin_from_list(cycle: RsaCycle, board: Board, *, by: Any) -> Rsa:
    """An organisation's first: what is typical of its kind, for somebody to confirm, change or take away."""
    rsa = Rsa.objects.begin(cycle, board, by=by)
    begun = rows(rsa)
    Commitment.objects.bulk_create(begun.commitments)
    Risk.objects.bulk_create(begun.risks)
    for row in begun.dependencies:
        # Now that it has a number, what rests on it can be critical.
        row.commitment = row.commitment
        row.work_out()
    Dependency.objects.bulk_create(begun.dependencies)
    audit.record("rsa.begun_from_list", rsa, by=by, rsa=str(rsa), commitments=len(begun.commitments))
    return rsa


@verb("rsa.opened_again", _("%(who)s opened the next version of %(rsa)s at %(board)s"))
def next_edition(rsa: Rsa, *, by: Any) -> Rsa:
    """The board goes on where it was; what was handed in stands as it is."""
    facts = {name: getattr(rsa, name) for name in ("cycle", "board", "unit", "slug", "method", "profile")}
    new = Rsa(**facts, edition=rsa.edition + 1, begun_by=by, board_had_it_on=None)
    new.full_clean()
    new.save()
    new.earlier.set(rsa.earlier.all())
    copy_rows([rsa], new, is_confirmed=True)
    _copy_reasons(rsa, new)
    audit.record("rsa.opened_again", new, by=by, rsa=str(new), edition=new.edition)
    return new


def _copy_reasons(rsa: Rsa, new: Rsa) -> None:
    Considered.objects.bulk_create(
        Considered(rsa=new, what=row.what, reason=row.reason) for row in rsa.considered.all()
    )


def copy_rows(sources: Sequence[Rsa], to: Rsa, *, is_confirmed: bool) -> None:
    """A constant number of statements: one for each kind of row, one for each table between two kinds."""
    ids = [rsa.pk for rsa in sources]
    with connection.cursor() as cursor:
        for model in IN_ORDER_OF_NEED:
            cursor.execute(
                _copies(model, len(ids)), [to.pk, is_confirmed, 1, *[to.pk] * _leading(model), *ids]
            )
        cursor.execute(_between(len(ids)), [to.pk, to.pk, *ids])
        cursor.execute(_acceptances(len(ids)), [to.pk, *ids])


def _leading(model: type[Item]) -> int:
    return sum(_is_item(field) for field in _copied(model))


def _copied(model: type[Item]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if field.name not in OWN]


def _is_item(field: Any) -> bool:
    return field.is_relation and issubclass(field.related_model, Item)


def _copies(model: type[Item], sources: int) -> str:
    table, quote = model._meta.db_table, connection.ops.quote_name
    columns, values, joins = ["rsa_id", "is_confirmed", "version"], ["%s", "%s", "%s"], []
    for field in _copied(model):
        columns.append(quote(field.column))
        if not _is_item(field):
            values.append(f"old.{quote(field.column)}")
            continue
        other, name = field.related_model._meta.db_table, field.name
        # Without what it cannot be without it does not follow along.
        join = " LEFT JOIN" if field.null else " JOIN"
        joins.append(
            f"{join} {other} AS was_{name} ON was_{name}.id = old.{quote(field.column)}"
            f"{join} {other} AS new_{name} ON new_{name}.thread = was_{name}.thread AND new_{name}.rsa_id = %s"
        )
        values.append(f"new_{name}.id")
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {table} AS old{''.join(joins)}"
        f" WHERE old.rsa_id IN ({', '.join(['%s'] * sources)}) AND old.removed_at IS NULL"
    )


def _between(sources: int) -> str:
    """Which measures are about which risks."""
    between, measure = Measure.risks.through._meta.db_table, Measure._meta.db_table
    risk = Measure._meta.get_field("risks").related_model._meta.db_table
    return (
        f"INSERT INTO {between} (measure_id, risk_id) SELECT new_measure.id, new_risk.id FROM {between} AS old"
        f" JOIN {measure} AS was_measure ON was_measure.id = old.measure_id"
        f" JOIN {risk} AS was_risk ON was_risk.id = old.risk_id"
        f" JOIN {measure} AS new_measure ON new_measure.thread = was_measure.thread AND new_measure.rsa_id = %s"
        f" JOIN {risk} AS new_risk ON new_risk.thread = was_risk.thread AND new_risk.rsa_id = %s"
        f" WHERE was_measure.rsa_id IN ({', '.join(['%s'] * sources)})"
    )


def _acceptances(sources: int) -> str:
    """A chief's acceptance goes on until its day, whatever edition the risk stands in."""
    table = Acceptance._meta.db_table
    risk = Measure._meta.get_field("risks").related_model._meta.db_table
    return (
        f"INSERT INTO {table} (risk_id, by_id, why, until, at)"
        f" SELECT new_risk.id, old.by_id, old.why, old.until, old.at FROM {table} AS old"
        f" JOIN {risk} AS was_risk ON was_risk.id = old.risk_id"
        f" JOIN {risk} AS new_risk ON new_risk.thread = was_risk.thread AND new_risk.rsa_id = %s"
        f" WHERE was_risk.rsa_id IN ({', '.join(['%s'] * sources)})"
    )
