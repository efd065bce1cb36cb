from __future__ import annotations

from django.db import models

from boards.bilingual import in_readers_language

from ..reference import read


class HelpTextQuerySet(models.QuerySet["HelpText"]):
    def topics(self) -> HelpTextQuerySet:
        return self.filter(kind=HelpText.Kind.TOPIC)

    def trails(self) -> HelpTextQuerySet:
        return self.filter(kind=HelpText.Kind.TRAIL)

    def load(self) -> None:
        for order, row in enumerate(read("help")):
            self.update_or_create(key=row["key"], defaults={**row, "order": order})


class HelpText(models.Model):
    """A help topic, or a five-minute trail for one role, in both languages."""

    class Kind(models.TextChoices):
        TOPIC = "topic"
        TRAIL = "trail"

    key = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.TOPIC)
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    body = models.TextField()
    body_en = models.TextField()

    objects = HelpTextQuerySet.as_manager()

    class Meta:
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.key

    @property
    def heading(self) -> str:
        return in_readers_language(self, "title")

    @property
    def paragraphs(self) -> list[str]:
        return in_readers_language(self, "body").split("\n")
