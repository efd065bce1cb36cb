"""Pictures of numbers, made on the server as HTML and SVG that a page and a pdf share.

A picture shows nothing that its table does not say. Colours stand as attributes because a pdf does not carry
the page's style sheet into an SVG; a test holds them to the tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format

FILLS = {
    "met": "#12536B",
    "partly": "#8FC1D4",
    "missed": "#C8602A",
    "unknown": "#FFFFFF",
    "amount": "#2F7691",
}
# Steps of the one blue that amounts are shown in; 0 stands for what has not been counted.
STEPS = 5
# Between two parts of a bar, in percent of its width, so that neighbours need not differ in darkness.
GAP = 0.4


class UnfoundedError(ValueError):
    """A picture without a title, what it measures, a source or its table."""


@dataclass(frozen=True)
class NumberTable:
    """The same numbers as the picture, for whoever reads rather than looks."""

    headings: Sequence[Any]
    rows: Sequence[Sequence[Any]]
    # What the picture shows is words and days, not amounts.
    is_words: bool = False

    def __bool__(self) -> bool:
        return bool(self.headings and self.rows)


def demand(**parts: Any) -> None:
    missing = [name for name, value in parts.items() if not value]
    if missing:
        raise UnfoundedError(f"A figure cannot be shown without its {', '.join(missing)}")


@dataclass(frozen=True)
class Part:
    label: Any
    amount: int
    kind: str
    start: float = 0
    width: float = 0

    @property
    def fill(self) -> str:
        return FILLS[self.kind]

    @property
    def x(self) -> str:
        return f"{self.start:.2f}%"

    @property
    def wide(self) -> str:
        return f"{self.width:.2f}%"


@dataclass(frozen=True)
class StackedBar:
    """One whole, divided: how many goals are met, partly met, missed and not yet judged."""

    key: str
    parts: Sequence[Part]

    @property
    def drawn(self) -> list[Part]:
        """The parts that are there, each as wide as its share of what the gaps leave."""
        present = [part for part in self.parts if part.amount > 0]
        total, room = sum(part.amount for part in present), 100 - GAP * (len(present) - 1)
        laid: list[Part] = []
        for part in present:
            start = laid[-1].start + laid[-1].width + GAP if laid else 0.0
            laid.append(Part(part.label, part.amount, part.kind, start, room * part.amount / total))
        return laid

    @property
    def in_words(self) -> str:
        return ", ".join(f"{part.label} {written(part.amount)}" for part in self.parts)


@dataclass(frozen=True)
class Row:
    label: Any
    amount: int
    url: str = ""


@dataclass(frozen=True)
class Bars:
    """Amounts side by side, from zero, the longest as wide as there is room."""

    rows: Sequence[Row]

    @property
    def drawn(self) -> list[tuple[Row, str]]:
        most = max((row.amount for row in self.rows), default=0) or 1
        return [(row, f"{100 * row.amount / most:.2f}%") for row in self.rows]


@dataclass(frozen=True)
class Tile:
    """A district as one of equal squares; `amount` is None where nothing has been counted."""

    name: str
    column: int
    row: int
    amount: int | None = None
    url: str = ""
    note: Any = ""
    step: int = 0


@dataclass(frozen=True)
class TileGrid:
    tiles: Sequence[Tile]

    @property
    def columns(self) -> int:
        return max((tile.column for tile in self.tiles), default=1)

    @property
    def drawn(self) -> list[Tile]:
        """In the order given, which is alphabetical, each with its step of blue counted from zero."""
        most = max((tile.amount or 0 for tile in self.tiles), default=0)
        return [
            Tile(t.name, t.column, t.row, t.amount, t.url, t.note, step(t.amount, most)) for t in self.tiles
        ]


def step(amount: int | None, most: int) -> int:
    """Few things are pale however they compare; only real amounts reach the darkest blue."""
    if amount is None:
        return 0
    return 1 + amount if most < STEPS else min(STEPS, 1 + amount * STEPS // most)


def written(number: int) -> str:
    """With the thin space or comma of the reader's language."""
    return number_format(number, use_l10n=True, force_grouping=True)
