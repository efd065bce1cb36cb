"""The API of the roof: versions and requirements, by the same door as the pages."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from boards.api.rows import Rows, described

from .models import CouncilDecision, Programme, Requirement


class CouncilDecisionSerializer(serializers.ModelSerializer):
    class Meta:
        model = CouncilDecision
        fields = [
            "kind",
            "decided_on",
            "precision",
            "takes_effect_on",
            "diary_number",
            "paragraph",
            "is_invented",
        ]


class ProgrammeSerializer(serializers.ModelSerializer):
    adopted_precision = serializers.CharField(read_only=True, allow_null=True)
    focus_areas: Any = serializers.SlugRelatedField("slug", many=True, read_only=True)
    decisions = CouncilDecisionSerializer(many=True, read_only=True)

    class Meta:
        model = Programme
        fields = [
            "slug",
            "name",
            "first_year",
            "last_year",
            "diary_number",
            "state",
            "adopted_on",
            "adopted_precision",
            "ended_on",
            "focus_areas",
            "decisions",
        ]


@described
class ProgrammeRows(Rows):
    """The versions of the programme that have been sent out, with what the council decided."""

    serializer_class = ProgrammeSerializer
    lookup_field = "slug"
    lookup_value_converter = "slug"
    order = ("first_year",)
    kept = ()
    queryset = Programme.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return Programme.objects.visible_to(user).prefetch_related("focus_areas", "decisions")


class RequirementSerializer(serializers.ModelSerializer):
    programme: Any = serializers.SlugRelatedField("slug", read_only=True)
    focus_area: Any = serializers.SlugRelatedField("slug", read_only=True, allow_null=True)
    who = serializers.SerializerMethodField()
    recipients = serializers.SerializerMethodField()

    class Meta:
        model = Requirement
        fields = [
            "code",
            "programme",
            "kind",
            "focus_area",
            "what",
            "what_en",
            "who",
            "cadence",
            "due_on",
            "recipients",
            "voiced_by",
            "document",
            "section",
        ]

    def get_who(self, requirement: Requirement) -> list[str]:
        return [row.actor for row in requirement.who]

    def get_recipients(self, requirement: Requirement) -> list[str]:
        return [row.actor for row in requirement.recipients]


@described
class RequirementRows(Rows):
    """Who shall do what, how often and towards whom."""

    serializer_class = RequirementSerializer
    lookup_field = "code"
    lookup_value_converter = "slug"
    order = ("code",)
    kept = ()
    queryset = Requirement.objects.none()

    def seen(self, user: Any) -> QuerySet:
        seen = Requirement.objects.visible_to(user).select_related("programme", "focus_area")
        return seen.prefetch_related("actors")


rows = SimpleRouter(use_regex_path=False)
rows.register("program", ProgrammeRows, basename="api_programme")
rows.register("krav", RequirementRows, basename="api_requirement")
urlpatterns = rows.urls
