from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.verbs import verb

from .goals import FocusArea, Goal
from .programme import Programme


class Paragraph(models.Model):
    """A paragraph of the decided wording. After the council's decision it stands as it is."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="paragraphs")
    order = models.PositiveSmallIntegerField()
    # The section it stands in, by the headings of the document; level 0 is running text.
    level = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("Text"), max_length=8000)
    focus_area = models.ForeignKey(
        FocusArea, models.SET_NULL, null=True, blank=True, related_name="paragraphs"
    )
    goal = models.ForeignKey(Goal, models.SET_NULL, null=True, blank=True, related_name="paragraphs")

    class Meta:
        verbose_name = _("paragraph")
        ordering = ["programme", "order"]
        constraints = [models.UniqueConstraint(fields=["programme", "order"], name="one_paragraph_per_place")]

    def __str__(self) -> str:
        return self.anchor

    @property
    def anchor(self) -> str:
        return f"st-{self.order}"

    @verb("programme.corrected", _("%(who)s corrected a paragraph of %(about)s"))
    def correct(self, *, by: Any, right: str, reason: str) -> Erratum:
        """What was decided stays; the correction is read beside it."""
        if not (right.strip() and reason.strip()):
            raise ValidationError(_("Write both how it should read and why."))
        erratum = Erratum.objects.create(paragraph=self, right=right.strip(), reason=reason.strip(), by=by)
        audit.record("programme.corrected", self.programme, by=by, paragraph=self.order, erratum=erratum.pk)
        return erratum


class Erratum(models.Model):
    """A correction of an adopted text, beside the text."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="errata")
    right = models.TextField(_("How it should read"), max_length=8000)
    reason = models.CharField(_("Why"), max_length=300)
    by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("erratum")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.paragraph} {self.at:%Y-%m-%d}"
