"""Council and network meetings with what they decided."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from ..models import CouncilMeeting, MeetingDecision
from .rows import Rows, described


class DecisionSerializer(serializers.ModelSerializer):
    responsible = serializers.CharField(
        source="responsible.name", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = MeetingDecision
        fields = ["id", "text", "responsible", "due_on", "done_on"]
        read_only_fields = fields


class MeetingSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", read_only=True)
    decisions = DecisionSerializer(many=True, read_only=True)

    class Meta:
        model = CouncilMeeting
        fields = ["id", "board", "kind", "held_on", "agenda", "decisions", "version"]
        read_only_fields = fields


@described
class MeetingRows(Rows):
    """Meetings that the person may read about, the latest first."""

    serializer_class = MeetingSerializer
    order = ("-held_on",)
    queryset = CouncilMeeting.objects.none()

    def seen(self, user: Any) -> QuerySet:
        seen = CouncilMeeting.objects.visible_to(user).select_related("board")
        return seen.prefetch_related("decisions__responsible")
