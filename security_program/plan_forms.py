"""The forms of a year's plan: goals, activities, indicators and what is not relevant."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from boards.dates import Lean
from boards.days import today
from boards.forms import DateField, Form
from boards.meeting_forms import PersonField
from boards.merging import MergingForm
from boards.models import Board

from . import glossary
from .models import Activity, BoardGoal, FocusArea, Goal, Indicator
from .planning import focus_areas

# Nothing that concerns the security of Sweden is written in a plan.
CARE = _("Write nothing that concerns the security of Sweden.")


class Labelled(forms.ModelChoiceField):
    def label_from_instance(self, row: Any) -> str:
        return f"{row.year}: {row}" if isinstance(row, BoardGoal) else str(row.label)


def areas_of(year: int) -> Any:
    return FocusArea.objects.filter(pk__in=[area.pk for area in focus_areas(year)]).order_by("order")


class GoalForm(MergingForm, Form):
    explains = {"focus_area": glossary.word("fokusomrade")}
    focus_area = Labelled(
        FocusArea.objects.none(),
        label=_("Focus area"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the focus area.")},
    )
    text = forms.CharField(
        label=_("Goal"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=CARE
    )
    programme_goal = Labelled(Goal.objects.none(), label=_("Goal of the programme"), required=False)

    def __init__(self, *args: Any, year: int, goal: BoardGoal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, record=goal, **kwargs)
        areas = areas_of(year)
        own = FocusArea.objects.filter(pk=goal.focus_area_id) if goal else FocusArea.objects.none()
        self.fields["focus_area"].queryset = areas | own.order_by("order")
        goals = Goal.objects.filter(Q(focus_area__in=areas) | Q(pk=goal.programme_goal_id if goal else None))
        self.fields["programme_goal"].queryset = goals


class NotRelevantReasonForm(Form):
    reason = forms.CharField(
        label=_("Why it is not relevant"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class NotRelevantForm(NotRelevantReasonForm):
    field_order = ("focus_area", "reason")
    explains = {"focus_area": glossary.word("fokusomrade")}
    focus_area = Labelled(
        FocusArea.objects.none(),
        label=_("Focus area"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the focus area.")},
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["focus_area"].queryset = areas_of(year)


class ActivityForm(MergingForm, Form):
    what = forms.CharField(
        label=_("Activity"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text=CARE
    )
    responsible = PersonField(
        label=_("Responsible"), required=False, help_text=_("Name or e-mail address."), max_length=200
    )
    due_on = DateField(label=_("Done by"), required=False, lean=Lean.FUTURE)

    def __init__(self, *args: Any, activity: Activity | None = None, **kwargs: Any) -> None:
        super().__init__(*args, record=activity, **kwargs)


class DecisionActivityForm(ActivityForm):
    """What a council decided, as an activity under one of the goals of this year or the next."""

    goal = Labelled(
        BoardGoal.objects.none(),
        label=_("Goal"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the goal.")},
    )
    field_order = ("goal", "what", "responsible", "due_on")

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = (today().year, today().year + 1)
        goals = BoardGoal.objects.filter(board=board, year__in=years).standing()
        self.fields["goal"].queryset = goals.order_by("year", "focus_area__order", "pk")


class IndicatorForm(Form):
    name = forms.CharField(label=_("Indicator"), max_length=160)
    target = forms.DecimalField(label=_("Target"), max_digits=12, decimal_places=2, localize=True)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Where the figure is taken from.")
    )


class ReasonForm(Form):
    reason = forms.CharField(label=_("Why"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


def facts_of(goal: BoardGoal) -> dict[str, Any]:
    return {"focus_area": goal.focus_area_id, "text": goal.text, "programme_goal": goal.programme_goal_id}


def facts_of_activity(activity: Activity) -> dict[str, Any]:
    responsible = activity.responsible.email if activity.responsible else ""
    return {"what": activity.what, "responsible": responsible, "due_on": activity.due_on}


def facts_of_indicator(indicator: Indicator) -> dict[str, Any]:
    return {name: getattr(indicator, name) for name in ("name", "target", "unit", "source")}
