"""Writes what a file from the steering system says, item by item, by the verbs of the pages."""

from typing import Any

from boards import imports
from boards.imports import NEW, Item
from boards.models import Board, User

from .import_plans import words
from .models import Activity, Answer, BoardGoal, FocusArea, FollowUp

CODE = "styrsystem"
REMEMBERED = {
    "security_program.BoardGoal": (
        "text",
        "focus_area_id",
        "steering_id",
        "mark",
        "same_as_id",
        "taken_away",
    ),
    "security_program.Activity": (
        *("what", "responsible_id", "due_on", "goal_id", "steering_id"),
        *("mark", "taken_away"),
    ),
    "security_program.Answer": ("status", "text", "asked"),
}


def by_number(rows: list[Any], number: str, text: str, name: str) -> Any:
    """By the steering system's number, else by the words."""
    numbered = (row for row in rows if number and row.steering_id == number)
    worded = (row for row in rows if words(getattr(row, name)) == words(text))
    return next(numbered, None) or next(worded, None)


def write(item: Item, by: User) -> list[tuple[str, Any, dict[str, Any]]]:
    facts = dict(item.facts)
    return WRITERS[facts.pop("thing")](item.act, facts, by)


Touches = list[tuple[str, Any, dict[str, Any]]]


def _write_goal(act: str, facts: dict[str, Any], by: User) -> Touches:
    if act == NEW:
        board = Board.objects.get(pk=facts.pop("board"))
        area = FocusArea.objects.get(pk=facts.pop("focus_area"))
        return [
            ("new", BoardGoal.objects.plan(board, facts.pop("year"), by=by, focus_area=area, **facts), {})
        ]
    return _corrected(BoardGoal.objects.get(pk=facts.pop("pk")), facts, by)


def _corrected(record: Any, facts: dict[str, Any], by: User) -> Touches:
    before = imports.snapshot(imports.KINDS[CODE], record)
    record.correct(by=by, **facts)
    return [("changed", record, before)]


def _write_activity(act: str, facts: dict[str, Any], by: User) -> Touches:
    if facts.get("responsible"):
        facts["responsible"] = User.objects.get(pk=facts["responsible"])
    if act == NEW:
        board = Board.objects.get(pk=facts.pop("board"))
        goals = list(BoardGoal.objects.of(board, facts.pop("year")).standing().order_by("pk"))
        goal = by_number(goals, "", facts.pop("goal"), "text")
        return [("new", Activity.objects.plan(goal, by=by, **facts), {})]
    return _corrected(Activity.objects.get(pk=facts.pop("pk")), facts, by)


def _write_answer(act: str, facts: dict[str, Any], by: User) -> Touches:
    report = FollowUp.objects.with_names().get(pk=facts["report"])
    activity = _asked(report, facts)
    answer = Answer.objects.filter(follow_up=report, activity=activity).first()
    before = imports.snapshot(imports.KINDS[CODE], answer) if answer else {}
    said = report.answer(activity, by=by, status=facts["status"], text=facts["text"])
    return [("changed" if before else "new", said, before)]


def _asked(report: FollowUp, facts: dict[str, Any]) -> Activity:
    if "pk" in facts:
        return report.activities.get(pk=facts["pk"])
    return next(
        each
        for each in report.activities
        if words(each.what) == words(facts["activity"]) and words(each.goal.text) == words(facts["goal"])
    )


WRITERS = {"goal": _write_goal, "activity": _write_activity, "answer": _write_answer}
