"""The forms of the follow-up: two required fields per activity, the situation, and what is sent back."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.forms import Form, ModelForm
from boards.merging import MergingForm

from . import glossary
from .models import Activity, Answer, FollowUp, IndicatorValue, Round, Situation
from .plan_forms import CARE

FIGURE = "indicator-"


class AnswerForm(MergingForm, Form):
    status = forms.ChoiceField(
        label=_("Status"),
        choices=Answer.Status.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it goes.")},
    )
    text = forms.CharField(
        label=_("What has happened"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=CARE,
    )

    def __init__(
        self,
        *args: Any,
        activity: Activity | None = None,
        answer: Answer | None = None,
        kind: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, record=answer, **kwargs)
        self.indicators = {f"{FIGURE}{row.pk}": row for row in _indicators(activity)}
        noted = IndicatorValue.objects.filter(indicator__in=self.indicators.values(), kind=kind)
        values = dict(noted.values_list("indicator", "value"))
        for name, row in self.indicators.items():
            self.fields[name] = forms.DecimalField(
                label=f"{row.name} ({row.unit})" if row.unit else row.name,
                required=False,
                max_digits=12,
                decimal_places=2,
                localize=True,
                initial=values.get(row.pk),
                help_text=_("Target: %(target)s. Source: %(source)s")
                % {"target": row.target_text, "source": row.source},
            )

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Answer.FIELDS}

    @property
    def figures(self) -> list[tuple[Any, Decimal]]:
        changed = [name for name in self.indicators if name in self.changed_data]
        return [
            (self.indicators[name], self.cleaned_data[name])
            for name in changed
            if self.cleaned_data[name] is not None
        ]


def _indicators(activity: Activity | None) -> Any:
    return activity.goal.indicators.order_by("pk") if activity else ()


class SituationForm(MergingForm, ModelForm):
    """Each hint says which picture the answer goes into."""

    class Meta:
        model = Situation
        fields = list(Situation.FEEDS)

    explains = {
        "risks": glossary.word("risk"),
        "accidents": glossary.word("olycka"),
        "threats": glossary.word("hot-och-vald"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, picture in Situation.FEEDS.items():
            self.fields[name].help_text = _("Read in: %(picture)s") % {"picture": picture}


class CommentForm(Form):
    comment = forms.CharField(label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class ReturnForm(CommentForm):
    """What is to be changed, and a remark at each field it is about."""

    def __init__(self, *args: Any, follow_up: FollowUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[Answer | None, str]] = {}
        for answer in follow_up.answers.order_by("pk"):
            for field in Answer.FIELDS:
                self._add(f"remark-{answer.pk}-{field}", answer, field, answer.asked)
        if follow_up.round.asks_for_situation:
            for field in Situation.FEEDS:
                self._add(f"remark-situation-{field}", None, field, "")

    def _add(self, name: str, answer: Answer | None, field: str, about: str) -> None:
        self.places[name] = (answer, field)
        words = label_of(answer, field)
        self.fields[name] = forms.CharField(
            label=f"{about}: {words}" if about else words, max_length=500, required=False
        )

    @property
    def remarks(self) -> list[tuple[Answer | None, str, str]]:
        return [(*place, text) for name, place in self.places.items() if (text := self.cleaned_data[name])]


def label_of(answer: Answer | None, field: str) -> str:
    place: Any = (Answer if answer else Situation)._meta.get_field(field)
    return str(place.verbose_name)


class SupplementForm(Form):
    text = forms.CharField(label=_("Supplement"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    answer = forms.ModelChoiceField(Answer.objects.none(), label=_("Activity"), required=False)

    def __init__(self, *args: Any, follow_up: FollowUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].queryset = follow_up.answers.order_by("pk")


class RoundForm(Form):
    explains = {"kind": glossary.word("tertial")}
    kind = forms.ChoiceField(label=_("Round"), choices=Round.Kind.choices, widget=forms.RadioSelect)
    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)
