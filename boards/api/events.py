"""The activity log, for those who read it: which verb, who and when, and never what was written."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from ..models import Event
from .rows import Rows, described


class EventSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", read_only=True, allow_null=True)
    actor = serializers.CharField(source="actor.name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Event
        fields = ["id", "at", "verb", "actor", "board", "object_type", "object_id", "hash"]
        read_only_fields = fields


@described
class EventRows(Rows):
    """What has been done, the latest first."""

    serializer_class = EventSerializer
    order = ("-pk",)
    queryset = Event.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return Event.objects.visible_to(user).select_related("actor", "board")
