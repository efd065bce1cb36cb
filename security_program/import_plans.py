"""What imports of goals, activities and indicators share: finding what a file speaks of, and undoing it.

Each row says by its number which goal, activity or indicator it is; without a number it is found by its words, and
what is found by neither is new. A column that the file lacks changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards import audit, imports
from boards.access import may, rights_of
from boards.board_file import problem, row_problems
from boards.import_people import BOARD, boards_by_name
from boards.imports import CHANGED, SAME, ImportKind, Item, Plan, Touched
from boards.models import Board, User
from boards.models.versioned import Versioned
from boards.spreadsheets import Heading, Row
from boards.verbs import verb

from .models import Answer, BoardGoal, FocusArea, FollowUp, IndicatorValue
from .planning import focus_areas, may_be_planned

NUMBER = Heading(
    "number", ("nummer", "number"), says=gettext_lazy("As it stands in a file from here; empty for what is new")
)  # fmt: skip
YEAR = Heading("year", ("år", "year"), required=True, example="2027")
AREA = Heading(
    "area", ("fokusområde", "focus area"), required=True,
    says=gettext_lazy("As it is named in the programme"), example="Krisberedskap",
)  # fmt: skip
GOAL = Heading("goal", ("mål", "goal"), required=True, most=300, example="Alla chefer övar varje år")
PLACE = [NUMBER, BOARD, YEAR]


def plans_somewhere(user: Any) -> bool:
    return bool(rights_of(user).at.get("edit_internal"))


def words(text: str) -> str:
    """How two texts are compared: without regard to capitals and spaces."""
    return " ".join(text.split()).casefold()


@dataclass
class Plans:
    """The plans that a file speaks of, looked up once, and what is wrong in its rows."""

    headings: list[Heading]
    by: Any
    boards: dict[str, Board]
    problems: list[str] = field(default_factory=list)
    _areas: dict[int, list[FocusArea]] = field(default_factory=dict)
    _goals: dict[tuple[int, int], list[BoardGoal]] = field(default_factory=dict)
    _closed: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    _named: set[Any] = field(default_factory=set)

    @classmethod
    def of(cls, headings: list[Heading], by: Any) -> "Plans":
        return cls(headings, by, boards_by_name())

    def wrong(self, row: Row, name: str, text: str) -> None:
        self.problems.append(problem(row, name, text))

    def place(self, row: Row) -> tuple[Board, int] | None:
        """The board and year of a row; what is wrong becomes a problem with its cell."""
        wrong = row_problems(row, self.headings)
        self.problems += wrong
        board = self.boards.get(row.cells["board"].casefold())
        if row.cells["board"] and board is None:
            self.wrong(row, "board", _("we know no board or company by that name."))
        if board and not may(self.by, "edit_internal", board):
            self.wrong(row, "board", _("you do not write the plan there."))
            board = None
        year = self._year(row)
        return None if wrong or board is None or year is None else (board, year)

    def _year(self, row: Row) -> int | None:
        text = row.cells["year"]
        if text.isdecimal() and may_be_planned(int(text)):
            return int(text)
        if text:
            self.wrong(row, "year", _("no plan is made for that year."))
        return None

    def once(self, row: Row, *key: Any) -> bool:
        """Whether this is the first row about the same thing."""
        if key in self._named:
            self.wrong(
                row, "number" if row.cells.get("number") else "goal", _("the same stands twice in the file.")
            )
            return False
        self._named.add(key)
        return True

    def area(self, row: Row, year: int, own: FocusArea | None = None) -> FocusArea | None:
        """One of the version that binds that year, or the one that the goal stands under already."""
        if year not in self._areas:
            self._areas[year] = focus_areas(year)
        known = [*self._areas[year], *([own] if own else [])]
        found = _by_words(row.cells["area"], known, lambda area: (area.name, area.name_en))
        if found is None:
            self.wrong(row, "area", _("no focus area is called that in the programme of that year."))
        return found

    def goals(self, board: Board, year: int) -> list[BoardGoal]:
        if (board.pk, year) not in self._goals:
            rows = BoardGoal.objects.of(board, year).standing().select_related("focus_area", "programme_goal")
            self._goals[board.pk, year] = list(rows.order_by("pk"))
        return self._goals[board.pk, year]

    def goal(self, row: Row, board: Board, year: int) -> BoardGoal | None:
        """The goal that an activity or an indicator stands under, by its words."""
        found = [each for each in self.goals(board, year) if words(each.text) == words(row.cells["goal"])]
        if not found:
            self.wrong(row, "goal", _("the board has no such goal that year. Read in the goals first."))
        elif len(found) > 1:
            self.wrong(row, "goal", _("the board has that goal twice. Sort out the duplicates first."))
        return found[0] if len(found) == 1 else None

    def closed(self, board: Board, year: int) -> set[str]:
        """The rounds of that year in which the board has handed in."""
        if (board.pk, year) not in self._closed:
            kinds = FollowUp.objects.closed(board, year).values_list("round__kind", flat=True)
            self._closed[board.pk, year] = set(kinds)
        return self._closed[board.pk, year]

    def numbered(self, row: Row, rows: Iterable[Any]) -> Any:
        """The one with the row's number among the board's own of that year."""
        found = next((each for each in rows if str(each.pk) == row.cells["number"]), None)
        if found is None:
            self.wrong(row, "number", _("nothing of the board's has that number that year."))
        return found


def _by_words(text: str, known: Iterable[Any], names: Callable[[Any], Iterable[str]]) -> Any:
    return next((each for each in known if words(text) in map(words, filter(None, names(each)))), None)


def programme_goal(row: Row, area: FocusArea) -> Any:
    return _by_words(row.cells["programme_goal"], area.goals.all(), lambda goal: (goal.text, goal.text_en))


def number_of(text: str) -> Decimal | None:
    """As people write it: 1 000,5 or 1000.5."""
    try:
        found = Decimal("".join(text.split()).replace(",", "."))
    except InvalidOperation:
        return None
    fits = found.is_finite() and abs(found) < 10**10 and found == found.quantize(Decimal("0.01"))
    return found if fits else None


Lines = tuple[tuple[str, Any, Any], ...]


def lines_of(record: models.Model, changes: dict[str, Any]) -> Lines:
    """Heading, before and after of what would differ."""
    names: Any = record._meta
    return tuple(
        (str(names.get_field(name).verbose_name), shown(getattr(record, name)), shown(value))
        for name, value in changes.items()
        if getattr(record, name) != value
    )


def shown(value: Any) -> str:
    return "" if value is None else str(value)


def as_facts(record: models.Model, changes: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a change until it is carried out: numbers of records, and texts."""
    return {
        name: value.pk if isinstance(value, models.Model) else value
        for name, value in changes.items()
        if getattr(record, name) != value
    }


def _check_may_be_undone(record: Any, by: User) -> None:
    """Whoever undoes it still writes the plan there, and no follow-up has been handed in with it."""
    if not may(by, "edit_internal", record.board):
        raise PermissionDenied
    if isinstance(record, Answer | IndicatorValue):
        record.check_open()


@verb("plan.taken_back", gettext_lazy("%(who)s undid what an import had added to a plan at %(board)s"))
def take_back(record: Any, by: User) -> None:
    """It was never so; that it stood here for a while stands in the log."""
    _check_may_be_undone(record, by)
    audit.record("plan.taken_back", record, by=by)
    record.delete()


@verb("plan.put_back", gettext_lazy("%(who)s undid what an import had changed in a plan at %(board)s"))
def put_back(record: Any, before: dict[str, Any], by: User) -> None:
    _check_may_be_undone(record, by)
    for name, value in before.items():
        setattr(record, name, value)
    record.full_clean()
    if isinstance(record, Versioned):
        record.save_over(None, list(before))
    else:
        record.save(update_fields=list(before))
    audit.record("plan.put_back", record, by=by)


def take_back_all(records: list[Any], by: User) -> None:
    for record in records:
        take_back(record, by)


def put_back_all(records: list[tuple[Any, dict[str, Any]]], by: User) -> None:
    for record, before in records:
        put_back(record, before, by)


def told(
    row: Row, title: str, record: models.Model, changes: dict[str, Any], *, thing: str, words_in: str
) -> Item:
    """What a row would change of something that stands here."""
    if not row.cells.get("number"):
        # Found by its words; that they are written otherwise is no change.
        changes[words_in] = getattr(record, words_in)
    lines = lines_of(record, changes)
    if not lines:
        return Item(SAME, title)
    return Item(CHANGED, title, lines, {thing: record.pk, **as_facts(record, changes)})


WriteOne = Callable[[Item, User], list[tuple[str, Any, dict[str, Any]]]]


def each_by(write_one: WriteOne) -> Callable[[list[Item], User], list[Touched]]:
    """A plan has some tens of rows; each is written by the verb of its page, and leaves that verb's event."""

    def write(items: list[Item], by: User) -> list[Touched]:
        return [Touched(item, record, before, act) for item in items for act, record, before in one(item, by)]

    def one(item: Item, by: User) -> list[tuple[str, Any, dict[str, Any]]]:
        try:
            return write_one(item, by)
        except ValidationError as error:
            words = {"what": item.title, "why": " ".join(error.messages)}
            raise ValidationError(_("%(what)s: %(why)s"), params=words) from error

    return write


def kind_of_plans(
    code: str,
    name: Any,
    says: Any,
    headings: Callable[[], list[Heading]],
    *,
    plan: Callable[[list[Row], Any, bool], Plan],
    write: WriteOne,
    remembered: dict[str, tuple[str, ...]],
) -> ImportKind:
    """For whoever writes a plan somewhere; a plan is never a whole list, and the import can be undone."""
    kind = ImportKind(
        code,
        name,
        says,
        headings,
        plans_somewhere,
        plan,
        each_by(write),
        remembered,
        take_back_all,
        put_back_all,
        built_on,
        may_be_whole=False,
    )
    imports.KINDS[code] = kind
    return kind


def built_on(records: list[Any]) -> str:
    """Whatever points at what is new and was not made by the same import."""
    new = {(record._meta.label, record.pk) for record in records}
    return next((reason for record in records if (reason := _built_on(record, new))), "")


def _built_on(record: Any, new: set[tuple[str, int]]) -> str:
    for relation in record._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{relation.field.name: record})
        label = relation.related_model._meta.label
        if any((label, pk) not in new for pk in rows.values_list("pk", flat=True)):
            return _("%(what)s has been built on since.") % {"what": record}
    return ""
