"""What the method says of each part: a hint, a good example and a bad one."""

from dataclasses import dataclass

from boards.bilingual import word_in_readers_language as in_words

from .models import MethodVersion


@dataclass(frozen=True)
class Guidance:
    hint: str
    good: str
    bad: str


def guidance(method: MethodVersion, part: str) -> Guidance | None:
    said = method.guidance.get(part)
    return Guidance(*(in_words(said, name) for name in ("hint", "good", "bad"))) if said else None
