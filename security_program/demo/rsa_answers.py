"""What others say of the invented analyses: providers, the city office, colleagues and heads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from risk_analysis.loading import History
from risk_analysis.models import (
    Acceptance,
    Commitment,
    Considered,
    DependencyAnswer,
    Remark,
    Risk,
    Rsa,
    RsaComment,
    RsaStep,
)

from . import rsa_words as words
from .clock import moment
from .people import Town
from .rsa_story import Story

if TYPE_CHECKING:
    from .analyses import Telling

State = DependencyAnswer.State
ACCEPTED_AT = "fastighetsnamnden"
# Of those who are asked in the round under way; those of earlier rounds have answered.
UNANSWERED, REJECTED = 0.3, 0.08


def remarks(step: RsaStep, story: Story, *, answered: bool) -> Iterator[Remark]:
    """One about why a risk is judged so, one about what is done; the first of them is answered at once."""
    risk = story.lines[0].lines["risks"][0]
    for number, (field, text, reply) in enumerate(words.REMARKS):
        replies = answered or number == 0
        yield Remark(
            step=step,
            part="risker",
            thread=risk.thread,
            field=field if field == "why" else "",
            about=risk.facts["title"][:200],
            text=text,
            reply=reply if replies else "",
            replied_by=story.coordinator if replies else None,
        )


def accept_one(history: History, town: Town) -> None:
    """A head accepts the gravest risk for a while, instead of a measure."""
    risks = [risk for risk in history.rows[Risk] if risk.rsa.board.code == ACCEPTED_AT]
    rsa = risks[-1].rsa
    gravest = max(
        (risk for risk in risks if risk.rsa is rsa), key=lambda risk: (risk.consequence, risk.likelihood)
    )
    at: Any = rsa.submitted_at
    history.add(
        Acceptance(
            risk=gravest,
            by=town.the(ACCEPTED_AT, "forvaltningschef"),
            why=words.ACCEPTED,
            until=at.date() + timedelta(days=300),
            at=at,
        )
    )


def answers(telling: Telling) -> Iterator[DependencyAnswer]:
    """Each that is relied on is asked; most confirm with one of their own commitments and a time."""
    mine = _commitments(telling)
    for story in telling.stories.values():
        for dependency, title in story.theirs:
            if dependency.rsa.is_submitted:
                yield _answer(telling, dependency, title, mine)


def _commitments(telling: Telling) -> dict[tuple[int, str, str], Commitment]:
    """Those that are in force, by round, organisation and title."""
    return {
        (row.rsa.cycle_id, row.rsa.board.code, row.title): row
        for row in telling.history.rows[Commitment]
        if row.rsa.state in Rsa.IN_FORCE and row.rsa.unit is None
    }


def _answer(telling: Telling, dependency: Any, title: str, mine: Any) -> DependencyAnswer:
    last, provider = telling.rounds[-1], dependency.provider
    dice = telling.chance.random()
    if dependency.rsa.cycle == last and dice < UNANSWERED:
        return DependencyAnswer(dependency=dependency)
    at = moment(min(dependency.rsa.submitted_at.date() + timedelta(days=12), telling.today), 45)
    head = telling.town.the(provider.code, "sakerhetssamordnare")
    if dice > 1 - REJECTED:
        return DependencyAnswer(
            dependency=dependency, state=State.REJECTED, comment=words.REJECTED, by=head, at=at
        )
    rounds = [dependency.rsa.cycle, *reversed(telling.rounds)]
    theirs = next((mine[key] for cycle in rounds if (key := (cycle.pk, provider.code, title)) in mine), None)
    return DependencyAnswer(
        dependency=dependency,
        state=State.CONFIRMED,
        commitment=theirs,
        # Some promise less than is counted on, which is what the city has to see.
        promised_hours=theirs.tolerable_outage if theirs else 24,
        comment=words.CONFIRMED[int(dice * 100) % len(words.CONFIRMED)],
        by=head,
        at=at,
    )


def comments(telling: Telling) -> Iterator[RsaComment]:
    """In Bromma's draft, where somebody looks around first."""
    draft = telling.told[len(telling.rounds) - 1]["bromma_sdn"]
    risks = [risk for risk in telling.history.rows[Risk] if risk.rsa is draft]
    manager = telling.town.the("bromma_sdn", "informationssakerhetssamordnare")
    for number, (risk, text) in enumerate(zip(risks, words.COMMENTS, strict=False)):
        at = moment(telling.today - timedelta(days=9 - number), 70 + number)
        yield RsaComment(rsa=draft, thread=risk.thread, text=text, by=manager, at=at)


def say_what_is_not_relevant(history: History) -> None:
    kinds: dict[int, set[str]] = {id(rsa): set() for rsa in history.analyses}
    for risk in history.rows[Risk]:
        kinds[id(risk.rsa)].add(risk.kind)
    accidents = {"olycka_brand", "natur_klimat", "teknik"}
    for rsa in history.analyses:
        if not kinds[id(rsa)] & accidents:
            history.add(Considered(rsa=rsa, what="olyckor", reason=words.NO_ACCIDENTS))
        if "hot_vald" not in kinds[id(rsa)]:
            history.add(Considered(rsa=rsa, what="hot_vald", reason=words.NO_VIOLENCE))


def number(analyses: list[Rsa]) -> None:
    """Ours in the order they came; the registries' own, where the registrar has entered one."""
    given: dict[int, int] = {}
    handed_in: list[Any] = [rsa for rsa in analyses if rsa.submitted_at]
    for rsa in sorted(handed_in, key=lambda each: (each.submitted_at, each.board.code)):
        year = rsa.cycle.year
        count = given[year] = given.get(year, 0) + 1
        rsa.reference = f"RSA-{year}-{count:04}"
        if rsa.state != Rsa.State.SUBMITTED:
            rsa.sender_number = f"{year}/{100 + count * 7}"
            rsa.receiver_number = f"KS {year}/{1200 + count * 3}"
