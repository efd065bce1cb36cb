"""An organisation's account of a year: what the system shows, what is as last year, and what is left to answer.

Whatever is confirmed together was shown first: the hash of the list that was seen is sent along, and a list that
has changed since is not confirmed.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.access import may
from boards.days import today
from boards.models import Board, Event
from boards.verbs import bulk_verb

from .evidence import Finding, Proof, Way, find, proof_of
from .models import Assignment, Programme, Statement
from .models.obligations import inherited

PROVED, UNCHANGED = "visade", "som-forra-aret"
Value = Statement.Value
WORDS = {
    Value.MET: "done",
    Value.PARTLY: "ongoing",
    Value.NOT: "action",
    Value.NOT_APPLICABLE: "todo",
}


def reads(user: Any, board: Board) -> bool:
    """At the board, and at the city office and the auditors, who read it as what boards hand in."""
    return any(may(user, word, board) for word in ("view_internal", "view_submitted"))


@dataclass
class Line:
    """One obligation as the list shows it."""

    assignment: Assignment
    finding: Finding | None = None
    before: Statement | None = None
    # What the boards that went on as this one had answered.
    inherited: Sequence[Statement] = ()

    @property
    def proof(self) -> Proof:
        return proof_of(self.assignment.requirement.code)

    @property
    def said(self) -> Statement | None:
        return self.assignment.said

    @property
    def is_open(self) -> bool:
        """Somebody can answer it today and nobody has."""
        row = self.assignment
        return row.is_binding and self.said is None and row.first_day <= today() and self.proof.may_be_met

    @property
    def is_proved(self) -> bool:
        return self.is_open and self.finding is not None and self.finding.holds is True

    @property
    def is_unchanged(self) -> bool:
        """Answered last year, undoubted, and nothing the system sees speaks against it now."""
        if not self.is_open or self.is_proved or self.before is None or self.before.is_doubted:
            return False
        refuted = self.finding is not None and self.finding.holds is False
        return not (refuted and self.before.value == Value.MET)

    @property
    def is_left(self) -> bool:
        return self.is_open and not self.is_proved and not self.is_unchanged

    @property
    def is_contradicted(self) -> bool:
        """Somebody says it is met, and what the system saw then or sees now says that it is not."""
        if self.said is None or self.said.value != Value.MET:
            return False
        return self.said.is_contradicted or (self.finding is not None and self.finding.holds is False)

    @property
    def status(self) -> str:
        if self.said:
            doubtful = self.said.is_doubted or self.is_contradicted
            return "action" if doubtful else WORDS[Value(self.said.value)]
        return "late" if self.is_open and self.assignment.is_late else "todo"

    @property
    def word(self) -> Any:
        if self.said:
            said = _("Stated as met") if self.is_contradicted else self.said.get_value_display()
            return _("Not verified") if self.said.is_doubted else said
        if self.assignment.awaits_adoption:
            return _("Not adopted")
        if not self.proof.may_be_met:
            return _("Kept apart") if self.proof.way is Way.APART else _("Cannot be shown yet")
        return _("Late") if self.assignment.is_late else _("Not answered")

    @property
    def offered(self) -> dict[str, str]:
        """What would be stated if the list were confirmed: met, or the same words as last year."""
        if self.is_proved or self.before is None:
            return {"value": Value.MET, "reason": "", "link": ""}
        return {name: getattr(self.before, name) for name in ("value", "reason", "link")}

    @property
    def proposed(self) -> str:
        return self.finding.proposed if self.finding else ""


@dataclass
class Group:
    """The obligations of one focus area, or of none."""

    area: Any
    lines: list[Line]

    @property
    def slug(self) -> str:
        return self.area.slug if self.area else "allmant"

    @property
    def title(self) -> Any:
        return self.area.label if self.area else _("Not under a focus area")

    @property
    def unchanged(self) -> list[Line]:
        return [line for line in self.lines if line.is_unchanged]

    @property
    def left(self) -> list[Line]:
        return [line for line in self.lines if line.is_left]

    @property
    def shown(self) -> str:
        return digest(self.unchanged)

    @property
    def to_answer(self) -> list[Line]:
        return [line for line in self.lines if line.is_unchanged or line.is_left]

    @property
    def answered(self) -> list[Line]:
        return [line for line in self.lines if line.said]

    @property
    def later(self) -> list[Line]:
        """What nobody can answer today, each with why not."""
        return [line for line in self.lines if not line.said and not line.is_open]


class Account:
    def __init__(self, board: Board, year: int) -> None:
        self.board, self.year = board, year

    @cached_property
    def lines(self) -> list[Line]:
        rows = list(self.board.assignments.for_year(self.year).standing().with_all().in_order())
        found, before = find(self.year, rows), self._last_year()
        return [
            Line(
                row,
                found.get(row.pk),
                before.get(row.requirement_id),
                self.inherited.get(row.requirement_id, ()),
            )
            for row in rows
        ]

    def _last_year(self) -> dict[int, Statement]:
        said = Statement.objects.filter(assignment__board=self.board, assignment__year=self.year - 1)
        return {one.assignment.requirement_id: one for one in said.select_related("assignment")}

    @cached_property
    def inherited(self) -> dict[int, list[Statement]]:
        return inherited(self.board, self.year)

    @property
    def came_from(self) -> list[Statement]:
        """One answer from each board before, the latest of its years, to lead to its list."""
        said = [one for lines in self.inherited.values() for one in lines]
        latest = {one.assignment.board_id: one for one in sorted(said, key=lambda one: one.assignment.year)}
        return sorted(latest.values(), key=lambda one: one.assignment.board.name)

    @property
    def programme(self) -> Programme | None:
        return self.lines[0].assignment.requirement.programme if self.lines else None

    @property
    def awaits_adoption(self) -> bool:
        return any(line.assignment.awaits_adoption for line in self.lines)

    @property
    def groups(self) -> list[Group]:
        by_area = groupby(self.lines, key=lambda line: line.assignment.requirement.focus_area)
        return [Group(area, list(lines)) for area, lines in by_area]

    @property
    def proved(self) -> list[Line]:
        return [line for line in self.lines if line.is_proved]

    @property
    def shown(self) -> str:
        return digest(self.proved)

    @property
    def answered(self) -> int:
        return sum(line.said is not None for line in self.lines)

    @property
    def open(self) -> list[Line]:
        return [line for line in self.lines if line.is_open]

    @property
    def answerable(self) -> int:
        return self.answered + len(self.open)

    def offered(self, which: str, area: str = "") -> list[Line]:
        if which == PROVED:
            return self.proved
        return [line for group in self.groups if group.slug == area for line in group.unchanged]


def digest(lines: Iterable[Line]) -> str:
    """The list as it was seen: which obligations, what would be stated, and on what ground."""
    seen = sorted(
        f"{line.assignment.pk}:{line.offered['value']}:{line.proposed}:{line.before.pk if line.before else ''}"
        for line in lines
    )
    return hashlib.sha256(" ".join(seen).encode()).hexdigest()


@bulk_verb("obligations.confirmed", _("%(who)s confirmed %(count)s answers for %(year)s at %(about)s"))
def confirm(board: Board, year: int, which: str, *, by: Any, shown: str, area: str = "") -> int:
    """A person answers for the whole list that was shown, in one act."""
    Assignment.objects.select_for_update().filter(board=board, year=year).count()
    lines = Account(board, year).offered(which, area)
    if not lines or digest(lines) != shown:
        raise ValidationError(_("The list has changed since you saw it. Read it and confirm again."))
    said = [
        Statement(assignment_id=line.assignment.pk, proposed=line.proposed, stated_by=by, **line.offered)
        for line in lines
    ]
    Statement.objects.bulk_create(said, batch_size=200)
    audit.record_many(
        "obligations.confirmed", [line.assignment for line in lines], by=by, year=year, shown=shown
    )
    return len(said)


@bulk_verb("obligations.taken_over", _("%(who)s entered %(count)s earlier answers for %(year)s at %(about)s"))
def take_over(said: list[Statement], year: int, *, by: Any) -> None:
    """What was answered elsewhere: set by set, each with the person who answered then."""
    rows = Assignment.objects.filter(pk__in={one.assignment_id for one in said}, year=year)
    Statement.objects.bulk_create(said, batch_size=200)
    audit.record_many("obligations.taken_over", rows.select_related("board"), by=by, year=year)


def answer(assignment: Assignment, value: str, *, by: Any, reason: str = "", link: str = "") -> Statement:
    """One obligation, with what the system sees beside what the person says."""
    proof = proof_of(assignment.requirement.code)
    if proof.way is Way.APART:
        raise ValidationError(str(proof.says))
    if value == Value.MET and not proof.may_be_met:
        raise ValidationError({"value": str(proof.says)})
    finding = find(assignment.year, [assignment]).get(assignment.pk)
    proposed = finding.proposed if finding else ""
    return assignment.state(value, by=by, reason=reason, link=link, proposed=proposed)


@dataclass(frozen=True)
class Told:
    """One thing that was done to an obligation, as its page tells it."""

    at: datetime
    who: str
    what: Any


def history(assignment: Assignment) -> list[Told]:
    events = Event.objects.about(assignment).select_related("actor").latest_first()[:20]
    return [Told(event.at, event.actor.name if event.actor else "", _told(event)) for event in events]


def _told(event: Event) -> Any:
    value = json.loads(event.body)["facts"].get("value")
    return Value(value).label if value else _("Not verified")
