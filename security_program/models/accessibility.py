from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.bilingual import in_readers_language
from boards.verbs import verb


class StatementManager(models.Manager["AccessibilityStatement"]):
    def current(self) -> AccessibilityStatement | None:
        """The latest that a person has decided on; None until somebody has."""
        return self.select_related("decided_by").order_by("-pk").first()

    @verb("accessibility.decided", _("%(who)s decided on the accessibility statement"))
    def decide(self, *, by: Any, **facts: Any) -> AccessibilityStatement:
        statement = AccessibilityStatement(decided_by=by, **facts)
        statement.full_clean()
        statement.save()
        audit.record("accessibility.decided", statement, by=by, decided_on=statement.decided_on)
        return statement


class AccessibilityStatement(models.Model):
    """What the law (2018:1937) asks the authority to state, decided by a person and never by the product."""

    authority = models.CharField(_("Authority"), max_length=160)
    decided_on = models.DateField(_("Decided on"))
    barriers = models.TextField(_("Known barriers"), max_length=4000)
    barriers_en = models.TextField(_("Known barriers, in English"), max_length=4000)
    how_tested = models.TextField(_("How it was tested"), max_length=1000)
    how_tested_en = models.TextField(_("How it was tested, in English"), max_length=1000)
    contact_email = models.EmailField(_("Contact, e-mail"))
    contact_phone = models.CharField(_("Contact, phone"), max_length=40, blank=True)
    decided_by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")

    objects = StatementManager()

    def __str__(self) -> str:
        return f"{self.authority} {self.decided_on}"

    @property
    def known_barriers(self) -> str:
        return in_readers_language(self, "barriers")

    @property
    def tested(self) -> str:
        return in_readers_language(self, "how_tested")


class BarrierReportQuerySet(models.QuerySet["BarrierReport"]):
    def waiting(self) -> BarrierReportQuerySet:
        return self.filter(answered_at__isnull=True).order_by("reported_at")

    def answered(self) -> BarrierReportQuerySet:
        return self.filter(answered_at__isnull=False).order_by("-answered_at")


class BarrierReportManager(models.Manager.from_queryset(BarrierReportQuerySet)):  # type: ignore[misc]
    @verb("barrier.reported", _("Somebody reported a barrier: %(about)s"))
    def report(self, *, text: str, page: str = "") -> BarrierReport:
        """From anyone, without a name; what is written is read by those who answer and by nobody else."""
        barrier = BarrierReport(text=text, page=page)
        barrier.full_clean(exclude=["about", "answer", "answered_by", "answered_at"])
        barrier.save()
        audit.record("barrier.reported", barrier, by=None, barrier=barrier.pk)
        return barrier


class BarrierReport(models.Model):
    """Something that shuts a person out; answered in public so that others can see it too."""

    text = models.TextField(_("What does not work?"), max_length=2000)
    page = models.CharField(_("On which page?"), max_length=200, blank=True)
    reported_at = models.DateTimeField(default=timezone.now, editable=False)
    about = models.CharField(_("What it is about"), max_length=200, blank=True)
    answer = models.TextField(_("Answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = BarrierReportManager()

    class Meta:
        indexes = [models.Index(fields=["answered_at"])]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"T-{self.pk:04d}"

    @verb("barrier.answered", _("%(who)s answered the report of a barrier: %(about)s"))
    def reply(self, *, by: Any, about: str, answer: str) -> None:
        """The answer and its heading are public; the words of the one who reported are not."""
        if not (about.strip() and answer.strip()):
            raise ValidationError(_("Write both what it is about and the answer."))
        waiting = BarrierReport.objects.waiting().filter(pk=self.pk)
        facts = {"about": about, "answer": answer, "answered_by": by, "answered_at": timezone.now()}
        if waiting.update(**facts) != 1:
            raise ValidationError(_("Somebody has already answered."))
        self.refresh_from_db()
        audit.record("barrier.answered", self, by=by, barrier=self.pk)
