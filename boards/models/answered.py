from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

KEPT_FOR = timedelta(days=2)


class AnsweredForm(models.Model):
    """A form that has been sent in, and the address its answer led to, so that the same one sent again gets the same."""

    person = models.ForeignKey("boards.User", models.CASCADE, related_name="+")
    # A digest of the form's own key and of all that was sent.
    key = models.CharField(max_length=64)
    answer = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="a_form_is_answered_once")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
