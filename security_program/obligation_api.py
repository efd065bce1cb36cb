"""Obligations through the API: the list, the evidence, the answer, the city office's mark and reminders."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from boards.api.change import change, city_wide, on_its_board
from boards.api.reading import reading
from boards.api.rows import Rows, described
from boards.forms import Form
from boards.models import Board

from . import accounting, reminding
from .accounting import PROVED, UNCHANGED, Account, reads
from .evidence import proof_of
from .models import Assignment, Statement
from .obligation_forms import RemarkForm, StatementForm
from .oversight import years

writes = on_its_board("edit_internal")
reviews = city_wide("review")


class StatementSerializer(serializers.ModelSerializer):
    stated_by = serializers.CharField(source="stated_by.name", read_only=True)
    is_doubted = serializers.BooleanField(read_only=True)

    class Meta:
        model = Statement
        fields = ["value", "proposed", "reason", "link", "stated_by", "stated_at", "is_doubted", "remark"]
        read_only_fields = fields


class AssignmentSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", read_only=True)
    requirement: Any = serializers.SlugRelatedField("code", read_only=True)
    statement = StatementSerializer(source="said", read_only=True, allow_null=True)

    class Meta:
        model = Assignment
        fields = [
            "id",
            "board",
            "requirement",
            "year",
            "first_day",
            "last_day",
            "due_on",
            "awaits_adoption",
            "withdrawn",
            "statement",
        ]
        read_only_fields = fields


@described
class AssignmentRows(Rows):
    """What each organisation is to meet in a year and what it has answered, the latest year first."""

    serializer_class = AssignmentSerializer
    order = ("-year",)
    queryset = Assignment.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return Assignment.objects.visible_to(user).with_all()


class FindingSerializer(serializers.Serializer):
    """What the system sees: yes, no, or null for not yet."""

    holds = serializers.BooleanField(allow_null=True)
    says = serializers.CharField()
    url = serializers.CharField()


class LineSerializer(serializers.Serializer):
    """One obligation with its evidence, and what would be stated if its list were confirmed."""

    id = serializers.IntegerField(source="assignment.pk")
    requirement = serializers.CharField(source="assignment.requirement.code")
    due_on = serializers.DateField(source="assignment.due_on")
    may_be_met = serializers.BooleanField(source="proof.may_be_met")
    finding = FindingSerializer(allow_null=True)
    statement = StatementSerializer(source="said", allow_null=True)
    offered = serializers.CharField(source="offered.value")


class PartSerializer(serializers.Serializer):
    """A focus area: what may be confirmed as last year, what is left, what is answered, what must wait."""

    area = serializers.CharField(source="slug")
    shown = serializers.CharField()
    unchanged = LineSerializer(many=True)
    left = LineSerializer(many=True)
    answered = LineSerializer(many=True)
    later = LineSerializer(many=True)


class AccountSerializer(serializers.Serializer):
    """The year of one organisation. `shown` is sent back to confirm exactly the list it came with."""

    board = serializers.CharField(source="board.slug")
    year = serializers.IntegerField()
    shown = serializers.CharField()
    proved = LineSerializer(many=True)
    parts = PartSerializer(source="groups", many=True)


class PreparedSerializer(serializers.Serializer):
    """One letter that would be sent; without anybody who can answer there nothing is sent."""

    board = serializers.CharField(source="board.slug")
    unanswered = serializers.IntegerField()
    late = serializers.IntegerField()
    first_due = serializers.DateField()
    people = serializers.ListField(child=serializers.CharField(), source="names")


class RemindersSerializer(serializers.Serializer):
    """All letters that would be sent. `shown` is sent back to send exactly these."""

    year = serializers.IntegerField()
    shown = serializers.CharField()
    letters = PreparedSerializer(many=True)


class SentSerializer(serializers.Serializer):
    year = serializers.IntegerField()
    sent = serializers.IntegerField()


class ShownForm(Form):
    year = forms.IntegerField(label=_("Year"), min_value=2009, max_value=2100)
    shown = forms.CharField(label=_("Hash of the list that was shown"), max_length=64)


class ConfirmForm(ShownForm):
    which = forms.ChoiceField(
        label=_("Which list"), choices=[(PROVED, _("Shown by the system")), (UNCHANGED, _("As last year"))]
    )
    area = forms.CharField(label=_("Focus area"), max_length=80, required=False)


@reading("namnder/<slug:slug>/skyldigheter/<int:year>/", Board, reads, AccountSerializer)
def account(board: Board, user: Any, year: int) -> Account:
    """The year of an organisation: what the system can show, what is as last year, and what is left."""
    found = Account(board, year)
    if not found.lines:
        raise Http404
    return found


@change("namnder/<slug:slug>/skyldigheter/", Board, writes, AccountSerializer, form=ConfirmForm)
def obligations_confirm(board: Board, form: Any, by: Any) -> Account:
    """Confirms the whole list that was shown, in one act."""
    said = form.cleaned_data
    accounting.confirm(board, said["year"], said["which"], area=said["area"], shown=said["shown"], by=by)
    return Account(board, said["year"])


@change(
    "skyldigheter/<int:pk>/svar/",
    Assignment,
    writes,
    AssignmentSerializer,
    form=StatementForm,
    form_facts=lambda row: {"may_be_met": proof_of(row.requirement.code).may_be_met},
)
def obligation_state(row: Assignment, form: Any, by: Any) -> None:
    """Answers one obligation: met, partly, not or not applicable, with the reason for all but met."""
    accounting.answer(row, by=by, **form.cleaned_data)


@change("skyldigheter/<int:pk>/ej-verifierat/", Assignment, reviews, AssignmentSerializer, form=RemarkForm)
def obligation_doubt(row: Assignment, form: Any, by: Any) -> Assignment:
    """The city office could not verify the answer, and says what is missing."""
    row.mark_not_verified(by=by, **form.cleaned_data)
    doubted: Assignment = Assignment.objects.with_all().get(pk=row.pk)
    return doubted


@reading("skyldigheter/paminnelser/<int:year>/", None, reviews, RemindersSerializer)
def reminders(nothing: None, user: Any, year: int) -> dict[str, Any]:
    """The reminders that would be sent, and to whom."""
    if year not in years():
        raise Http404
    letters = reminding.prepare(year)
    return {"year": year, "shown": reminding.digest(letters), "letters": letters}


@change("skyldigheter/paminnelser/", None, reviews, SentSerializer, form=ShownForm)
def reminders_send(nothing: None, form: Any, by: Any) -> dict[str, Any]:
    """Sends exactly the reminders that were shown."""
    said = form.cleaned_data
    sent = reminding.remind(said["year"], by=by, shown=said["shown"])
    return {"year": said["year"], "sent": len(sent)}


rows = SimpleRouter(use_regex_path=False)
rows.register("skyldigheter", AssignmentRows, basename="api_obligation")
urlpatterns: list[Any] = [
    account,
    obligations_confirm,
    obligation_state,
    obligation_doubt,
    reminders,
    reminders_send,
    *rows.urls,
]
