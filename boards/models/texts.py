from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..bilingual import in_readers_language, word_in_readers_language
from ..verbs import verb

PROPOSALS = Path(__file__).parent.parent / "reference" / "texts.json"


@cache
def proposals() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in json.loads(PROPOSALS.read_text(encoding="utf-8"))}


class SiteTextManager(models.Manager["SiteText"]):
    def every(self) -> list[SiteText]:
        """Every text that can be changed, as it reads now."""
        changed = {text.key: text for text in self.all()}
        return [changed.get(key) or self._proposal(key) for key in proposals()]

    def by_key(self, key: str) -> SiteText:
        return self.filter(key=key).first() or self._proposal(key)

    def _proposal(self, key: str) -> SiteText:
        row = proposals()[key]
        return SiteText(key=key, text=row["text"], text_en=row["text_en"])

    @verb("text.changed", _("%(who)s reworded the text %(key)s"))
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
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.reads.splitlines() if line.strip()]

    @property
    def about(self) -> str:
        """What the text is for, in the reader's language."""
        return word_in_readers_language(proposals()[self.key], "about")
