from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boards import audit
from boards.models import Board
from boards.verbs import verb

from .follow_ups import FollowUp
from .planned import readable


class SteeringWordQuerySet(models.QuerySet["SteeringWord"]):
    def of_the_city(self) -> dict[str, tuple[str, int]]:
        """The city's own words and places; what it has not said follows the table in `steering`."""
        return {row.key: (row.word, row.place) for row in self}


class SteeringWordManager(models.Manager.from_queryset(SteeringWordQuerySet)):  # type: ignore[misc]
    @verb("steering.mapped", _("%(who)s changed what the steering system calls things"))
    def say(self, words: dict[str, tuple[str, int]], *, by: Any) -> None:
        """All of them at once, as they stand in one form; an empty word leaves the column out of files."""
        before = self.of_the_city()
        changed = {key: said for key, said in words.items() if before.get(key) != said}
        for key, (word, place) in changed.items():
            row, _made = self.update_or_create(key=key, defaults={"word": word, "place": place})
        if changed:
            audit.record("steering.mapped", row, by=by, changed=sorted(changed))


class SteeringWord(models.Model):
    """What the city's ordinary steering system calls one of our things: a column of its file, a round, a status."""

    key = models.SlugField(max_length=30, unique=True)
    word = models.CharField(max_length=80, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    objects = SteeringWordManager()

    class Meta:
        verbose_name = _("word of the steering system")

    def __str__(self) -> str:
        return self.word


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, user: Any) -> HandOverQuerySet:
        """Whoever reads the follow-up."""
        seen = FollowUp.objects.visible_to(user).values("pk")
        return self.filter(readable(user, "follow_up__board"), follow_up__in=seen)

    def latest_first(self) -> HandOverQuerySet:
        return self.order_by("-pk")


class HandOver(models.Model):
    """What was handed to the steering system of one follow-up: the words as they were, when and by whom."""

    class Way(models.TextChoices):
        FILE = "fil", _("As a file")
        BY_HAND = "for-hand", _("Pasted in by hand")

    follow_up = models.ForeignKey(FollowUp, models.PROTECT, related_name="hand_overs")
    # How many times the follow-up had been handed in to the city office by then.
    edition = models.PositiveSmallIntegerField(_("Version"))
    way = models.CharField(_("How"), max_length=10, choices=Way)
    headings = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    # Each passage by its place, so that it can be told what has changed since.
    passages = models.JSONField(default=dict)
    by = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over to the steering system")
        constraints = [
            models.CheckConstraint(name="handed_over_after_handing_in", condition=Q(edition__gte=1))
        ]

    def __str__(self) -> str:
        return str(self.follow_up)

    @property
    def board(self) -> Board:
        return self.follow_up.board
