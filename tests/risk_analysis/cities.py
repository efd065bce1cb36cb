"""A city for the tests: several organisations' analyses in two rounds, in every state, with risks all over the matrix."""

from __future__ import annotations

import random
from dataclasses import dataclass

from django.utils import timezone

from boards.days import today
from boards.models import Board
from risk_analysis.counted import City
from risk_analysis.models import Commitment, Risk, Rsa, RsaCycle
from tests.conftest import Cast

from . import analyses

STATES = tuple(Rsa.State.values)


@dataclass
class Rounds:
    before: RsaCycle
    now: RsaCycle


def two_rounds(cast: Cast) -> Rounds:
    year = today().year
    return Rounds(analyses.a_round(cast, year - 1), analyses.a_round(cast, year))


def analysis(cycle: RsaCycle, board: Board, state: str = "inlamnad") -> Rsa:
    number = Rsa.objects.count()
    facts = (
        {}
        if state in Rsa.CHART["utkast"] or state in ("utkast", "faststalld")
        else {
            "submitted_at": timezone.now(),
            "reference": f"RSA-{number}",
        }
    )
    return Rsa.objects.create(
        cycle=cycle, board=board, slug=board.slug, method=cycle.method, state=state, **facts
    )


def risk(rsa: Rsa, likelihood: int = 4, consequence: int = 4, **facts: object) -> Risk:
    care = Commitment.objects.filter(rsa=rsa).first() or Commitment.objects.create(rsa=rsa, title="Hemtjänst")
    said = {"title": f"Risk {Risk.objects.count()}", "kind": Risk.Kind.NATURE, "worst_value": 1, **facts}
    level = rsa.method.level(likelihood, consequence)
    return Risk.objects.create(
        rsa=rsa, commitment=care, likelihood=likelihood, consequence=consequence, level=level, **said
    )


def anything(cast: Cast, seed: int) -> Rounds:
    """Organisations in all states, with risks by chance; the same for the same seed."""
    chance, rounds = random.Random(seed), two_rounds(cast)
    boards = list(Board.objects.bound().on().order_by("pk")[:14])
    for place, board in enumerate(boards):
        rsa = analysis(rounds.now, board, STATES[place % len(STATES)])
        for _each in range(chance.randrange(1, 6)):
            risk(
                rsa,
                chance.randint(1, 5),
                chance.randint(1, 5),
                kind=chance.choice(Risk.Kind.values),
                worst_value=chance.randint(1, 4),
                trend=chance.choice([*Risk.Trend.values, ""]),
            )
    return rounds


def seen_by(person: object, **asked: str) -> City:
    return City(person, asked, "/riskbilden/")
