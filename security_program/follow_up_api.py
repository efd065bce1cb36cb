"""The follow-up through the API: answered, approved by the head, reviewed by the city office, locked."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from boards.api.change import change, city_wide, on_its_board
from boards.api.rows import Rows, described
from boards.forms import Form

from . import handing_over, steering
from .follow_up_forms import (
    AnswerForm,
    CommentForm,
    ReturnForm,
    RoundForm,
    SituationForm,
    SupplementForm,
    WaysForm,
)
from .models import Activity, Answer, FollowUp, HandOver, Round, Situation, SteeringWord

writes = on_its_board("edit_internal")
approves = on_its_board("approve")
reviews = on_its_board("review")


class AnswerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Answer
        fields = ["id", "activity", "asked", "status", "text", "version"]
        read_only_fields = fields


class FollowUpSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", read_only=True)
    year = serializers.IntegerField(source="round.year", read_only=True)
    kind = serializers.CharField(source="round.kind", read_only=True)
    answers = AnswerSerializer(many=True, read_only=True)

    class Meta:
        model = FollowUp
        fields = ["id", "board", "year", "kind", "state", "filed_on", "answers"]
        read_only_fields = fields


class RoundSerializer(serializers.ModelSerializer):
    class Meta:
        model = Round
        fields = ["id", "year", "kind", "opens_on", "due_on"]
        read_only_fields = fields


@described
class FollowUpRows(Rows):
    """Follow-ups with their answers, as far as the person may read them."""

    serializer_class = FollowUpSerializer
    order = ("-pk",)
    queryset = FollowUp.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return FollowUp.objects.visible_to(user).with_names().prefetch_related("answers")


class AnswerToActivityForm(AnswerForm):
    activity = forms.ModelChoiceField(Activity.objects.all(), label=_("Activity"))


HERE = "uppfoljningar/<int:pk>/"


@change(f"{HERE}svar/", FollowUp, writes, FollowUpSerializer, form=AnswerToActivityForm)
def report_answer(report: FollowUp, form: Any, by: Any) -> None:
    """Answers about one activity: a status and a text."""
    report.answer(form.cleaned_data["activity"], by=by, version=form.read_version, **form.said)


@change(
    f"{HERE}lage/",
    FollowUp,
    writes,
    FollowUpSerializer,
    form=SituationForm,
    form_facts=lambda report: {
        "instance": Situation.objects.filter(follow_up=report).first() or Situation(follow_up=report)
    },
)
def report_situation(report: FollowUp, form: Any, by: Any) -> None:
    """Answers the situation form of T2."""
    report.describe(by=by, version=form.read_version, **form.typed)


@change(f"{HERE}chef/", FollowUp, writes, FollowUpSerializer)
def report_to_chief(report: FollowUp, form: Any, by: Any) -> None:
    """Hands the follow-up to the head."""
    report.hand_to_chief(by=by)


@change(f"{HERE}andring/", FollowUp, approves, FollowUpSerializer, form=CommentForm)
def report_give_back(report: FollowUp, form: Any, by: Any) -> None:
    """The head gives it back to be changed."""
    report.give_back(by=by, comment=form.cleaned_data["comment"])


@change(f"{HERE}inlamning/", FollowUp, approves, FollowUpSerializer)
def report_file(report: FollowUp, form: Any, by: Any) -> None:
    """The head approves it and hands it in."""
    report.file(by=by)


@change(f"{HERE}granskning/", FollowUp, reviews, FollowUpSerializer)
def report_take_up(report: FollowUp, form: Any, by: Any) -> None:
    """The city office begins to review it."""
    report.take_up(by=by)


@change(
    f"{HERE}aterlamning/",
    FollowUp,
    reviews,
    FollowUpSerializer,
    form=ReturnForm,
    form_facts=lambda report: {"follow_up": report},
)
def report_return(report: FollowUp, form: Any, by: Any) -> None:
    """The city office returns it, with remarks at the fields they are about."""
    report.send_back(by=by, comment=form.cleaned_data["comment"], remarks=form.remarks)


@change(f"{HERE}godkannande/", FollowUp, reviews, FollowUpSerializer)
def report_approve(report: FollowUp, form: Any, by: Any) -> None:
    """The city office approves it."""
    report.approve(by=by)


@change(f"{HERE}oppning/", FollowUp, reviews, FollowUpSerializer, form=CommentForm)
def report_reopen(report: FollowUp, form: Any, by: Any) -> None:
    """The city office opens what is closed, with the reason."""
    report.reopen(by=by, reason=form.cleaned_data["comment"])


@change(
    f"{HERE}tillagg/",
    FollowUp,
    writes,
    FollowUpSerializer,
    form=SupplementForm,
    form_facts=lambda report: {"follow_up": report},
)
def report_supplement(report: FollowUp, form: Any, by: Any) -> None:
    """Adds a dated supplement to what is approved."""
    report.supplement(by=by, **form.cleaned_data)


class HandOverSerializer(serializers.ModelSerializer):
    class Meta:
        model = HandOver
        fields = ["id", "follow_up", "edition", "way", "headings", "rows", "at"]
        read_only_fields = fields


@change(f"{HERE}styrsystem/", FollowUp, writes, HandOverSerializer, form=WaysForm)
def report_hand_over(report: FollowUp, form: Any, by: Any) -> HandOver:
    """Notes that it is handed to the steering system, and answers with the rows in its columns."""
    return handing_over.hand_over(report, form.cleaned_data["way"], by=by)


class SteeringWordForm(Form):
    key = forms.ChoiceField(label=_("What"), choices=[(key, key) for key in steering.KEYS])
    word = forms.CharField(label=_("Name"), max_length=80, required=False)
    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=99)


class SteeringWordSerializer(serializers.ModelSerializer):
    class Meta:
        model = SteeringWord
        fields = ["key", "word", "place"]
        read_only_fields = fields


@change("styrsystem/ord/", None, city_wide("review"), SteeringWordSerializer, form=SteeringWordForm)
def steering_word(nothing: None, form: Any, by: Any) -> SteeringWord:
    """Says what the steering system calls one of our things."""
    said = form.cleaned_data
    SteeringWord.objects.say({said["key"]: (said["word"], said["place"])}, by=by)
    return SteeringWord.objects.get(key=said["key"])


@change("omgangar/ny/", None, city_wide("review"), RoundSerializer, form=RoundForm)
def round_open(nothing: None, form: Any, by: Any) -> Round:
    """Opens a round and asks every organisation."""
    return Round.objects.open(form.cleaned_data["year"], form.cleaned_data["kind"], by=by)


@change("omgangar/<int:pk>/lasning/", Round, city_wide("review"), RoundSerializer)
def round_lock(asked: Round, form: Any, by: Any) -> None:
    """Locks those that are approved."""
    asked.lock(by=by)


rows = SimpleRouter(use_regex_path=False)
rows.register("uppfoljningar", FollowUpRows, basename="api_follow_up")
changes: list[Any] = [
    report_answer,
    report_situation,
    report_to_chief,
    report_give_back,
    report_file,
    report_take_up,
    report_return,
    report_approve,
    report_reopen,
    report_supplement,
    report_hand_over,
    steering_word,
    round_open,
    round_lock,
]
urlpatterns = [*changes, *rows.urls]
