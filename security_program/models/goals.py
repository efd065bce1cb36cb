from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boards.bilingual import in_readers_language

from ..reference import read
from .programme import Programme


def _rows_of_programmes() -> Iterator[tuple[Programme, dict[str, Any]]]:
    programmes = {programme.slug: programme for programme in Programme.objects.all()}
    return ((programmes[row["slug"]], row) for row in read("programmes"))


class FocusAreaQuerySet(models.QuerySet["FocusArea"]):
    def load(self) -> None:
        for programme, row in _rows_of_programmes():
            for order, facts in enumerate(row["focus_areas"], 1):
                named = {key: facts[key] for key in ("slug", "name", "name_en")}
                self.update_or_create(programme=programme, order=order, defaults=named)


class FocusArea(models.Model):
    """What a version of the programme concentrates on; the next version may name it otherwise."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="focus_areas")
    order = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=60)
    name = models.CharField(_("Name"), max_length=160)
    name_en = models.CharField(_("Name, in English"), max_length=160, blank=True)

    objects = FocusAreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("focus area")
        ordering = ["programme", "order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "order"], name="one_focus_area_per_place"),
            models.UniqueConstraint(fields=["programme", "slug"], name="one_focus_area_per_slug"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        return in_readers_language(self, "name")


class GoalQuerySet(models.QuerySet["Goal"]):
    def load(self) -> None:
        for programme, row in _rows_of_programmes():
            areas = list(programme.focus_areas.order_by("order"))
            per_area = [(None, row), *zip(areas, row["focus_areas"], strict=True)]
            for area, facts in per_area:
                self._load(programme, area, facts.get("goals", []), row["source"])

    def _load(self, programme: Programme, area: FocusArea | None, goals: list[Any], source: str) -> None:
        for order, facts in enumerate(goals, 1):
            said = facts | {"source": source}
            self.update_or_create(programme=programme, focus_area=area, order=order, defaults=said)


class Goal(models.Model):
    """A goal in our own words; without a focus area it is one for the whole version."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="goals")
    focus_area = models.ForeignKey(FocusArea, models.CASCADE, null=True, blank=True, related_name="goals")
    order = models.PositiveSmallIntegerField()
    text = models.CharField(_("Goal"), max_length=300)
    text_en = models.CharField(_("Goal, in English"), max_length=300, blank=True)
    source = models.CharField(_("Source"), max_length=200, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        ordering = ["programme", "focus_area__order", "order"]
        constraints = [
            models.UniqueConstraint(fields=["focus_area", "order"], name="one_goal_per_place"),
            models.UniqueConstraint(
                fields=["programme", "order"],
                condition=Q(focus_area__isnull=True),
                name="one_goal_of_all_per_place",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def label(self) -> str:
        return in_readers_language(self, "text")


class DescentQuerySet(models.QuerySet["Descent"]):
    def load(self) -> None:
        """The lines are the product's own reading and follow it; nothing in a city points at them."""
        areas = {
            (area.programme.slug, area.slug): area for area in FocusArea.objects.select_related("programme")
        }
        goals = {(goal.focus_area_id, goal.order): goal for goal in Goal.objects.all()}
        rows = read("lineage")
        for order, row in enumerate(rows, 1):
            before, after = areas.get(tuple(row.pop("from", ()))), areas.get(tuple(row.pop("to", ())))
            number = row.pop("goal", 0)
            goal = goals.get((before.pk, number)) if before else None
            facts = row | {"before": before, "after": after, "goal": goal}
            self.update_or_create(order=order, defaults=facts)
        self.filter(order__gt=len(rows)).delete()


class Descent(models.Model):
    """What became of a focus area, or of one of its goals, when the next version came."""

    class Kind(models.TextChoices):
        KEPT = "kvar", _("Kept")
        CHANGED = "andrat", _("Changed")
        DROPPED = "borttaget", _("Dropped")
        MOVED = "flyttat", _("Moved to another programme")
        NEW = "nytt", _("New")

    order = models.PositiveSmallIntegerField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    before = models.ForeignKey(FocusArea, models.CASCADE, null=True, related_name="led_to")
    after = models.ForeignKey(FocusArea, models.CASCADE, null=True, related_name="came_from")
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, related_name="led_to")
    subject = models.CharField(max_length=160, blank=True)
    subject_en = models.CharField(max_length=160, blank=True)
    elsewhere = models.CharField(max_length=160, blank=True)
    note = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200, blank=True)
    # Where the documents do not say what became of it, the reading is ours and is marked.
    is_our_reading = models.BooleanField(default=False)

    objects = DescentQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of descent")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                name="descent_has_an_end",
                condition=Q(before__isnull=False) | Q(after__isnull=False),
            ),
            models.CheckConstraint(name="moved_somewhere", condition=~Q(kind="flyttat") | ~Q(elsewhere="")),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after or self.elsewhere}"

    @property
    def about(self) -> str:
        return in_readers_language(self, "subject")

    @property
    def explanation(self) -> str:
        return in_readers_language(self, "note")

    @property
    def explanations(self) -> list[str]:
        return [self.explanation] if self.note else []
