from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Statement(models.Model):
    """What a person has answered for: whether the duty is met, and why not. Each change is an event."""

    class Value(models.TextChoices):
        MET = "uppfyllt", _("Met")
        PARTLY = "delvis", _("Partly met")
        NOT = "ej", _("Not met")
        NOT_APPLICABLE = "ej_tillampligt", _("Not applicable")

    REASONED = (Value.PARTLY, Value.NOT, Value.NOT_APPLICABLE)

    assignment = models.OneToOneField("security_program.Assignment", models.PROTECT, related_name="statement")
    value = models.CharField(_("Answer"), max_length=14, choices=Value)
    # What the evidence said when the person answered.
    proposed = models.CharField(max_length=14, choices=Value, blank=True)
    reason = models.TextField(_("Reason"), max_length=1000, blank=True)
    link = models.URLField(_("Link to what shows it"), max_length=300, blank=True)
    stated_by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=timezone.now, editable=False)
    # The city office's mark "not verified"; a new answer takes it away.
    doubted_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    doubted_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("statement")
        constraints = [
            models.CheckConstraint(
                name="a_shortcoming_has_a_reason",
                condition=Q(value="uppfyllt") | ~Q(reason=""),
                violation_error_message=_("Write the reason when the answer is anything but met."),
            ),
            models.CheckConstraint(
                name="a_doubt_has_a_remark", condition=Q(doubted_at__isnull=True) | ~Q(remark="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment}: {self.value}"

    @property
    def is_doubted(self) -> bool:
        return self.doubted_at is not None

    @property
    def is_contradicted(self) -> bool:
        """A person says it is met although the evidence said that it is not."""
        return self.value == self.Value.MET and self.proposed == self.Value.NOT
