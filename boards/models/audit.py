from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q

from .. import access


class Stream(models.Model):
    """The head of one chain of events: a board's, or the city's."""

    name = models.CharField(max_length=80, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Any) -> EventQuerySet:
        """Those of the own boards; who reads the log of the whole city also sees what belongs to no board."""
        if "view_events" in access.rights_of(user).city:
            return self.all()
        return self.filter(board__in=access.subquery(user, "view_events"))

    def about(self, *things: models.Model) -> EventQuerySet:
        """What was done to any of these."""
        keys = [Q(object_type=thing._meta.label, object_id=str(thing.pk)) for thing in things]
        return self.filter(reduce(or_, keys)) if keys else self.none()

    def latest_first(self) -> EventQuerySet:
        return self.order_by("-pk")


class Event(models.Model):
    """One thing somebody did, written by the verb in the same transaction, chained to the one before."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="events")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    actor = models.ForeignKey("boards.User", models.PROTECT, null=True, related_name="events")
    board = models.ForeignKey("boards.Board", models.PROTECT, null=True, related_name="events")
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=40)
    # The exact text that was hashed; never JSONB, which would lose its bytes.
    body = models.TextField()
    prev = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_once_per_place"),
            models.UniqueConstraint(fields=["stream", "prev"], name="event_chain_does_not_fork"),
        ]
        indexes = [models.Index(fields=["board", "-id"]), models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.stream_id} {self.seq} {self.verb}"
