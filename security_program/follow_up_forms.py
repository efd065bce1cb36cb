"""The forms of the follow-up: two required fields per activity, the situation, and what is sent back."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.forms import Form, ModelForm
from boards.merging import MergingForm

from . import glossary, steering
from .models import Activity, Answer, FollowUp, HandOver, IndicatorValue, Round, Situation
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
        values = {row: _short(value) for row, value in noted.values_list("indicator", "value")}
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


def _short(value: Decimal) -> Decimal:
    """59 and not 59,00: without decimals that say nothing."""
    return Decimal(f"{value.normalize():f}")


def _indicators(activity: Activity | None) -> Any:
    return activity.goal.indicators.order_by("pk") if activity else ()


class SituationForm(MergingForm, ModelForm):
    """Each hint says which picture the answer goes into, and each figure what it was the year before."""

    class Meta:
        model = Situation
        fields = list(Situation.FEEDS)

    explains = {
        "risks": glossary.word("risk"),
        "accidents": glossary.word("olycka"),
        "threats": glossary.word("hot-och-vald"),
    }

    def __init__(self, *args: Any, last: Situation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, picture in Situation.FEEDS.items():
            self.fields[name].help_text = _("Read in: %(picture)s") % {"picture": picture.label}
        if last:
            self._remind(last)

    def _remind(self, last: Situation) -> None:
        for name in ("accidents", "threats"):
            said = {"round": last.follow_up.round, "value": getattr(last, name)}
            self.fields[name].help_text += ". " + _("In %(round)s: %(value)s") % said


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


class WaysForm(Form):
    """For the API; the page has one button for each."""

    way = forms.ChoiceField(label=_("How"), choices=HandOver.Way.choices)


class SteeringWordsForm(Form):
    """What the steering system calls our things, and in which order its columns stand."""

    optional_goes_without_saying = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = steering.said()
        for kind, terms in steering.KINDS.items():
            for term in terms:
                self._add(kind, term)

    def _add(self, kind: str, term: steering.Term) -> None:
        key = steering.key_of(kind, term)
        word, place = self.known[key]
        needed = kind != "kolumn" or term.key in steering.NEEDED
        self.fields[key] = forms.CharField(label=term.label, initial=word, required=needed, max_length=80)
        if kind == "kolumn":
            self.fields[f"{key}-plats"] = forms.IntegerField(
                label=_("Place"), initial=place, min_value=1, max_value=99
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for kind in steering.KINDS:
            taken: dict[str, str] = {}
            for key in (name for name in self.known if name.startswith(f"{kind}-")):
                word = " ".join(found.get(key, "").split()).casefold()
                if word and word in taken:
                    self.add_error(key, _("Two things have the same name."))
                taken[word] = key
        return found

    @property
    def words(self) -> dict[str, tuple[str, int]]:
        said = self.cleaned_data
        return {
            key: (said[key].strip(), said.get(f"{key}-plats") or place)
            for key, (_word, place) in self.known.items()
        }

    @property
    def columns(self) -> list[tuple[Any, Any]]:
        """Each column's name and place, side by side."""
        keys = [steering.key_of("kolumn", term) for term in steering.COLUMNS]
        return [(self[key], self[f"{key}-plats"]) for key in keys]

    @property
    def terms(self) -> list[Any]:
        return [
            self[steering.key_of(kind, term)]
            for kind in ("omgang", "status")
            for term in steering.KINDS[kind]
        ]
