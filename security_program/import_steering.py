"""Goals, activities and texts fetched from the city's ordinary steering system, in the columns that it uses.

One row is one activity, with what has been said about it in a round. Rows are found by the steering system's own
numbers, or by their words; nothing that stands only here is taken away.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.dates import read_day
from boards.days import today
from boards.imports import CHANGED, NEW, SAME, Item, Plan
from boards.models import Board, User
from boards.spreadsheets import Heading, Row

from . import steering
from .contents import whole_text
from .fetching import CODE, REMEMBERED, by_number, write
from .import_activities import people_in
from .import_plans import (
    Lines,
    Plans,
    as_facts,
    kind_of_plans,
    lines_of,
    words,
)
from .models import Activity, Answer, BoardGoal, FollowUp

MOST = {"goal": 300, "activity": 300, "text": 1000, "goal_id": 60, "activity_id": 60}
# What the template shows; the words for round and status are the city's own.
EXAMPLES = {
    "board": "Bromma stadsdelsnämnd",
    "year": "2026",
    "goal_id": "M-12",
    "goal": "Alla chefer har övat",
    "activity_id": "A-7",
    "activity": "Öva staben",
    "due_on": "2026-10-31",
    "text": "Staben övade i april.",
}
Place = tuple[Board, int]


def headings() -> list[Heading]:
    """By the city's mapping as it stands when the file is read."""
    words_now = steering.words()
    examples = EXAMPLES | {"round": words_now.rounds["t1"], "status": words_now.statuses["enligt-plan"]}
    labels = {term.key: term.label for term in steering.COLUMNS}
    return [
        Heading(
            key,
            (word.casefold(),),
            required=key in steering.NEEDED,
            most=MOST.get(key, 200),
            says=labels[key],
            example=examples.get(key, ""),
        )
        for key, word in words_now.columns
    ]


@dataclass
class Fetched:
    """What the file has said so far, so that rows can build on each other."""

    plans: Plans
    words: steering.Words
    people: dict[str, User]
    items: list[Item] = field(default_factory=list)
    _told: dict[Any, dict[str, Any]] = field(default_factory=dict)
    _activities: dict[tuple[int, int], list[Activity]] = field(default_factory=dict)
    _answers: dict[int, dict[int, Answer]] = field(default_factory=dict)
    _reports: dict[tuple[int, int], dict[str, FollowUp]] = field(default_factory=dict)

    def activities(self, where: Place) -> list[Activity]:
        key = (where[0].pk, where[1])
        if key not in self._activities:
            rows = Activity.objects.of(*where).standing().select_related("goal", "responsible")
            self._activities[key] = list(rows.order_by("pk"))
        return self._activities[key]

    def report(self, where: Place, kind: str) -> FollowUp | None:
        key = (where[0].pk, where[1])
        if key not in self._reports:
            rows = FollowUp.objects.filter(board=where[0], round__year=where[1]).with_names()
            self._reports[key] = {report.round.kind: report for report in rows}
        return self._reports[key].get(kind)

    def answer(self, report: FollowUp, activity: Activity | None) -> Answer | None:
        if activity is None:
            return None
        if report.pk not in self._answers:
            rows = report.answers.prefetch_related("supplements")
            self._answers[report.pk] = {answer.activity_id: answer for answer in rows}
        return self._answers[report.pk].get(activity.pk)

    def tell(self, row: Row, key: Any, item: Item) -> None:
        """Several rows may speak of the same goal, as long as they say the same of it."""
        if key not in self._told:
            self._told[key] = item.facts
            self.items.append(item)
        elif self._told[key] != item.facts:
            self.plans.wrong(row, "goal", _("rows say different things of the same."))


def plan(rows: list[Row], by: Any, is_whole: bool) -> Plan:
    plans = Plans.of(headings(), by)
    found = Fetched(plans, steering.words(), people_in(rows))
    for row in rows:
        where = plans.place(row)
        if where is not None:
            _read(found, row, where)
    return Plan(found.items, plans.problems)


def _read(found: Fetched, row: Row, where: Place) -> None:
    goal, is_told = _goal(found, row, where)
    if not is_told:
        return
    activity = _activity(found, row, where, goal)
    if row.cells.get("status") or row.cells.get("text"):
        _answer(found, row, where, activity)


def _goal(found: Fetched, row: Row, where: Place) -> tuple[BoardGoal | None, bool]:
    """The goal that the row speaks of, and whether it is known or will be made."""
    number, text = row.cells.get("goal_id", ""), row.cells["goal"]
    goal = by_number(found.plans.goals(*where), number, text, "text")
    if goal is None:
        return None, _new_goal(found, row, where)
    changes = {"text": text, **({"steering_id": number} if number else {})}
    if words(text) == words(goal.text):
        changes["text"] = goal.text
    _tell(found, row, goal, changes, "goal")
    return goal, True


def _new_goal(found: Fetched, row: Row, where: Place) -> bool:
    area = found.plans.area(row, where[1]) if row.cells.get("area") else None
    if area is None:
        if not row.cells.get("area"):
            found.plans.wrong(row, "goal", _("the goal is new here. Say which focus area it belongs to."))
        return False
    facts: dict[str, Any] = {
        "thing": "goal",
        "board": where[0].pk,
        "year": where[1],
        "focus_area": area.pk,
        "text": row.cells["goal"],
        "steering_id": row.cells.get("goal_id", ""),
    }
    title = f"{where[0].name} {where[1]}: {row.cells['goal']}"
    key = ("goal", where[0].pk, where[1], words(row.cells["goal"]))
    found.tell(row, key, Item(NEW, title, facts=facts, note=area.label))
    return True


def _tell(found: Fetched, row: Row, record: Any, changes: dict[str, Any], thing: str) -> None:
    """What differs of a goal or an activity that stands here already."""
    title = f"{record.board.name}: {record}"
    lines = lines_of(record, changes)
    facts = {"thing": thing, "pk": record.pk, **as_facts(record, changes)}
    found.tell(
        row,
        (thing, record.pk),
        Item(CHANGED, title, lines, facts) if lines else Item(SAME, title, facts=facts),
    )


def _activity(found: Fetched, row: Row, where: Place, goal: BoardGoal | None) -> Activity | None:
    number, text = row.cells.get("activity_id", ""), row.cells["activity"]
    near = [each for each in found.activities(where) if goal and each.goal_id == goal.pk]
    activity: Activity | None = by_number(near, number, text, "what")
    changes = {"what": text, **({"steering_id": number} if number else {}), **_who_and_when(found, row)}
    if activity is None:
        facts = {name: getattr(value, "pk", value) for name, value in changes.items()}
        under = {"thing": "activity", "board": where[0].pk, "year": where[1], "goal": row.cells["goal"]}
        title = f"{where[0].name} {where[1]}: {text}"
        key = ("activity", where[0].pk, where[1], words(row.cells["goal"]), words(text))
        found.tell(row, key, Item(NEW, title, facts={**under, **facts}, note=row.cells["goal"]))
        return None
    if words(text) == words(activity.what):
        changes["what"] = activity.what
    _tell(found, row, activity, changes, "activity")
    return activity


def _who_and_when(found: Fetched, row: Row) -> dict[str, Any]:
    """As far as the file says so in a way that is understood; an empty cell says nothing."""
    known: dict[str, Any] = {}
    if email := row.cells.get("responsible"):
        if person := found.people.get(email.casefold()):
            known["responsible"] = person
        else:
            found.plans.wrong(row, "responsible", _("nobody has that address here. Invite the person first."))
    if text := row.cells.get("due_on"):
        try:
            known["due_on"] = read_day(text, today())
        except ValueError:
            found.plans.wrong(row, "due_on", _("write the day like 2027-01-01."))
    return known


def _answer(found: Fetched, row: Row, where: Place, activity: Activity | None) -> None:
    kind = _key(found.words.rounds, row.cells.get("round", ""))
    status = _key(found.words.statuses, row.cells.get("status", ""))
    if kind is None:
        found.plans.wrong(row, "round", _("no round is called that. The mapping says what they are called."))
    if status is None:
        found.plans.wrong(
            row, "status", _("no status is called that. The mapping says what they are called.")
        )
    if not row.cells.get("text"):
        found.plans.wrong(row, "text", _("write what has happened."))
    if kind is None or status is None or not row.cells.get("text"):
        return
    report = found.report(where, kind)
    if report is None:
        found.plans.wrong(row, "round", _("the round has not been opened here."))
        return
    _told(found, row, report, activity, {"status": status, "text": row.cells["text"]})


def _key(terms: dict[str, str], said: str) -> str | None:
    return next((key for key, word in terms.items() if word and words(word) == words(said)), None)


def _told(
    found: Fetched, row: Row, report: FollowUp, activity: Activity | None, said: dict[str, Any]
) -> None:
    title = f"{report.board.name}, {report}: {row.cells['activity']}"
    answer = found.answer(report, activity)
    facts: dict[str, Any] = {
        "thing": "answer",
        "report": report.pk,
        "goal": row.cells["goal"],
        "activity": row.cells["activity"],
    }
    if activity:
        facts["pk"] = activity.pk
    key = ("answer", report.pk, activity.pk if activity else (words(facts["goal"]), words(facts["activity"])))
    if answer and answer.status == said["status"] and said["text"] in _texts(answer):
        found.tell(row, key, Item(SAME, title, facts=facts))
        return
    if not report.can_be_answered:
        found.plans.wrong(row, "text", _("the follow-up of that round is handed in and is not changed."))
        return
    found.tell(row, key, Item(CHANGED if answer else NEW, title, _lines(answer, said), {**facts, **said}))


def _texts(answer: Answer) -> tuple[str, str]:
    """As it was answered, and as it was handed over with its supplements."""
    return answer.text, whole_text(answer, list(answer.supplements.all()))


def _lines(answer: Answer | None, said: dict[str, Any]) -> Lines:
    before = (answer.get_status_display(), answer.text) if answer else ("", "")
    after = (str(Answer.Status(said["status"]).label), said["text"])
    names = (_("Status"), _("What has happened"))
    return tuple(each for each in zip(names, before, after, strict=True) if each[1] != each[2])


KIND = kind_of_plans(
    CODE,
    gettext_lazy("From the steering system"),
    gettext_lazy(
        "Fetches goals, activities and what is said about them, in the columns that the steering system uses."
    ),
    headings,
    plan=plan,
    write=write,
    remembered=REMEMBERED,
)
