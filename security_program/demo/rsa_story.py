"""One organisation's analyses as they are told year after year: the same rows, which change, come and go."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid5

from boards.models import Board, User
from risk_analysis import starting_lists
from risk_analysis.levels import HIGH
from risk_analysis.loading import History
from risk_analysis.models import (
    Commitment,
    ContinuityPlan,
    Dependency,
    Measure,
    Risk,
    Rsa,
    Supplier,
    Vulnerability,
)

from . import rsa_words as words
from .rsa_lines import Line

OWN = Path(__file__).parent / "own_commitments.json"
SEED = "rsa"
# One in so many changes its level somewhere on the way, came later than the first year, or has gone.
MOVES, COMES, GOES = 0.4, 0.12, 0.05
PLANNED, WEAKNESSES = 0.62, 0.5


@cache
def own() -> dict[str, list[dict[str, Any]]]:
    return json.loads(OWN.read_text(encoding="utf-8"))


@dataclass
class Story:
    """All that one organisation tells; a board that others have gone on as tells the first one's story on."""

    board: Board
    coordinator: User
    people: list[User]
    years: int
    boards: dict[str, Board]
    today: date
    lines: list[Line] = field(default_factory=list)
    suppliers: dict[str, UUID] = field(default_factory=dict)
    # What a dependency means of the other's, for whoever answers about it.
    theirs: list[tuple[Dependency, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(f"{SEED}{self.board.code}")
        said = [*own().get(self.board.code, []), *starting_lists.for_board(self.board)]
        self.lines = [self._commitment(each) for each in said]
        self.suppliers = {key: self._thread() for key in words.SUPPLIERS}

    def _thread(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def _line(self, facts: dict[str, Any], *, whole: bool = False) -> Line:
        chance, late = self.chance, range(1, max(2, self.years))
        moves, comes, goes = (chance.random() < share for share in (MOVES, COMES, GOES))
        return Line(
            self._thread(),
            facts,
            first=chance.choice(late) if comes and not whole else 0,
            last=chance.choice(late) if goes and not comes and not whole else 99,
            turn=chance.choice(late) if moves else 99,
            by=chance.choice((-1, -1, 1)),
            dice=chance.random(),
            pick=chance.randrange(100),
        )

    def _commitment(self, facts: dict[str, Any]) -> Line:
        line = self._line(facts, whole=True)
        line.lines = {
            "risks": [self._risk(each) for each in facts["risks"]],
            "dependencies": [self._dependency(each) for each in facts["dependencies"]],
        }
        return line

    def _risk(self, facts: dict[str, Any]) -> Line:
        line = self._line(facts)
        line.lines = {name: [self._line(facts, whole=True)] for name in ("weak", "measure")}
        return line

    def _dependency(self, facts: dict[str, Any]) -> Line:
        line = self._line(facts, whole=True)
        line.lines = {"plan": [self._line(facts, whole=True)], "measure": [self._line(facts, whole=True)]}
        return line

    def tell(self, history: History, rsa: Rsa, year: int, *, confirmed: float = 1.0) -> None:
        """The rows of one year. Where it is still being written, so large a share of them is confirmed."""
        _Telling(self, history, rsa, year, confirmed).tell()


@dataclass
class _Telling:
    story: Story
    history: History
    rsa: Rsa
    year: int
    confirmed: float
    suppliers: dict[str, Supplier] = field(default_factory=dict)

    def tell(self) -> None:
        for line in self.story.lines:
            commitment = self._commitment(line)
            for risk in line.lines["risks"]:
                if risk.holds(self.year):
                    self._risk(risk, commitment)
            for dependency in line.lines["dependencies"]:
                self._dependency(dependency, commitment)

    def _add(self, row: Any) -> Any:
        self.history.add(row)
        return row

    def _common(self, line: Line) -> dict[str, Any]:
        return {"rsa": self.rsa, "thread": line.thread, "is_confirmed": self._is_confirmed(line)}

    def _is_confirmed(self, line: Line) -> bool:
        return line.dice < self.confirmed or line.first == self.year

    def _of(self, line: Line) -> int:
        """What nobody has confirmed yet this year reads as it did the year before."""
        return self.year if self._is_confirmed(line) else self.year - 1

    def _opened_on(self, year: int) -> date:
        opened_on = self.rsa.cycle.opens_on
        return opened_on.replace(year=opened_on.year - self.year + year)

    def _commitment(self, line: Line) -> Commitment:
        facts = line.facts
        external = facts.get("external", False)
        return self._add(
            Commitment(
                **self._common(line),
                title=facts["title"],
                legal_basis=facts.get("legal_basis", ""),
                **dict(zip(Commitment.VALUES, facts["values"], strict=True)),
                is_societal="societal" in facts,
                societal_why=facts.get("societal", ""),
                tolerable_outage=facts["outage"],
                least_level=facts.get("least_level", ""),
                is_external=external,
                contract=words.CONTRACTS[line.pick % len(words.CONTRACTS)] if external else "",
                demanded_security=words.DEMANDED if external else "",
            )
        )

    def _risk(self, line: Line, commitment: Commitment) -> None:
        facts = line.facts
        likely, grave, worst = facts["usual"]
        risk = self._add(
            Risk(
                **self._common(line),
                commitment=commitment,
                title=facts["title"],
                kind=facts["kind"],
                cause=facts.get("cause", ""),
                likelihood=min(5, max(1, likely + line.moved(self._of(line)))),
                consequence=grave,
                worst_value=worst,
                why=facts["why"],
                intent=facts.get("intent", ""),
                in_the_area=facts.get("in_the_area", False),
                uncertainty=("lag", "medel", "hog")[line.pick % 3],
                trend=_trend(line, self._of(line)),
            )
        )
        if line.lines["weak"][0].dice < WEAKNESSES:
            weak = line.lines["weak"][0]
            text = _one_of(words.WEAK[facts["kind"]], weak)
            self._add(Vulnerability(**self._common(weak), text=text, risk=risk, severity=1 + weak.pick % 4))
        if self.rsa.method.level(risk.likelihood, risk.consequence) >= HIGH:
            self._measure(line.lines["measure"][0], _one_of(words.MEASURES[facts["kind"]], line), risk=risk)

    def _measure(
        self, line: Line, text: str, *, risk: Risk | None = None, dependency: Dependency | None = None
    ) -> None:
        """Decided the first year, under way the next, done the year after; then there is a new one in its place."""
        year = self._of(line)
        turn, age = divmod(year + line.pick, 3)
        common = {**self._common(line), "thread": uuid5(line.thread, str(turn))}
        due = self._opened_on(year - age) + timedelta(days=300 + line.pick * 3)
        measure = self._add(
            Measure(
                **common,
                text=text,
                dependency=dependency,
                responsible=self.story.people[line.pick % len(self.story.people)],
                due_on=due,
                status=("beslutad", "pagar", "klar")[age],
                cost=(50 + line.pick * 10) * 1000 if line.pick % 3 else None,
                funding="Ryms i budgeten" if line.pick % 3 else "",
                in_internal_control=line.pick % 5 == 0,
                in_the_plan=line.pick % 4 != 0,
            )
        )
        if risk:
            measure.effect_likelihood = max(1, (risk.likelihood or 2) - 1)
            measure.effect_consequence = risk.consequence
            self.history.about.append((measure, risk))

    def _dependency(self, line: Line, commitment: Commitment) -> None:
        facts = line.facts
        provider = self.story.boards.get(facts.get("provider", ""))
        delivers = words.DELIVERED_BY.get(facts["name"], "") if provider is None else ""
        dependency = Dependency(
            **self._common(line),
            commitment=commitment,
            kind=facts["kind"],
            name=facts["name"],
            provider=provider if provider != self.rsa.board else None,
            supplier=self._supplier(delivers) if delivers else None,
            tolerance_hours=max(
                1, facts["hours"] + (line.moved(self._of(line)) if facts["hours"] > 4 else 0)
            ),
            substitute=facts["substitute"],
        )
        self._add(dependency)
        if dependency.provider:
            self.story.theirs.append((dependency, facts["theirs"]))
        if facts["substitute"] == "finns":
            return
        if line.dice < PLANNED:
            self._plan(line.lines["plan"][0], dependency)
        else:
            self._measure(
                line.lines["measure"][0], words.MAKE_A_PLAN.format(facts["name"]), dependency=dependency
            )

    def _plan(self, line: Line, dependency: Dependency) -> None:
        title, trigger, routine, resources, hours = words.PLANS[dependency.kind]
        # Some are looked through each year, some lie for three.
        year = self._of(line)
        decided = self._opened_on(year - year % (1 + line.pick % 3)) - timedelta(days=40 + line.pick)
        tested = decided + timedelta(days=90) if line.pick % 2 else None
        self._add(
            ContinuityPlan(
                **self._common(line),
                dependency=dependency,
                title=title,
                trigger=trigger,
                routine=routine,
                resources=resources,
                endurance_hours=hours,
                responsible=self.story.coordinator,
                decided_on=decided,
                tested_on=tested,
            )
        )

    def _supplier(self, key: str) -> Supplier:
        if key not in self.suppliers:
            name, number, delivers = words.SUPPLIERS[key]
            self.suppliers[key] = Supplier(
                rsa=self.rsa,
                thread=self.story.suppliers[key],
                name=name,
                organisation_number=number,
                delivers=delivers,
            )
            self._add(self.suppliers[key])
        return self.suppliers[key]


def _one_of(texts: tuple[str, ...], line: Line) -> str:
    return texts[line.pick % len(texts)]


def _trend(line: Line, year: int) -> str:
    if year < line.turn:
        return "oforandrad"
    return "okar" if line.by > 0 else "minskar"
