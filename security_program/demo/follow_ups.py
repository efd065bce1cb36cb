"""Five invented years of goals, activities and follow-ups: mostly in time, some late, a few never handed in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from boards.models import Board, Succession, User
from security_program import planning
from security_program.handing_over import as_it_is
from security_program.loading import load_follow_ups, load_hand_overs, load_plans
from security_program.models import (
    Activity,
    Answer,
    BoardGoal,
    FocusArea,
    FollowUp,
    FollowUpStep,
    HandOver,
    Indicator,
    IndicatorValue,
    Round,
    Situation,
)
from security_program.models.rounds import due_day

from .clock import moment, workday
from .people import Town
from .sentences import ACCIDENTS, ACTIVITIES, AHEAD, GOALS, RISKS, SAID, SUPPLEMENT, THREATS

YEARS = 5
# One in so many adds something after it was handed to the steering system.
EVERY_ADDED = 6
HANDED_OVER_AFTER = 2
# Each step and how many days after the day it was handed in.
WAY = (("hos_chef", -2), ("inlamnad", 0), ("granskas", 6), ("godkand", 12), ("last", 30))
INDICATOR = {
    "name": "Andel enheter som är klara",
    "unit": "procent",
    "target": 100,
    "source": "Egen uppföljning",
}
# One in so many never answers; some focus areas lack a goal, and some are late.
EVERY_SILENT = 23
GAP, LATE = 0.06, 0.12
# So many goals of boards that merged stand twice, as each of them worded it, until somebody says that they are one.
TWICE, ON_EVERY_UNIT = 2, ", på varje enhet"
OPEN_FOR = timedelta(days=45)
SETTLED_AFTER = 120


@dataclass
class Story:
    """The years as they are told: by whom, up to which day, and what each board had planned."""

    today: date
    chance: Random
    officer: User
    plans: dict[tuple[int, int], list[Activity]] = field(default_factory=dict)
    reports: list[FollowUp] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    steps: list[FollowUpStep] = field(default_factory=list)
    situations: list[Situation] = field(default_factory=list)
    indicators: dict[tuple[int, int], list[Indicator]] = field(default_factory=dict)
    values: list[IndicatorValue] = field(default_factory=list)

    @property
    def years(self) -> range:
        return range(self.today.year - YEARS + 1, self.today.year + 1)

    def plan(self) -> None:
        goals = []
        areas = {year: planning.focus_areas(year) for year in self.years}
        for turn, board in enumerate(Board.objects.bound().order_by("code")):
            for year in self._of(board):
                for goal, planned in self._goals(board, year, turn, areas[year]):
                    goals.append(goal)
                    self.plans.setdefault((board.pk, year), []).extend(planned)
                    indicator = Indicator(goal=goal, **INDICATOR)
                    self.indicators.setdefault((board.pk, year), []).append(indicator)
        activities = [each for planned in self.plans.values() for each in planned]
        indicators = [each for planned in self.indicators.values() for each in planned]
        twins = list(self._twins(goals))
        lineage = [*self._lineage(goals), *twins]
        every = [*goals, *(twin for twin, _other in twins)]
        load_plans(every, activities, indicators, lineage=lineage, by=self.officer)

    def _twins(self, goals: list[BoardGoal]) -> Iterator[tuple[BoardGoal, BoardGoal]]:
        """The same goal from another of the boards that merged, not yet sorted."""
        known = {(goal.board_id, goal.year, goal.focus_area_id): goal for goal in goals}
        for (board, year), predecessors in self._predecessors().items():
            mine = [goal for goal in goals if (goal.board_id, goal.year) == (board, year)]
            for goal in mine[:TWICE]:
                area = goal.focus_area_id
                there = [each for before in predecessors if (each := known.get((before, year, area)))]
                if len(there) > 1:
                    other = there[(area + 1) % len(there)]
                    other.text = there[area % len(there)].text + ON_EVERY_UNIT
                    facts = {"focus_area": goal.focus_area, "text": other.text, "is_sorted": False}
                    yield BoardGoal(board=goal.board, year=year, **facts), other

    def _lineage(self, goals: list[BoardGoal]) -> Iterator[tuple[BoardGoal | Activity, BoardGoal | Activity]]:
        """Most goals and many activities go on from the year before, and a new board begins with what it inherits."""
        known = {(goal.board_id, goal.year, goal.focus_area_id): goal for goal in goals}
        inherits = self._predecessors()
        for goal in goals:
            year, area = goal.year, goal.focus_area_id
            before = known.get((goal.board_id, year - 1, area))
            came_from = [known.get((board, year, area)) for board in inherits.get((goal.board_id, year), [])]
            if before is None and (there := [each for each in came_from if each]):
                before = there[area % len(there)]
                goal.text = before.text
            if before and before.text == goal.text:
                yield goal, before
                yield from self._going_on(goal, before)

    def _going_on(self, goal: BoardGoal, before: BoardGoal) -> Iterator[tuple[Activity, Activity]]:
        old = {each.what: each for each in self.plans[before.board_id, before.year] if each.goal is before}
        for activity in self.plans[goal.board_id, goal.year]:
            if activity.goal is goal and activity.what in old:
                yield activity, old[activity.what]

    @staticmethod
    def _predecessors() -> dict[tuple[int, int], list[int]]:
        """By board and the year it began."""
        found: dict[tuple[int, int], list[int]] = {}
        for row in Succession.objects.order_by("pk"):
            found.setdefault((row.successor_id, row.on.year), []).append(row.predecessor_id)
        return found

    def _of(self, board: Board) -> list[int]:
        """A board that has gone on as another planned the years it began."""
        return [y for y in self.years if board.holds(date(y, 1, 15)) or board.holds(date(y, 12, 15))]

    def _goals(
        self, board: Board, year: int, turn: int, areas: list[FocusArea]
    ) -> Iterator[tuple[BoardGoal, list[Activity]]]:
        for number, area in enumerate(areas):
            if self.chance.random() < GAP:
                continue
            wordings, acts = GOALS[number % len(GOALS)], ACTIVITIES[number % len(ACTIVITIES)]
            goal = BoardGoal(board=board, year=year, focus_area=area, text=wordings[turn % len(wordings)])
            many = 1 + (number + turn + year) % 2
            yield goal, [Activity(goal=goal, what=acts[(turn + n) % len(acts)]) for n in range(many)]

    def follow_up(self, year: int, kind: str) -> None:
        due = due_day(year, kind)
        opens_on = due - OPEN_FOR
        if opens_on > self.today:
            return
        asked = Round.objects.create(year=year, kind=kind, opens_on=opens_on, due_on=due)
        for board in Board.objects.on(due).bound().order_by("code"):
            report = FollowUp(round=asked, board=board, state=self._state(due))
            self.reports.append(report)
            if report.state != "oppen":
                report.filed_on = self._filed_on(due)
                self.answers += [self._answer(report, each) for each in self.plans.get((board.pk, year), [])]
                self.steps += self._steps(report)
                self.values += self._values(board, year, kind)
                if asked.asks_for_situation:
                    self.situations.append(self._situation(report))

    def _values(self, board: Board, year: int, kind: str) -> Iterator[IndicatorValue]:
        """The share grows through the year and rarely comes all the way."""
        part = {"t1": 3, "t2": 6, "vb": 9}[kind]
        for indicator in self.indicators.get((board.pk, year), []):
            value = min(100, part * 10 + self.chance.randint(-15, 10))
            yield IndicatorValue(indicator=indicator, kind=kind, value=value)

    def _situation(self, report: FollowUp) -> Situation:
        pick = self.chance.choice
        return Situation(
            follow_up=report,
            risks=pick(RISKS),
            accidents=self.chance.randint(0, 14),
            accidents_text=pick(ACCIDENTS),
            threats=self.chance.randint(0, 9),
            threats_text=pick(THREATS),
            ahead=pick(AHEAD),
            answered_at=moment(report.filed_on or self.today),
        )

    def hand_over(self) -> None:
        """The last two years were handed to the steering system; some have added something since."""
        settled = [each for each in self.reports if each.state in FollowUp.SETTLED]
        recent = [each for each in settled if each.round.year >= self.today.year - 1]
        load_hand_overs([self._handed(each) for each in recent], by=self.officer)
        latest = max((each.round.due_on for each in recent), default=None)
        added = [each for each in recent if each.round.due_on == latest][::EVERY_ADDED]
        for report in added:
            if answer := report.answers.first():
                report.supplement(by=self.officer, text=SUPPLEMENT, answer=answer)

    def _handed(self, report: FollowUp) -> HandOver:
        day = min((report.filed_on or self.today) + timedelta(days=HANDED_OVER_AFTER), self.today)
        return HandOver(follow_up=report, edition=1, way="fil", at=moment(day), **as_it_is(report))

    def _state(self, due: date) -> str:
        if self.chance.randrange(EVERY_SILENT) == 0:
            return "oppen"
        if due > self.today:
            return self.chance.choice(("oppen", "oppen", "inlamnad"))
        if (self.today - due).days < SETTLED_AFTER:
            return self.chance.choice(("inlamnad", "granskas", "godkand", "godkand", "oppen"))
        return "last"

    def _filed_on(self, due: date) -> date:
        late = self.chance.random() < LATE
        day = workday(due + timedelta(days=5 if late else -self.chance.randint(3, 12)))
        return min(day, self.today)

    def _answer(self, report: FollowUp, activity: Activity) -> Answer:
        weights = (6, 2, 4 if report.round.kind == "vb" else 1, 0.3)
        status = self.chance.choices(list(SAID), weights=weights)[0]
        return Answer(
            follow_up=report,
            activity=activity,
            asked=activity.what,
            status=status,
            text=self.chance.choice(SAID[status]),
            answered_at=moment(report.filed_on or self.today),
        )

    def _steps(self, report: FollowUp) -> Iterator[FollowUpStep]:
        before = "oppen"
        for after, later in WAY:
            day = min((report.filed_on or self.today) + timedelta(days=later), self.today)
            by = self.officer if later > 0 else None
            yield FollowUpStep(follow_up=report, before=before, after=after, by=by, at=moment(day))
            if after == report.state:
                return
            before = after


def load(town: Town, today: date, chance: Random) -> None:
    story = Story(today, chance, town.the("kommunstyrelsen", "slk_handlaggare"))
    story.plan()
    for year in story.years:
        for kind in Round.Kind.values:
            story.follow_up(year, kind)
    load_follow_ups(
        story.reports,
        story.answers,
        story.steps,
        situations=story.situations,
        values=story.values,
        by=story.officer,
    )
    story.hand_over()
