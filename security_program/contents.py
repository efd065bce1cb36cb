"""All that one follow-up says, fetched once for those who show it, hand it over or put it into pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, override

from .models import Answer, FollowUp, Situation, Supplement


@dataclass(frozen=True)
class Contents:
    answers: list[Answer]
    situation: Situation | None
    supplements: list[Supplement]

    @classmethod
    def of(cls, report: FollowUp) -> Contents:
        """In three questions, the answers in the order of the plan."""
        along = ("activity__goal__focus_area", "activity__responsible", "answered_by")
        order = ("activity__goal__focus_area__order", "activity__goal", "activity")
        return cls(
            list(report.answers.select_related(*along).order_by(*order)),
            Situation.objects.filter(follow_up=report).first(),
            list(report.supplements.select_related("answer", "by")),
        )

    @property
    def by_place(self) -> dict[str, str]:
        """Each passage by where it stands, to tell what has changed."""
        found: dict[str, str] = {}
        for answer in self.answers:
            found[f"answer-{answer.pk}-status"] = answer.status
            found[f"answer-{answer.pk}-text"] = self.whole_text(answer)
        return {**found, **{f"situation-{name}": str(value) for name, _label, value in self.described}}

    @property
    def described(self) -> list[tuple[str, str, Any]]:
        """What the situation form says: field, label and value of those that are filled in."""
        fields: Any = Situation._meta
        values = ((name, getattr(self.situation, name, None)) for name in Situation.FEEDS)
        return [
            (name, str(fields.get_field(name).verbose_name), value)
            for name, value in values
            if value not in (None, "")
        ]

    def whole_text(self, answer: Answer) -> str:
        return whole_text(answer, [each for each in self.supplements if each.answer_id == answer.pk])


def whole_text(answer: Answer, supplements: list[Supplement]) -> str:
    """With what has been added to it since, each supplement by its day; the same whoever reads it."""
    with override("sv"):
        word = gettext("Supplement")
    return "\n".join(
        [answer.text, *(f"{word} {date_format(each.at, 'Y-m-d')}: {each.text}" for each in supplements)]
    )
