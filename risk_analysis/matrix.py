"""The matrix as rows for a page: the highest consequence on top, the level in words in every cell."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from boards.bilingual import word_in_readers_language as in_words

from .levels import NAMES, STEPS
from .models import MethodVersion


@dataclass(frozen=True)
class Cell:
    likelihood: int
    consequence: int
    level: int
    # What lies in the cell, where the matrix is of somebody's risks.
    risks: list[Any] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(NAMES[self.level])

    @property
    def number(self) -> int:
        return len(self.risks)


@dataclass(frozen=True)
class Step:
    number: int
    word: str
    meaning: str


def steps(scale: list[dict[str, str]]) -> list[Step]:
    return [Step(n, in_words(word, "word"), in_words(word, "meaning")) for n, word in enumerate(scale, 1)]


def rows(method: MethodVersion, risks: Iterable[Any] = ()) -> list[tuple[Step, list[Cell]]]:
    """With the risks in their cells, if they are given; one that is not assessed lies in none."""
    lying = defaultdict(list)
    for risk in risks:
        lying[risk.likelihood, risk.consequence].append(risk)
    return [
        (step, [_cell(method, likelihood, step.number, lying) for likelihood in STEPS])
        for step in _from_the_top(method)
    ]


def _from_the_top(method: MethodVersion) -> list[Step]:
    return list(reversed(steps(method.consequences)))


def _cell(method: MethodVersion, likelihood: int, consequence: int, lying: dict[Any, list[Any]]) -> Cell:
    level = method.level(likelihood, consequence)
    return Cell(likelihood, consequence, level, lying[likelihood, consequence])


def placed(method: MethodVersion, risk: Any) -> dict[str, Any]:
    """The matrix beside a risk's form, with the risk in its cell if it has one."""
    return {
        "matrix": rows(method, [risk] if risk else ()),
        "likelihoods": steps(method.likelihoods),
        "is_one": True,
    }
