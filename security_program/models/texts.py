from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.bilingual import in_readers_language, word_in_readers_language

from ..reference import read


class SiteTextManager(models.Manager["SiteText"]):
    def every(self) -> list[SiteText]:
        """Every text that can be changed, as it reads now."""
        changed = {text.key: text for text in self.all()}
        return [changed.get(row["key"]) or self._proposal(row) for row in read("texts")]

    def by_key(self, key: str) -> SiteText:
        row = next(row for row in read("texts") if row["key"] == key)
        return self.filter(key=key).first() or self._proposal(row)

    def _proposal(self, row: dict[str, str]) -> SiteText:
        return SiteText(key=row["key"], text=row["text"], text_en=row["text_en"])

    @transaction.atomic
    def change(self, key: str, *, by: Any, text: str, text_en: str) -> SiteText:
        site_text = self.by_key(key)
        if (site_text.text, site_text.text_en) == (text, text_en):
            return site_text
        site_text.text, site_text.text_en = text, text_en
        site_text.full_clean()
        site_text.save()
        audit.record("text.changed", site_text, by=by, key=key)
        return site_text


class SiteText(models.Model):
    """A text the city may word itself; until it has, the one the product comes with."""

    key = models.SlugField(max_length=40, unique=True)
    text = models.TextField(_("Text in Swedish"), max_length=6000)
    text_en = models.TextField(_("Text in English"), max_length=6000)

    objects = SiteTextManager()

    class Meta:
        verbose_name = _("text")

    def __str__(self) -> str:
        return self.key

    @property
    def is_changed(self) -> bool:
        return self.pk is not None

    @property
    def reads(self) -> str:
        return in_readers_language(self, "text")

    @property
    def about(self) -> str:
        """What the text is for, in the reader's language."""
        row = next(row for row in read("texts") if row["key"] == self.key)
        return word_in_readers_language(row, "about")


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
