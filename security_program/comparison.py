"""Two versions of the programme side by side: what became of each focus area, and of each paragraph."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from .models import Descent, FocusArea, Paragraph, Programme

# Comparing word by word costs the product of the lengths; a paragraph is seldom longer than this.
MOST_WORDS = 600


@dataclass(frozen=True)
class Became:
    """An area of the older version and one thing it led to. Without `before` it is new, without `after` gone."""

    kind: str
    before: FocusArea | None
    after: FocusArea | None
    lines: tuple[Descent, ...] = ()

    @property
    def word(self) -> str:
        return str(Descent.Kind(self.kind).label)

    @property
    def elsewhere(self) -> str:
        return self.lines[-1].elsewhere if self.lines else ""

    @property
    def about(self) -> str:
        return self.lines[-1].about if self.lines else ""

    @property
    def explanations(self) -> list[str]:
        return [line.explanation for line in self.lines if line.explanation]

    @property
    def is_our_reading(self) -> bool:
        return any(line.is_our_reading for line in self.lines)


@dataclass(frozen=True)
class Piece:
    text: str
    is_changed: bool = False


@dataclass(frozen=True)
class Pair:
    """A paragraph on each side, as pieces that are the same or not; either side may lack it."""

    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return bool(self.before) and self.before == self.after


@dataclass(frozen=True)
class Comparison:
    older: Programme
    newer: Programme
    areas: list[Became]
    pairs: list[Pair]

    @property
    def counts(self) -> dict[str, int]:
        found: dict[str, int] = defaultdict(int)
        for row in self.areas:
            found[row.kind] += 1
        return dict(found)


def compare(one: Programme, other: Programme) -> Comparison:
    older, newer = sorted((one, other), key=lambda programme: programme.first_year)
    texts = (list(older.paragraphs.all()), list(newer.paragraphs.all()))
    pairs = list(_pairs(*texts)) if all(texts) else []
    return Comparison(older, newer, list(_areas(older, newer)), pairs)


def _areas(older: Programme, newer: Programme) -> Iterator[Became]:
    lines = list(Descent.objects.select_related("before__programme", "after__programme", "goal"))
    onward: dict[int | None, list[Descent]] = defaultdict(list)
    for line in lines:
        onward[line.before_id].append(line)
    reached = set()
    for area in older.focus_areas.all():
        for became in _follow(area, area, newer, onward):
            reached.add(became.after and became.after.pk)
            yield became
    for area in newer.focus_areas.all():
        if area.pk not in reached:
            yield Became(Descent.Kind.NEW, None, area)


def _follow(
    start: FocusArea,
    here: FocusArea,
    newer: Programme,
    onward: dict[int | None, list[Descent]],
    way: tuple[Descent, ...] = (),
) -> Iterator[Became]:
    """From version to version until the newer one, or until the subject leaves the programme."""
    for line in onward[here.pk]:
        gone = (*way, line)
        if line.after is None:
            yield Became(line.kind, start, None, gone)
        elif line.after.programme_id == newer.pk:
            kept = all(step.kind == Descent.Kind.KEPT for step in gone)
            yield Became(Descent.Kind.KEPT if kept else Descent.Kind.CHANGED, start, line.after, gone)
        else:
            yield from _follow(start, line.after, newer, onward, gone)


def _pairs(before: list[Paragraph], after: list[Paragraph]) -> Iterator[Pair]:
    old, new = [one.text for one in before], [one.text for one in after]
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (Pair(same, same) for text in old[i:j] for same in [(Piece(text),)])
        else:
            yield from (_pair(*sides) for sides in zip_longest(old[i:j], new[k:m], fillvalue=""))


def _pair(before: str, after: str) -> Pair:
    old, new = before.split(), after.split()
    if not (old and new) or max(len(old), len(new)) > MOST_WORDS:
        return Pair(_whole(before), _whole(after))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return Pair(
        tuple(Piece(" ".join(old[i:j]), tag != "equal") for tag, i, j, _k, _m in steps if i < j),
        tuple(Piece(" ".join(new[k:m]), tag != "equal") for tag, _i, _j, k, m in steps if k < m),
    )


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, is_changed=True),) if text else ()
