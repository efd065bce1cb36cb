"""The matrix as rows for a page: the highest consequence on top, the level in words in every cell."""

from dataclasses import dataclass

from boards.bilingual import word_in_readers_language as in_words

from .levels import NAMES, STEPS
from .models import MethodVersion


@dataclass(frozen=True)
class Cell:
    likelihood: int
    consequence: int
    level: int

    @property
    def name(self) -> str:
        return str(NAMES[self.level])


@dataclass(frozen=True)
class Step:
    number: int
    word: str
    meaning: str


def steps(scale: list[dict[str, str]]) -> list[Step]:
    return [Step(n, in_words(word, "word"), in_words(word, "meaning")) for n, word in enumerate(scale, 1)]


def rows(method: MethodVersion) -> list[tuple[Step, list[Cell]]]:
    return [
        (step, [Cell(likelihood, step.number, method.level(likelihood, step.number)) for likelihood in STEPS])
        for step in reversed(steps(method.consequences))
    ]
