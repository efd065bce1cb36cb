"""Boards and companies."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from ..models import Board
from .rows import Rows, described


class BoardSerializer(serializers.ModelSerializer):
    parent: Any = serializers.SlugRelatedField("slug", read_only=True, allow_null=True)
    predecessors = serializers.SerializerMethodField(help_text="Boards that went on as this one.")
    successors = serializers.SerializerMethodField(help_text="Boards this one went on as.")

    class Meta:
        model = Board
        fields = [
            "id",
            "slug",
            "name",
            "short_name",
            "kind",
            "administration",
            "parent",
            "valid_from",
            "valid_to",
            "predecessors",
            "successors",
            "version",
        ]
        read_only_fields = fields

    def get_predecessors(self, board: Board) -> list[str]:
        return [pair.predecessor.slug for pair in board.successions_in.all()]

    def get_successors(self, board: Board) -> list[str]:
        return [pair.successor.slug for pair in board.successions_out.all()]


@described
class BoardRows(Rows):
    """Boards and companies, also those that have ended."""

    serializer_class = BoardSerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"
    order = ("name",)
    kept = ()
    queryset = Board.objects.none()

    def seen(self, user: Any) -> QuerySet:
        seen = Board.objects.visible_to(user).select_related("parent")
        return seen.prefetch_related("successions_in__predecessor", "successions_out__successor")
