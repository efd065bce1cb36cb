from django.db import models
from guardian.models import GroupObjectPermissionBase

from .boards import Board


class BoardGroupPermission(GroupObjectPermissionBase):
    """Guardian's row: this office's group may do this at this board."""

    content_object = models.ForeignKey(Board, models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
