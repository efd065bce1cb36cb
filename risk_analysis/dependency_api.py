"""Through the API: who rests on an organisation, and its answer."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from boards.api.change import change, on_its_board
from boards.api.rows import Rows, described

from .models import DependencyAnswer
from .relied_on import AnswerForm


class DependencyAnswerSerializer(serializers.ModelSerializer):
    board = serializers.CharField(source="dependency.rsa.board.slug", read_only=True)
    provider = serializers.CharField(source="dependency.provider.slug", read_only=True)
    relies_for = serializers.CharField(source="dependency.name", read_only=True)
    their_commitment = serializers.CharField(source="dependency.commitment.title", read_only=True)
    tolerance_hours = serializers.IntegerField(source="dependency.tolerance_hours", read_only=True)
    substitute = serializers.CharField(source="dependency.substitute", read_only=True)
    answered_at = serializers.DateTimeField(source="at", read_only=True, allow_null=True)

    class Meta:
        model = DependencyAnswer
        fields = [
            *("id", "board", "provider", "relies_for", "their_commitment", "tolerance_hours", "substitute"),
            *("state", "commitment", "promised_hours", "comment", "answered_at"),
        ]
        read_only_fields = fields


@described
class DependencyAnswerRows(Rows):
    """What organisations say that they rest on each other for, and what the one rested on has answered."""

    serializer_class = DependencyAnswerSerializer
    order = ("pk",)
    board_path = "dependency__provider"
    queryset = DependencyAnswer.objects.none()

    def seen(self, user: Any) -> QuerySet:
        rows = DependencyAnswer.objects.visible_to(user).of_own_boards(user)
        return rows.current().with_names()


@change(
    "beroendesvar/<int:pk>/svar/",
    DependencyAnswer,
    on_its_board("edit_protected"),
    DependencyAnswerSerializer,
    form=AnswerForm,
    form_facts=lambda asked: {"board": asked.board},
)
def dependency_answered(asked: DependencyAnswer, form: Any, by: Any) -> None:
    """Answers whether another organisation may rest on this one, and with which commitment."""
    asked.answer(by=by, **form.cleaned_data)


rows = SimpleRouter(use_regex_path=False)
rows.register("beroendesvar", DependencyAnswerRows, basename="api_dependency_answer")
urlpatterns: list[Any] = [dependency_answered, *rows.urls]
