from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from .audit import Event

# Twice the usual pause and some more: then somebody has to look at why nothing is sealed.
LATE_AFTER = timedelta(minutes=45)


class SealManager(models.Manager["Seal"]):
    def latest_one(self) -> Seal | None:
        return self.order_by("-pk").first()

    def is_late(self, latest: Seal | None) -> bool:
        """Whether something has stood in the log for too long since the latest seal."""
        old = (
            Event.objects.filter(at__lt=timezone.now() - LATE_AFTER).latest_first().values_list("at").first()
        )
        return old is not None and (latest is None or latest.at < old[0])


class Seal(models.Model):
    """The heads of all streams at one moment, chained to the seal before, signed by a key kept elsewhere."""

    at = models.DateTimeField()
    # One line a stream: name, number of events, hash of the last. The exact text that was hashed.
    heads = models.TextField()
    prev = models.CharField(max_length=64, unique=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    signature = models.CharField(max_length=128)
    key_id = models.CharField(max_length=16)

    objects = SealManager()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.digest[:12]}"

    def sealed(self) -> dict[str, tuple[int, str]]:
        """Of each stream, how many events it had and the hash of the last of them."""
        rows = (line.split(" ") for line in self.heads.splitlines())
        return {name: (int(seq), head) for name, seq, head in rows}
