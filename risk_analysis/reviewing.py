"""The city executive office's review: what has changed since last year first, and all remarks in one form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.forms import Form

from .comparison import Difference, Mark, as_handed_in, before, compare
from .models import Remark, Rsa
from .parts import PARTS, Part
from .written import FieldLine, Words, labels, name_of

# What has to be looked at comes before what is as it was.
ORDER = (Mark.NEW, Mark.CHANGED, Mark.REMOVED, Mark.SAME)
TAGS = {Mark.NEW: "ongoing", Mark.CHANGED: "action", Mark.REMOVED: "todo", Mark.SAME: "done"}
LONGEST = 2000


@dataclass(frozen=True)
class SeenRow:
    found: Difference
    name: str
    lines: list[FieldLine]
    part: Part
    remark: Any = None
    about: Any = None

    @property
    def tag(self) -> str:
        return TAGS[self.found.mark]

    @property
    def is_changed(self) -> bool:
        return self.found.mark is Mark.CHANGED

    @property
    def is_same(self) -> bool:
        return self.found.mark is Mark.SAME


@dataclass
class SeenPart:
    part: Part
    rows: list[SeenRow] = field(default_factory=list)
    remark: Any = None

    @property
    def moved(self) -> list[SeenRow]:
        return [row for row in self.rows if not row.is_same]

    @property
    def same(self) -> list[SeenRow]:
        return [row for row in self.rows if row.is_same]

    def count(self, mark: Mark) -> int:
        return sum(row.found.mark is mark for row in self.rows)

    @property
    def counts(self) -> list[tuple[Any, int]]:
        rows = {row.found.mark: row.found.word for row in self.rows}
        return [(rows[mark], self.count(mark)) for mark in ORDER if mark in rows]


class ReviewForm(Form):
    """One text for each part and each row, all of them empty until something is to be changed."""

    comment = forms.CharField(
        label=gettext_lazy("To the organisation"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Needed when you return the analysis. Say what has to be done, and by when."),
    )
    optional_goes_without_saying = True

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.review = review
        for part in PARTS:
            self.fields[f"del-{part.slug}"] = _remark(_("Remark on %(part)s") % {"part": part.title})
        for seen in review.rows:
            self._add(seen)

    def _add(self, seen: SeenRow) -> None:
        key = seen.found.thread
        self.fields[f"rad-{key}"] = _remark(_("Remark on %(row)s") % {"row": seen.name})
        choices = [("", _("The whole")), *labels(seen.part)]
        self.fields[f"falt-{key}"] = forms.ChoiceField(label=_("Is about"), choices=choices, required=False)

    @property
    def remarks(self) -> list[Remark]:
        said = self.cleaned_data
        parts = [
            Remark(part=part.slug, about=str(part.title), text=text)
            for part in PARTS
            if (text := said[f"del-{part.slug}"].strip())
        ]
        rows = [
            Remark(
                part=seen.part.slug,
                thread=seen.found.thread,
                field=said[f"falt-{seen.found.thread}"],
                about=seen.name[:200],
                text=text,
            )
            for seen in self.review.rows
            if (text := said[f"rad-{seen.found.thread}"].strip())
        ]
        return [*parts, *rows]

    def must_say_why(self) -> None:
        if not self.cleaned_data["comment"].strip():
            raise ValidationError({"comment": _("Write what the organisation has to do.")})

    def must_be_empty(self) -> None:
        """What somebody has typed is not lost by a press on the other button."""
        if self.remarks or self.cleaned_data["comment"].strip():
            raise ValidationError(
                _("You have written remarks. Return the analysis with them, or take them away first.")
            )


def _remark(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2})
    )


class Review:
    """One analysis as it was handed in, beside the one before."""

    def __init__(self, rsa: Rsa) -> None:
        self.rsa = rsa
        self._now, self._before = as_handed_in(rsa), before(rsa)

    @cached_property
    def words(self) -> Words:
        return Words(self.rsa.method, self._before, self._now)

    @cached_property
    def has_earlier(self) -> bool:
        return any(self._before.values())

    @cached_property
    def _seen(self) -> dict[str, list[SeenRow]]:
        found = compare(self._before, self._now)
        return {part.rows: list(self._rows(part, found[part.rows].rows)) for part in PARTS}

    def _rows(self, part: Part, rows: list[Difference]) -> Iterator[SeenRow]:
        ordered = sorted(rows, key=lambda row: (ORDER.index(row.mark), -(row.row.get("level") or 0)))
        for row in ordered:
            yield SeenRow(row, name_of(row.row) or str(part.title), self.words.lines(part, row), part)

    @property
    def rows(self) -> list[SeenRow]:
        return [row for part in PARTS for row in self._seen[part.rows]]

    def parts(self, form: ReviewForm | None) -> list[SeenPart]:
        """With the fields of the form where there is one."""
        return [
            SeenPart(
                part,
                [self._with_form(row, form) for row in self._seen[part.rows]],
                form[f"del-{part.slug}"] if form else None,
            )
            for part in PARTS
        ]

    def _with_form(self, row: SeenRow, form: ReviewForm | None) -> SeenRow:
        if form is None:
            return row
        key = row.found.thread
        return SeenRow(row.found, row.name, row.lines, row.part, form[f"rad-{key}"], form[f"falt-{key}"])

    @property
    def summary(self) -> list[tuple[Any, int]]:
        """New, changed, removed and unchanged, of all the parts together."""
        words = {row.found.mark: row.found.word for row in self.rows}
        return [
            (words[mark], sum(row.found.mark is mark for row in self.rows)) for mark in ORDER if mark in words
        ]
