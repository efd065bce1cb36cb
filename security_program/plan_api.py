"""The year's plan through the API: the pages' forms and the models' verbs."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.routers import SimpleRouter

from boards.api.change import change, on_its_board
from boards.api.rows import Rows, described
from boards.forms import Form
from boards.models import Board, MeetingDecision

from . import planning
from .models import (
    Activity,
    BoardGoal,
    FocusArea,
    Goal,
    Indicator,
    NotRelevant,
    Round,
)
from .plan_forms import (
    ActivityForm,
    DecisionActivityForm,
    GoalForm,
    IndicatorForm,
    NotRelevantReasonForm,
    ReasonForm,
)

writes = on_its_board("edit_internal")


class GoalSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", read_only=True)
    focus_area: Any = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = BoardGoal
        fields = ["id", "board", "year", "focus_area", "text", "mark", "same_as", "taken_away", "version"]
        read_only_fields = fields


class ActivitySerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", read_only=True)
    responsible = serializers.CharField(
        source="responsible.name", read_only=True, allow_null=True, default=None
    )

    class Meta:
        model = Activity
        fields = ["id", "board", "goal", "what", "responsible", "due_on", "mark", "taken_away", "version"]
        read_only_fields = fields


class IndicatorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Indicator
        fields = ["id", "goal", "name", "unit", "target", "source", "taken_away"]
        read_only_fields = fields


class NotRelevantSerializer(serializers.ModelSerializer):
    board: Any = serializers.SlugRelatedField("slug", read_only=True)
    focus_area: Any = serializers.SlugRelatedField("slug", read_only=True)

    class Meta:
        model = NotRelevant
        fields = ["id", "board", "year", "focus_area", "reason", "stated_at"]
        read_only_fields = fields


@described
class GoalRows(Rows):
    """The goals that organisations have set themselves, the latest year first."""

    serializer_class = GoalSerializer
    order = ("-year",)
    queryset = BoardGoal.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return BoardGoal.objects.visible_to(user).select_related("board", "focus_area")


@described
class NotRelevantRows(Rows):
    """Why focus areas have no goal with organisations, the latest year first."""

    serializer_class = NotRelevantSerializer
    order = ("-year",)
    queryset = NotRelevant.objects.none()

    def seen(self, user: Any) -> QuerySet:
        return NotRelevant.objects.visible_to(user).select_related("board", "focus_area")


class NewGoalForm(Form):
    year = forms.IntegerField(label=_("Year"), min_value=2009, max_value=2100)
    focus_area = forms.ModelChoiceField(FocusArea.objects.all(), label=_("Focus area"))
    text = forms.CharField(label=_("Goal"), max_length=300)
    programme_goal = forms.ModelChoiceField(
        Goal.objects.all(), label=_("Goal of the programme"), required=False
    )


class OfYearForm(Form):
    year = forms.IntegerField(label=_("Year"), min_value=2009, max_value=2100)


class NotRelevantOfYearForm(NotRelevantReasonForm, OfYearForm):
    focus_area = forms.ModelChoiceField(FocusArea.objects.all(), label=_("Focus area"))


class SameAsForm(Form):
    same_as = forms.ModelChoiceField(BoardGoal.objects.all(), label=_("The same as"))

    def __init__(self, *args: Any, goal: BoardGoal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if goal:
            self.fields["same_as"].queryset = BoardGoal.objects.of(goal.board, goal.year)


class ValueForm(Form):
    kind = forms.ChoiceField(label=_("Round"), choices=Round.Kind.choices)
    value = forms.DecimalField(label=_("Value"), max_digits=12, decimal_places=2)


def of_goal(goal: BoardGoal) -> dict[str, Any]:
    return {"year": goal.year, "goal": goal}


@change("namnder/<slug:slug>/mal/ny/", Board, writes, GoalSerializer, form=NewGoalForm)
def goal_set(board: Board, form: Any, by: Any) -> BoardGoal:
    """Sets a goal of the organisation for a year."""
    goal: BoardGoal = BoardGoal.objects.plan(board, by=by, **form.cleaned_data)
    return goal


@change("namnder/<slug:slug>/mal/overforing/", Board, writes, GoalSerializer, form=OfYearForm)
def plan_copy(board: Board, form: Any, by: Any) -> BoardGoal:
    """Carries the plan over from the year before; answers with the first goal."""
    goal: BoardGoal = planning.copy_forward(board, form.cleaned_data["year"], by=by)[0]
    return goal


@change(
    "namnder/<slug:slug>/mal/ej-relevant/", Board, writes, NotRelevantSerializer, form=NotRelevantOfYearForm
)
def area_not_relevant(board: Board, form: Any, by: Any) -> NotRelevant:
    """Says why a focus area has no goal that year."""
    said: NotRelevant = NotRelevant.objects.state(board, by=by, **form.cleaned_data)
    return said


@change(
    "ej-relevant/<int:pk>/andring/", NotRelevant, writes, NotRelevantSerializer, form=NotRelevantReasonForm
)
def area_reason_correct(said: NotRelevant, form: Any, by: Any) -> None:
    """Changes the reason why a focus area has no goal."""
    said.correct(by=by, **form.cleaned_data)


@change("mal/<int:pk>/andring/", BoardGoal, writes, GoalSerializer, form=GoalForm, form_facts=of_goal)
def goal_correct(goal: BoardGoal, form: Any, by: Any) -> None:
    """Changes a goal."""
    goal.correct(by=by, version=form.read_version, **form.typed)


@change("mal/<int:pk>/borttagning/", BoardGoal, writes, GoalSerializer, form=ReasonForm)
def goal_take_away(goal: BoardGoal, form: Any, by: Any) -> None:
    """Takes a goal away, with the reason."""
    goal.take_away(by=by, **form.cleaned_data)


@change(
    "mal/<int:pk>/samma/",
    BoardGoal,
    writes,
    GoalSerializer,
    form=SameAsForm,
    form_facts=lambda goal: {"goal": goal},
)
def goal_merge(goal: BoardGoal, form: Any, by: Any) -> None:
    """An inherited goal is the same as another."""
    goal.merge_into(form.cleaned_data["same_as"], by=by)


@change("mal/<int:pk>/behall/", BoardGoal, writes, GoalSerializer)
def goal_keep(goal: BoardGoal, form: Any, by: Any) -> None:
    """An inherited goal is one of its own."""
    goal.keep(by=by)


@change("mal/<int:pk>/aktiviteter/ny/", BoardGoal, writes, ActivitySerializer, form=ActivityForm)
def activity_plan(goal: BoardGoal, form: Any, by: Any) -> Activity:
    """Plans an activity under a goal."""
    activity: Activity = Activity.objects.plan(goal, by=by, **form.typed)
    return activity


@change("mal/<int:pk>/indikatorer/ny/", BoardGoal, writes, IndicatorSerializer, form=IndicatorForm)
def indicator_add(goal: BoardGoal, form: Any, by: Any) -> Indicator:
    """Adds an indicator to a goal."""
    indicator: Indicator = Indicator.objects.add(goal, by=by, **form.cleaned_data)
    return indicator


@change("indikatorer/<int:pk>/varde/", Indicator, writes, IndicatorSerializer, form=ValueForm)
def indicator_note(indicator: Indicator, form: Any, by: Any) -> None:
    """Notes the value of an indicator in a round."""
    indicator.note(form.cleaned_data["kind"], form.cleaned_data["value"], by=by)


@change("indikatorer/<int:pk>/andring/", Indicator, writes, IndicatorSerializer, form=IndicatorForm)
def indicator_correct(indicator: Indicator, form: Any, by: Any) -> None:
    """Changes an indicator."""
    indicator.correct(by=by, **form.cleaned_data)


@change("indikatorer/<int:pk>/borttagning/", Indicator, writes, IndicatorSerializer, form=ReasonForm)
def indicator_take_away(indicator: Indicator, form: Any, by: Any) -> None:
    """Takes an indicator away, with the reason."""
    indicator.take_away(by=by, **form.cleaned_data)


@change(
    "aktiviteter/<int:pk>/andring/",
    Activity,
    writes,
    ActivitySerializer,
    form=ActivityForm,
    form_facts=lambda activity: {"activity": activity},
)
def activity_correct(activity: Activity, form: Any, by: Any) -> None:
    """Changes an activity."""
    activity.correct(by=by, version=form.read_version, **form.typed)


@change("aktiviteter/<int:pk>/borttagning/", Activity, writes, ActivitySerializer, form=ReasonForm)
def activity_take_away(activity: Activity, form: Any, by: Any) -> None:
    """Takes an activity away, with the reason."""
    activity.take_away(by=by, **form.cleaned_data)


@change(
    "beslut/<int:pk>/aktivitet/",
    MeetingDecision,
    writes,
    ActivitySerializer,
    form=DecisionActivityForm,
    form_facts=lambda decision: {"board": decision.board},
)
def decision_plan(decision: MeetingDecision, form: Any, by: Any) -> Activity:
    """Makes a council's decision an activity under one of the goals."""
    activity: Activity = Activity.objects.plan(by=by, from_decision=decision, **form.typed)
    return activity


rows = SimpleRouter(use_regex_path=False)
rows.register("mal", GoalRows, basename="api_board_goal")
rows.register("ej-relevant", NotRelevantRows, basename="api_not_relevant")
changes: list[Any] = [
    goal_set,
    plan_copy,
    area_not_relevant,
    area_reason_correct,
    goal_correct,
    goal_take_away,
    goal_merge,
    goal_keep,
    activity_plan,
    indicator_add,
    indicator_note,
    indicator_correct,
    indicator_take_away,
    activity_correct,
    activity_take_away,
    decision_plan,
]
urlpatterns = [*changes, *rows.urls]
