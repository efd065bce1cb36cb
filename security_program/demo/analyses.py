"""Five invented years of risk and vulnerability analyses, the last round still under way, in every state there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from boards.models import Board, Succession, Unit, User
from risk_analysis.loading import History, load_analyses
from risk_analysis.models import (
    Capability,
    QuestionHandled,
    Reviewer,
    Rsa,
    RsaCycle,
    RsaStep,
)

from . import rsa_answers, rsa_rounds
from . import rsa_words as words
from .clock import moment
from .people import Town
from .rsa_story import SEED, Story

State = Rsa.State
# The way of an analysis, and how many days before or after it is handed in each step is taken.
WAY = (("hos_chef", -6), ("faststalld", -3), ("inlamnad", 0), ("granskas", 8), ("godkand", 20))
# How far each has come in the round under way; the others take turns.
LAST = {
    "bromma_sdn": State.DRAFT,
    "farsta_sdn": State.RETURNED,
    "jarva_sdn": State.WITH_CHIEF,
    "kungsholmen_sdn": State.RECALLED,
    "sodermalm_sdn": State.REPLACED,
    "skarholmen_sdn": State.FIXED,
    "stadsteatern": State.SUBMITTED,
    "stokab": State.APPROVED,
    "kyrkogardsnamnden": State.DRAFT,
    "s_t_erik_livforsakring": State.DRAFT,
    "bostadsformedlingen": State.WITH_CHIEF,
    "skarpnack_sdn": "",
    "overformyndarnamnden": "",
    "sga_fastigheter": "",
}
IN_TURN = (
    *(State.APPROVED, State.SUBMITTED, State.APPROVED),
    *(State.REVIEWED, State.APPROVED, State.SUBMITTED),
)
# Has never made one: it begins with the list of what is typical.
NEVER = ("s_t_erik_markutveckling",)
# The company's own board has not had it yet, so the city office waits.
AWAITS_ITS_BOARD = "stadsteatern"
EVERY_RETURNED, EVERY_SILENT = 11, 29
THEME = ("kommunstyrelsen", "stokab", "stockholm_vatten_och_avfall", "trafiknamnden", "micasa", "bromma_sdn")
CONFIRMED_SO_FAR = 0.55


@dataclass
class Telling:
    """What the years are told with, and all that has been told."""

    town: Town
    today: date
    rounds: list[RsaCycle]
    history: History = field(default_factory=History)
    stories: dict[str, Story] = field(default_factory=dict)
    # In each round what each organisation has written last, by code.
    told: dict[int, dict[str, Rsa]] = field(default_factory=dict)
    chance: Random = field(default_factory=lambda: Random(SEED))

    @property
    def officers(self) -> list[User]:
        return self.town.at("kommunstyrelsen", "slk_handlaggare")

    def officer(self, board: Board) -> User:
        return self.officers[sum(board.code.encode()) % len(self.officers)]

    def tell(self) -> None:
        before = _predecessors()
        for year, cycle in enumerate(self.rounds):
            for turn, board in enumerate(self._of(cycle)):
                if board.code not in NEVER:
                    self._tell(board, cycle, year, turn, before.get(board.code, []))

    def _of(self, cycle: RsaCycle) -> list[Board]:
        boards = [*self.town.bound(), *self.town.ended()]
        return sorted((each for each in boards if each.holds(cycle.due_on)), key=lambda board: board.code)

    def _story(self, board: Board, before: list[str]) -> Story:
        """A board that others have gone on as goes on with what the first of them wrote."""
        if board.code not in self.stories:
            heirs = [self.stories[code] for code in before if code in self.stories]
            story = Story(
                board=board,
                coordinator=self.town.the(board.code, "sakerhetssamordnare"),
                people=self._people(board),
                years=len(self.rounds),
                boards=self.town.boards,
                today=self.today,
            )
            if heirs:
                story.lines, story.suppliers = heirs[0].lines, heirs[0].suppliers
            self.stories[board.code] = story
        return self.stories[board.code]

    def _people(self, board: Board) -> list[User]:
        posts = ("sakerhetssamordnare", "chef", "informationssakerhetssamordnare")
        return [person for post in posts for person in self.town.at(board.code, post)]

    def _tell(self, board: Board, cycle: RsaCycle, year: int, turn: int, before: list[str]) -> None:
        is_last = cycle == self.rounds[-1]
        state = LAST.get(board.code, IN_TURN[turn % len(IN_TURN)]) if is_last else self._past(board)
        if not state:
            return
        story = self._story(board, before)
        rsa = self._analysis(story, cycle, state)
        confirmed = CONFIRMED_SO_FAR if state == State.DRAFT else 1.0
        story.tell(self.history, rsa, year, confirmed=confirmed)
        earlier = [
            one
            for code in (board.code, *before)
            if (one := self.told.get(year - 1, {}).get(code)) is not None
        ]
        own = [one for one in earlier if one.board == board]
        self._goes_on_from(rsa, own or earlier)
        self.told.setdefault(year, {})[board.code] = rsa
        if state in (State.RETURNED, State.RECALLED, State.REPLACED):
            self.told[year][board.code] = self._next_edition(story, rsa, year, own or earlier)

    def _past(self, board: Board) -> str:
        if self.chance.randrange(EVERY_SILENT) == 0 and board.code != "bromma_sdn":
            return ""
        return State.REPLACED if self.chance.randrange(EVERY_RETURNED) == 0 else State.APPROVED

    def _goes_on_from(self, rsa: Rsa, earlier: list[Rsa]) -> None:
        handed_in = (one for one in earlier if one.is_submitted)
        self.history.going_on += [(rsa, one) for one in handed_in]

    def _next_edition(self, story: Story, old: Rsa, year: int, earlier: list[Rsa]) -> Rsa:
        """A returned or recalled one goes on in a new edition; what has been replaced was approved in the end."""
        state = State.APPROVED if old.state == State.REPLACED else State.DRAFT
        rsa = self._analysis(story, old.cycle, state, edition=2)
        story.tell(self.history, rsa, year)
        self._goes_on_from(rsa, earlier)
        return rsa

    def _analysis(self, story: Story, cycle: RsaCycle, state: str, *, edition: int = 1) -> Rsa:
        board = story.board
        rsa = Rsa(
            cycle=cycle,
            board=board,
            slug=board.slug,
            edition=edition,
            method=cycle.method,
            profile=Rsa.Profile.LIGHT if board.is_small else Rsa.Profile.FULL,
            state=state,
            begun_by=story.coordinator,
            begun_at=moment(cycle.opens_on + timedelta(days=self.chance.randint(2, 30))),
        )
        self._way(rsa, story, self._handed_in_on(cycle, edition))
        self.history.analyses.append(rsa)
        self._belongings(rsa, story)
        return rsa

    def _handed_in_on(self, cycle: RsaCycle, edition: int) -> date:
        """In time, mostly; what is returned comes back within a month."""
        last = min(cycle.due_on - timedelta(days=26), self.today - timedelta(days=26))
        late = 32 if self.chance.random() < 0.1 and cycle != self.rounds[-1] else 0
        return last - timedelta(days=self.chance.randint(0, 25)) + timedelta(days=late + 22 * (edition - 1))

    def _way(self, rsa: Rsa, story: Story, day: date) -> None:
        reached = {name for name, _later in WAY}
        ends = {
            State.RETURNED: State.REVIEWED,
            State.RECALLED: State.SUBMITTED,
            State.REPLACED: State.REVIEWED,
        }
        goal, head = ends.get(rsa.state, rsa.state), self.town.the(rsa.board.code, "forvaltningschef")  # type: ignore[call-overload]
        if goal not in reached:
            return
        before = State.DRAFT.value
        who = {"hos_chef": story.coordinator, "faststalld": head, "inlamnad": story.coordinator}
        for after, later in WAY:
            at = moment(min(day + timedelta(days=later), self.today), rsa.board.pk % 300)
            by = who.get(after) or self.officer(rsa.board)
            self.history.steps.append(RsaStep(rsa=rsa, before=before, after=after, by=by, at=at))
            self._note(rsa, after, by, at)
            before = after
            if after == goal:
                break
        self._turn(rsa, before, story, day)

    def _note(self, rsa: Rsa, after: str, by: User, at: datetime) -> None:
        if after == State.WITH_CHIEF:
            rsa.sent_by = by
        elif after == State.FIXED:
            rsa.fixed_by = by
        elif after == State.SUBMITTED:
            rsa.submitted_at, rsa.submitted_by = at, by
            if rsa.board.is_company and rsa.board.code != AWAITS_ITS_BOARD:
                rsa.board_had_it_on = at.date()

    def _turn(self, rsa: Rsa, before: str, story: Story, day: date) -> None:
        """The office sends it back, or the board recalls it."""
        if rsa.state not in (State.RETURNED, State.RECALLED, State.REPLACED):
            return
        recalled = rsa.state == State.RECALLED
        step = RsaStep(
            rsa=rsa,
            before=before,
            after=State.RECALLED if recalled else State.RETURNED,
            by=story.coordinator if recalled else self.officer(rsa.board),
            comment=words.RECALLED if recalled else words.RETURNED,
            at=moment(min(day + timedelta(days=14), self.today), rsa.board.pk % 300),
        )
        self.history.steps.append(step)
        if not recalled:
            self.history.add(*rsa_answers.remarks(step, story, answered=rsa.state == State.REPLACED))

    def _belongings(self, rsa: Rsa, story: Story) -> None:
        if rsa.is_submitted or rsa.state != State.DRAFT:
            self.history.add(QuestionHandled(rsa=rsa, on=rsa.begun_at.date() + timedelta(days=9)))
        if not rsa.is_light:
            for place in range(1, len(rsa.method.capabilities) + 1):
                grade = words.GRADES[(story.board.pk + place) % len(words.GRADES)]
                self.history.add(Capability(rsa=rsa, place=place, grade=grade))


def _predecessors() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in Succession.objects.order_by("pk").values_list("successor__code", "predecessor__code"):
        found.setdefault(row[0], []).append(row[1])
    return found


def load(town: Town, today: date) -> None:
    telling = Telling(town, today, list(rsa_rounds.open_all(town, today)))
    telling.tell()
    _a_theme(telling)
    _a_unit(telling)
    rsa_answers.say_what_is_not_relevant(telling.history)
    rsa_answers.accept_one(telling.history, town)
    rsa_answers.number(telling.history.analyses)
    telling.history.add(*rsa_answers.answers(telling), *rsa_answers.comments(telling), *_reviewers(telling))
    load_analyses(telling.history, by=telling.officers[0])


def _a_theme(telling: Telling) -> None:
    """A few have also looked at one risk by itself."""
    opens_on = telling.today - timedelta(days=300)
    boards = [telling.town.boards[code] for code in THEME]
    cycle = RsaCycle.objects.open(
        by=telling.officers[0],
        boards=boards,
        slug=f"elavbrott-{opens_on.year}",
        name="Elavbrott längre än ett dygn",
        kind=RsaCycle.Kind.THEME,
        year=opens_on.year,
        opens_on=opens_on,
        due_on=opens_on + timedelta(days=90),
    )
    for board in boards:
        story = telling.stories[board.code]
        rsa = telling._analysis(story, cycle, State.APPROVED)
        whole, story.lines = story.lines, [line for line in story.lines if line.facts["values"][1] >= 4][:2]
        story.tell(telling.history, rsa, len(telling.rounds) - 2)
        story.lines = whole


def _a_unit(telling: Telling) -> None:
    """A unit below a board that writes an analysis of its own."""
    story = telling.stories["trafiknamnden"]
    unit = Unit.objects.filter(board=story.board).order_by("name").first()
    rsa = telling._analysis(story, telling.rounds[-1], State.APPROVED)
    rsa.unit = unit
    rsa.slug = f"{story.board.slug}-enhet-{unit.pk if unit else 0}"
    whole, story.lines = story.lines, story.lines[:1]
    story.tell(telling.history, rsa, len(telling.rounds) - 1)
    story.lines = whole


def _reviewers(telling: Telling) -> Iterator[Reviewer]:
    chief = telling.town.the("kommunstyrelsen", "slk_sakerhetschef")
    for board in telling.town.bound():
        person = telling.officer(board)
        yield Reviewer(person=person, board=board, assigned_by=chief, valid_from=telling.rounds[0].opens_on)
