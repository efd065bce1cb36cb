"""How long backups are kept: each day's for two weeks, each week's for two months. What is deleted in the system is gone
from its backups when the last of them is.
"""

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .sets import all_sets


def to_keep(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """The newest of each day and of each week within their times, and always the newest of all."""
    days = timedelta(days=settings.BACKUP_KEEP_DAYS)
    weeks = timedelta(weeks=settings.BACKUP_KEEP_WEEKS)
    ordered = sorted(moments)
    of_day = {at.date(): at for at in ordered if now - at <= days}
    of_week = {at.isocalendar()[:2]: at for at in ordered if now - at <= weeks}
    return {*of_day.values(), *of_week.values(), *ordered[-1:]}


def prune(now: datetime | None = None) -> list[Path]:
    every = all_sets()
    kept = to_keep((each.made_at for each in every), now or timezone.now())
    gone = [each.folder for each in every if each.made_at not in kept]
    for folder in gone:
        shutil.rmtree(folder)
    return gone
