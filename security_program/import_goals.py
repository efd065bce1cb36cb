"""The goals of boards from a file, as an import that is shown first and can be undone."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import imports
from boards.imports import NEW, Item, Plan
from boards.models import Board, User
from boards.spreadsheets import Heading, Row

from .import_plans import (
    AREA,
    GOAL,
    PLACE,
    Plans,
    kind_of_plans,
    programme_goal,
    told,
    words,
)
from .models import BoardGoal, FocusArea, Goal

PROGRAMME_GOAL = Heading("programme_goal", ("mål i programmet", "goal of the programme"), most=300)
HEADINGS = [*PLACE, AREA, GOAL, PROGRAMME_GOAL]
REMEMBERED = ("text", "focus_area_id", "programme_goal_id", "mark", "same_as_id", "taken_away")


def plan(rows: list[Row], by: Any, is_whole: bool) -> Plan:
    plans = Plans.of(HEADINGS, by)
    items = [item for row in rows if (item := _item(plans, row))]
    return Plan(items, plans.problems)


def _item(plans: Plans, row: Row) -> Item | None:
    where = plans.place(row)
    if where is None:
        return None
    goals = plans.goals(*where)
    goal = plans.numbered(row, goals) if row.cells.get("number") else None
    if row.cells.get("number") and goal is None:
        return None
    area = plans.area(row, where[1], goal.focus_area if goal else None)
    if area is None:
        return None
    goal = goal or _same(goals, area, row.cells["goal"])
    if not plans.once(row, goal.pk if goal else (*where, area.pk, words(row.cells["goal"]))):
        return None
    changes = _changes(plans, row, area)
    return None if changes is None else _told(row, *where, goal, changes)


def _same(goals: list[BoardGoal], area: FocusArea, text: str) -> BoardGoal | None:
    alike = (goal for goal in goals if goal.focus_area_id == area.pk and words(goal.text) == words(text))
    return next(alike, None)


def _changes(plans: Plans, row: Row, area: FocusArea) -> dict[str, Any] | None:
    found: dict[str, Any] = {"text": row.cells["goal"], "focus_area": area}
    if "programme_goal" in row.cells:
        found["programme_goal"] = programme_goal(row, area) if row.cells["programme_goal"] else None
        if row.cells["programme_goal"] and found["programme_goal"] is None:
            plans.wrong(row, "programme_goal", _("the focus area has no such goal in the programme."))
            return None
    return found


def _told(row: Row, board: Board, year: int, goal: BoardGoal | None, changes: dict[str, Any]) -> Item:
    title = f"{board.name} {year}: {row.cells['goal']}"
    if goal is None:
        facts = {name: getattr(value, "pk", value) for name, value in changes.items()}
        return Item(
            NEW, title, facts={"board": board.pk, "year": year, **facts}, note=changes["focus_area"].label
        )
    return told(row, title, goal, changes, thing="goal", words_in="text")


def write(item: Item, by: User) -> list[tuple[str, Any, dict[str, Any]]]:
    facts = _with_records(item.facts)
    if item.act == NEW:
        board = Board.objects.get(pk=facts.pop("board"))
        return [("new", BoardGoal.objects.plan(board, facts.pop("year"), by=by, **facts), {})]
    goal = BoardGoal.objects.get(pk=facts.pop("goal"))
    before = imports.snapshot(KIND, goal)
    goal.correct(by=by, **facts)
    return [("changed", goal, before)]


def _with_records(facts: dict[str, Any]) -> dict[str, Any]:
    models = {"focus_area": FocusArea, "programme_goal": Goal}
    return {
        name: models[name].objects.get(pk=value) if name in models and value else value
        for name, value in facts.items()
    }


KIND = kind_of_plans(
    "mal",
    gettext_lazy("Goals of boards"),
    gettext_lazy("Adds goals to the year's plan and changes those that the file names by number."),
    lambda: HEADINGS,
    plan=plan,
    write=write,
    remembered={"security_program.BoardGoal": REMEMBERED},
)
