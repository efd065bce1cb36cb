"""The activities of boards from a file, as an import that is shown first and can be undone."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import imports
from boards.imports import NEW, Item, Plan, day
from boards.models import Board, User
from boards.spreadsheets import Heading, Row

from .import_plans import (
    GOAL,
    PLACE,
    Plans,
    kind_of_plans,
    told,
    words,
)
from .models import Activity, BoardGoal

WHAT = Heading(
    "what", ("aktivitet", "activity"), required=True, most=300, example="Öva larmlistan på varje enhet"
)
RESPONSIBLE = Heading(
    "responsible", ("ansvarig", "responsible"),
    says=gettext_lazy("The address that the person signs in with"), example="anna.ek@example.org",
)  # fmt: skip
DUE = Heading("due_on", ("klart senast", "done by"), is_day=True, example="2027-06-15")
HEADINGS = [*PLACE, GOAL, WHAT, RESPONSIBLE, DUE]
REMEMBERED = ("what", "responsible_id", "due_on", "goal_id", "mark", "taken_away")


def plan(rows: list[Row], by: Any, is_whole: bool) -> Plan:
    plans, people = Plans.of(HEADINGS, by), people_in(rows)
    known: dict[tuple[int, int], list[Activity]] = {}
    items = [item for row in rows if (item := _item(plans, row, people, known))]
    return Plan(items, plans.problems)


def people_in(rows: list[Row]) -> dict[str, User]:
    wanted = {row.cells.get("responsible", "").casefold() for row in rows}
    return {person.email.casefold(): person for person in User.objects.active().filter(email__in=wanted)}


def _known(board: Board, year: int) -> list[Activity]:
    rows = Activity.objects.of(board, year).standing().select_related("goal", "responsible")
    return list(rows.order_by("pk"))


def _item(plans: Plans, row: Row, people: dict[str, User], known: dict[Any, list[Activity]]) -> Item | None:
    where = plans.place(row)
    if where is None:
        return None
    if where not in known:
        known[where] = _known(*where)
    activity = plans.numbered(row, known[where]) if row.cells.get("number") else None
    goal = _goal(plans, row, where, activity)
    changes = _changes(plans, row, people)
    if goal is None or changes is None or (row.cells.get("number") and activity is None):
        return None
    activity = activity or _same(known[where], goal, row.cells["what"])
    if not plans.once(row, activity.pk if activity else (goal.pk, words(row.cells["what"]))):
        return None
    title = f"{where[0].name} {where[1]}: {row.cells['what']}"
    return _told(row, title, goal, activity, changes)


def _goal(plans: Plans, row: Row, where: tuple[Board, int], activity: Activity | None) -> BoardGoal | None:
    """An activity stays under its goal: what has been said about it was said there."""
    if activity is None:
        return plans.goal(row, *where)
    if words(activity.goal.text) != words(row.cells["goal"]):
        plans.wrong(row, "goal", _("the activity stands under another goal, and stays there."))
        return None
    return activity.goal


def _same(known: list[Activity], goal: BoardGoal, text: str) -> Activity | None:
    alike = (each for each in known if each.goal_id == goal.pk and words(each.what) == words(text))
    return next(alike, None)


def _changes(plans: Plans, row: Row, people: dict[str, User]) -> dict[str, Any] | None:
    found: dict[str, Any] = {"what": row.cells["what"]}
    if "due_on" in row.cells:
        found["due_on"] = day(row.cells["due_on"])
    if "responsible" in row.cells:
        found["responsible"] = people.get(row.cells["responsible"].casefold())
        if row.cells["responsible"] and found["responsible"] is None:
            plans.wrong(row, "responsible", _("nobody has that address here. Invite the person first."))
            return None
    return found


def _told(row: Row, title: str, goal: BoardGoal, activity: Activity | None, changes: dict[str, Any]) -> Item:
    if activity is None:
        facts = {name: getattr(value, "pk", value) for name, value in changes.items()}
        return Item(NEW, title, facts={"goal": goal.pk, **facts}, note=goal.text)
    return told(row, title, activity, changes, thing="activity", words_in="what")


def write(item: Item, by: User) -> list[tuple[str, Any, dict[str, Any]]]:
    facts = dict(item.facts)
    if facts.get("responsible"):
        facts["responsible"] = User.objects.get(pk=facts["responsible"])
    if item.act == NEW:
        goal = BoardGoal.objects.get(pk=facts.pop("goal"))
        return [("new", Activity.objects.plan(goal, by=by, **facts), {})]
    activity = Activity.objects.get(pk=facts.pop("activity"))
    before = imports.snapshot(KIND, activity)
    activity.correct(by=by, **facts)
    return [("changed", activity, before)]


KIND = kind_of_plans(
    "aktiviteter",
    gettext_lazy("Activities of boards"),
    gettext_lazy(
        "Adds activities under goals of the year's plan and changes those that the file names by number."
    ),
    lambda: HEADINGS,
    plan=plan,
    write=write,
    remembered={"security_program.Activity": REMEMBERED},
)
