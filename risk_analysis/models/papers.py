from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.models import Board, DocumentVersion, Event, Job
from boards.verbs import verb

from .analyses import Rsa
from .snapshots import Snapshot

KIND = "rsa-paper"
# What is written down about papers changes nothing in what they say.
ABOUT_PAPERS = ("document.", "board_sheet.", "rsa_paper.")


class PaperQuerySet(models.QuerySet["RsaPaper"]):
    def visible_to(self, user: Any) -> PaperQuerySet:
        """Whoever reads the analysis reads it on paper."""
        return self.filter(rsa__in=Rsa.objects.visible_to(user))


class PaperManager(models.Manager.from_queryset(PaperQuerySet)):  # type: ignore[misc]
    @verb("rsa_paper.asked", _("%(who)s ordered %(rsa)s at %(board)s on paper"))
    def ask(self, rsa: Rsa, what: str, *, by: Any) -> RsaPaper:
        """Orders it as a job. While nothing has changed it is the same paper, printed once."""
        language = (get_language() or "sv")[:2]
        paper, made = self.get_or_create(
            key=f"{rsa.pk}:{what}:{language}:{_mark(rsa)}",
            defaults={"rsa": rsa, "what": what, "language": language, "asked_by": by},
        )
        if made:
            audit.record("rsa_paper.asked", paper, by=by, rsa=str(rsa))
        if paper.version_id is None:
            Job.objects.ask(KIND, key=f"{KIND}:{paper.pk}", by=by, about=paper)
        return paper


def _mark(rsa: Rsa) -> str:
    """Changes when the paper would: a draft with whatever is done at the board, what is handed in with its numbers."""
    snapshot = Snapshot.objects.filter(rsa=rsa).values_list("sha256", flat=True).first()
    if snapshot:
        return f"{snapshot[:16]}:{rsa.state}:{rsa.sender_number}:{rsa.receiver_number}"
    about = [Q(verb__startswith=start) for start in ABOUT_PAPERS]
    changes = Event.objects.filter(board=rsa.board_id).exclude(about[0] | about[1] | about[2])
    return str(changes.order_by("-pk").values_list("pk", flat=True).first() or 0)


class RsaPaper(models.Model):
    """An order for an analysis on paper, or for the sheet that a workshop writes on. The file is a document."""

    class What(models.TextChoices):
        ANALYSIS = "analys", _("The analysis")
        WORK_SHEET = "arbetsblad", _("Work sheet, A3")

    key = models.CharField(max_length=160, unique=True)
    rsa = models.ForeignKey(Rsa, models.PROTECT, related_name="papers")
    what = models.CharField(max_length=10, choices=What)
    language = models.CharField(max_length=2)
    asked_by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    version = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="rsa_paper")

    objects = PaperManager()

    class Meta:
        verbose_name = _("analysis on paper")

    def __str__(self) -> str:
        return f"{self.rsa}, {self.get_what_display()}"

    @property
    def board(self) -> Board:
        return self.rsa.board

    def get_absolute_url(self) -> str:
        return reverse("rsa_paper", args=[self.rsa.cycle.slug, self.rsa.slug, self.pk])

    def page_for(self, user: Any) -> str:
        """The file; while it is being printed, the work on it."""
        job = (
            None if self.version_id else Job.objects.visible_to(user).filter(key=f"{KIND}:{self.pk}").first()
        )
        return job.get_absolute_url() if job else self.get_absolute_url()
