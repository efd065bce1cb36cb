"""Who holds which office, and who is elected."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from ..models import Membership, OfficeHolder
from .rows import Rows, described


class OfficeHolderSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", source="office.board", read_only=True)
    office: Any = serializers.SlugRelatedField("code", source="office.type", read_only=True)
    person = serializers.CharField(source="person.name", read_only=True)
    email = serializers.EmailField(source="person.email", read_only=True)
    awaits_approval = serializers.BooleanField(read_only=True)

    class Meta:
        model = OfficeHolder
        fields = [
            "id",
            "board",
            "office",
            "person",
            "email",
            "is_deputy",
            "valid_from",
            "valid_to",
            "awaits_approval",
        ]
        read_only_fields = fields


@described
class OfficeHolderRows(Rows):
    """Who holds which office today or later; a proposal only for those who appoint there."""

    serializer_class = OfficeHolderSerializer
    order = ("office__board__name", "office__type__order")
    board_path = "office__board"
    queryset = OfficeHolder.objects.none()

    def seen(self, user: Any) -> QuerySet:
        seen = OfficeHolder.objects.visible_to(user).not_over().filter(refused_at__isnull=True)
        return seen.select_related("person", "office__type", "office__board")


class MembershipSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", read_only=True)
    person = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "board", "person", "role", "valid_from", "valid_to"]
        read_only_fields = fields


@described
class MembershipRows(Rows):
    """Elected members and substitutes, today or later."""

    serializer_class = MembershipSerializer
    order = ("board__name", "person__name")
    queryset = Membership.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return Membership.objects.visible_to(user).not_over().select_related("person", "board")
