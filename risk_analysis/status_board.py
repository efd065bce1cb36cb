"""Where the organisations stand in a round: what is handed in, and of a draft not even that it is begun."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Count, DateTimeField, Exists, IntegerField, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from boards.access import may
from boards.days import today
from boards.models import Board
from boards.tables import Choice, Column, Sort, Table

from .models import Remark, Reviewer, Rsa, RsaComment, RsaCycle, RsaStep
from .models.purposes import scopes
from .models.states import IN_FORCE, TAGS, State

MISSING = "saknas"


def states() -> list[tuple[str, Any]]:
    """Only what the city office may know of."""
    shown = [(state.value, state.label) for state in map(State, IN_FORCE)]
    return [(MISSING, _("Not handed in")), *shown]


def in_state(value: str) -> Q:
    return Q(rsa_state__isnull=True) if value == MISSING else Q(rsa_state=value)


def organisations(cycle: RsaCycle, user: Any) -> Any:
    """All that take part, for those who follow them; for others their own."""
    rows = cycle.asked().in_city_order()
    if not may(user, "view_submitted"):
        rows = rows.where(user, "view_internal")
    held = Rsa.objects.filter(cycle=cycle, board=OuterRef("pk"), unit__isnull=True).in_force()
    last = held.order_by("-edition")
    return rows.annotate(
        rsa_state=Subquery(last.values("state")[:1]),
        handed_in_at=Subquery(last.values("submitted_at")[:1], output_field=DateTimeField()),
    )


@dataclass
class Standing:
    """One organisation's analysis as the city office knows of it."""

    cycle: RsaCycle
    rsa: Any = None
    opened_by: str = ""
    remarks: int = 0
    questions: int = 0
    reviewers: str = ""
    url: str = ""

    @property
    def tag(self) -> str:
        if self.rsa:
            return self.rsa.tag
        return "late" if self.cycle.is_late else "todo"

    @property
    def word(self) -> str:
        if self.rsa:
            return self.rsa.get_state_display()
        return str(_("Not handed in, late") if self.cycle.is_late else _("Not handed in"))


class StatusTable(Table):
    caption = _("Where the organisations stand")
    noun = ngettext_lazy("organisation", "organisations")
    empty = _("No organisation of yours takes part in the round.")
    columns: ClassVar[list[Column]] = [
        Column(
            "organisation",
            _("Organisation"),
            lambda row: row.name,
            link=lambda row: row.standing.url,
            sort="namn",
            swedish=True,
            reads="name",
        ),
        Column(
            "state",
            _("State"),
            lambda row: row.standing.word,
            template="risk_analysis/_standing.html",
            labelled=False,
            reads="",
        ),
        Column("day", _("Handed in"), lambda row: row.handed_in_on, sort="dag", reads=""),
        Column("opened", _("Opened by"), lambda row: row.standing.opened_by, reads=""),
        Column("remarks", _("Remarks"), lambda row: row.standing.remarks or None, numeric=True, reads=""),
        Column(
            "questions",
            _("Open questions"),
            lambda row: row.standing.questions or None,
            numeric=True,
            reads="",
        ),
        Column("reviewers", _("Reviewer"), lambda row: row.standing.reviewers, reads=""),
    ]
    filters: ClassVar[list[Any]] = [
        Choice("lage", _("State"), states, in_state),
        Choice("slag", _("Kind of organisation"), scopes, lambda value: Q(kind=value)),
    ]
    sorts: ClassVar[list[Sort]] = [
        Sort("slag", ("kind_order", "name"), group=lambda row: row.get_kind_display()),
        Sort("namn", ("name",)),
        Sort("dag", ("handed_in_at", "name")),
    ]

    def __init__(self, request: Any, cycle: RsaCycle, **texts: Any) -> None:
        self.cycle = cycle
        super().__init__(request, organisations(cycle, request.user), **texts)

    def prepare(self, rows: list[Any]) -> list[Any]:
        found = standings(self.cycle, rows, self.user)
        for row in rows:
            row.standing = found[row.pk]
            row.handed_in_on = row.handed_in_at.date() if row.handed_in_at else None
        return rows


def standings(cycle: RsaCycle, boards: Iterable[Board], user: Any) -> dict[int, Standing]:
    """In as many questions for one organisation as for all."""
    numbers = [board.pk for board in boards]
    rows = (
        Rsa.objects.filter(cycle=cycle, board__in=numbers, unit__isnull=True).in_force().order_by("edition")
    )
    held = {rsa.board_id: rsa for rsa in _followed(rows, user)}
    reviewers = _reviewers(numbers) if may(user, "view_submitted") else {}
    found = {}
    for number in numbers:
        rsa = held.get(number)
        found[number] = Standing(cycle, rsa, reviewers=", ".join(reviewers.get(number, [])))
        if rsa:
            found[number].opened_by = rsa.opened_by or ""
            found[number].remarks, found[number].questions = rsa.remarks or 0, rsa.questions or 0
            found[number].url = _where(cycle, rsa, may(user, "review")) if rsa.is_readable else ""
    return found


def _followed(rows: Any, user: Any) -> Any:
    """With what has happened to each since it was handed in."""
    opened = RsaStep.objects.filter(rsa=OuterRef("pk"), after=State.REVIEWED).order_by("-pk")
    asked = RsaComment.objects.filter(rsa=OuterRef("pk")).open()
    said = Remark.objects.filter(step__rsa__cycle=OuterRef("cycle"), step__rsa__slug=OuterRef("slug"))
    return rows.annotate(
        opened_by=Subquery(opened.values("by__name")[:1]),
        questions=_number_of(asked),
        remarks=_number_of(said),
        is_readable=Exists(Rsa.objects.visible_to(user).filter(pk=OuterRef("pk"))),
    )


def _number_of(rows: Any) -> Subquery:
    number = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk"))
    return Subquery(number.values("number"), output_field=IntegerField())


def _where(cycle: RsaCycle, rsa: Rsa, reviews: bool) -> str:
    return reverse("rsa_review" if reviews else "rsa_page", args=[cycle.slug, rsa.slug])


def _reviewers(boards: list[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    rows = Reviewer.objects.on().filter(board__in=boards).select_related("person").order_by("person__name")
    for row in rows:
        names.setdefault(row.board_id, []).append(row.person.name)
    return names


@dataclass(frozen=True)
class Tally:
    """How many have handed in, of how many."""

    handed_in: int
    of: int
    by_state: list[tuple[str, str, int]]

    @property
    def left(self) -> int:
        return self.of - self.handed_in


def tally(cycle: RsaCycle, user: Any) -> Tally:
    rows = organisations(cycle, user).order_by()
    found = Counter(rows.values_list("rsa_state", flat=True))
    missing = found.pop(None, 0)
    named = [(TAGS[state], str(State(state).label), found[state]) for state in IN_FORCE if found[state]]
    is_late = cycle.due_on < today()
    if missing:
        named.append(("late" if is_late else "todo", str(_("Not handed in")), missing))
    return Tally(sum(found.values()), sum(found.values()) + missing, named)
