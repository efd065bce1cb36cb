"""Indicators of boards with their values from a file, as an import that is shown first and can be undone."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import imports
from boards.imports import CHANGED, NEW, SAME, Item, Plan
from boards.models import Board, User
from boards.spreadsheets import Heading, Row

from .import_plans import (
    GOAL,
    PLACE,
    Lines,
    Plans,
    as_facts,
    kind_of_plans,
    lines_of,
    number_of,
    words,
)
from .models import BoardGoal, Indicator, IndicatorValue, Round

NAME = Heading(
    "name", ("indikator", "indicator"), required=True, most=160, example="Andel enheter som har övat"
)
TARGET = Heading("target", ("målvärde", "target"), required=True, example="90")
UNIT = Heading("unit", ("enhet", "unit"), most=40, example="procent")
SOURCE = Heading("source", ("källa", "source"), required=True, most=200, example="Övningsplanen")
KEPT = gettext_lazy("An empty cell leaves the value as it is.")
VALUES = [
    Heading("t1", ("t1",), says=KEPT, example="35"),
    Heading("t2", ("t2",), says=KEPT),
    Heading("vb", ("verksamhetsberättelsen", "annual account", "vb"), says=KEPT),
]
HEADINGS = [*PLACE, GOAL, NAME, TARGET, UNIT, SOURCE, *VALUES]
REMEMBERED = {
    "security_program.Indicator": ("name", "unit", "target", "source", "goal_id", "taken_away"),
    "security_program.IndicatorValue": ("value",),
}

Numbers = dict[str, Decimal]


@dataclass(frozen=True)
class Values:
    """What the row says of rounds, as far as it differs from what is noted."""

    differ: Numbers
    lines: Lines


def plan(rows: list[Row], by: Any, is_whole: bool) -> Plan:
    plans, known = Plans.of(HEADINGS, by), dict[Any, list[Indicator]]()
    items = [item for row in rows if (item := _item(plans, row, known))]
    return Plan(items, plans.problems)


def _known(board: Board, year: int) -> list[Indicator]:
    rows = Indicator.objects.of(board, year).standing().select_related("goal__board")
    return list(rows.prefetch_related("values").order_by("pk"))


def _item(plans: Plans, row: Row, known: dict[Any, list[Indicator]]) -> Item | None:
    where = plans.place(row)
    numbers = _numbers(plans, row)
    if where is None or numbers is None:
        return None
    if where not in known:
        known[where] = _known(*where)
    found = plans.numbered(row, known[where]) if row.cells.get("number") else None
    goal = _goal(plans, row, where, found)
    if goal is None or (row.cells.get("number") and found is None):
        return None
    found = found or _same(known[where], goal, row.cells["name"])
    if not plans.once(row, found.pk if found else (goal.pk, words(row.cells["name"]))):
        return None
    values = _values(plans, row, where, found, numbers)
    title = f"{where[0].name} {where[1]}: {row.cells['name']}"
    return _told(row, title, goal, found, values) if values else None


def _numbers(plans: Plans, row: Row) -> Numbers | None:
    """The target and the values that the row says; none at all where one of them is no number."""
    found: Numbers = {}
    told = {
        heading.name: row.cells[heading.name] for heading in (TARGET, *VALUES) if row.cells.get(heading.name)
    }
    for name, text in told.items():
        number = number_of(text)
        if number is None:
            plans.wrong(row, name, _("write a number with at most two decimals."))
        else:
            found[name] = number
    return found if len(found) == len(told) else None


def _goal(plans: Plans, row: Row, where: tuple[Board, int], indicator: Indicator | None) -> BoardGoal | None:
    if indicator is None:
        return plans.goal(row, *where)
    if words(indicator.goal.text) != words(row.cells["goal"]):
        plans.wrong(row, "goal", _("the indicator stands under another goal, and stays there."))
        return None
    return indicator.goal


def _same(known: list[Indicator], goal: BoardGoal, name: str) -> Indicator | None:
    return next((each for each in known if each.goal_id == goal.pk and words(each.name) == words(name)), None)


def _values(
    plans: Plans, row: Row, where: tuple[Board, int], found: Indicator | None, told: Numbers
) -> Values | None:
    """What differs from what is noted; none at all where a round is handed in already."""
    said = {value.kind: value.value for value in found.values.all()} if found else {}
    differ = {kind: told[kind] for kind in Round.Kind.values if kind in told and told[kind] != said.get(kind)}
    if closed := [kind for kind in differ if kind in plans.closed(*where)]:
        plans.wrong(row, closed[0], _("the follow-up of that round is handed in and is not changed."))
        return None
    return Values(differ, _lines(differ, said))


def _told(row: Row, title: str, goal: BoardGoal, found: Indicator | None, values: Values) -> Item:
    facts: dict[str, Any] = {
        name: row.cells[name] for name in ("name", "unit", "source") if name in row.cells
    }
    facts["target"] = number_of(row.cells["target"])
    if found is None:
        given = {"goal": goal.pk, "values": values.differ, **facts}
        return Item(NEW, title, values.lines, given, note=goal.text)
    if not row.cells.get("number"):
        # Found by its words; that they are written otherwise is no change.
        facts["name"] = found.name
    lines = (*lines_of(found, facts), *values.lines)
    if not lines:
        return Item(SAME, title)
    changes = {"indicator": found.pk, "values": values.differ, **as_facts(found, facts)}
    return Item(CHANGED, title, lines, changes)


def _lines(values: dict[str, Decimal], said: dict[str, Decimal]) -> Lines:
    return tuple((_word(kind), str(said.get(kind, "")), str(value)) for kind, value in values.items())


def _word(kind: str) -> str:
    return str(Round.Kind(kind).label)


def write(item: Item, by: User) -> list[tuple[str, Any, dict[str, Any]]]:
    facts = dict(item.facts)
    values: dict[str, Decimal] = facts.pop("values")
    touched: list[tuple[str, Any, dict[str, Any]]] = []
    if item.act == NEW:
        indicator = Indicator.objects.add(BoardGoal.objects.get(pk=facts.pop("goal")), by=by, **facts)
        touched.append(("new", indicator, {}))
    else:
        indicator = Indicator.objects.get(pk=facts.pop("indicator"))
        before = imports.snapshot(KIND, indicator)
        indicator.correct(by=by, **facts)
        touched += [("changed", indicator, before)] if facts else []
    said = {value.kind: imports.snapshot(KIND, value) for value in indicator.values.all()}
    for kind, value in values.items():
        noted: IndicatorValue = indicator.note(kind, value, by=by)
        touched.append(("changed" if kind in said else "new", noted, said.get(kind, {})))
    return touched


KIND = kind_of_plans(
    "indikatorer",
    gettext_lazy("Indicators of boards and their values"),
    gettext_lazy(
        "Adds indicators under goals of the year's plan, and enters what they came to in each round."
    ),
    lambda: HEADINGS,
    plan=plan,
    write=write,
    remembered=REMEMBERED,
)
