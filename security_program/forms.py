"""The forms of the roof: settings, decisions, barriers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from boards import svg
from boards.dates import Lean
from boards.forms import DateField, Form, ModelForm
from boards.merging import MergingForm
from boards.models import City, SiteText
from crisis.models import Level
from risk_analysis import levels

from . import glossary
from .models import AccessibilityStatement, BarrierReport, CalendarRule, Programme


class PartOfCity(MergingForm, ModelForm):
    @property
    def changes(self) -> dict[str, Any]:
        return self.typed


class CityForm(PartOfCity):
    class Meta:
        model = City
        fields = ["name", "environment"]
        widgets = {"environment": forms.RadioSelect}
        help_texts = {"environment": _("Anything but In use shows a band on every page.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


class NumbersForm(PartOfCity):
    class Meta:
        model = City
        fields = [
            "crisis_support_phone",
            "guard_phone",
            "it_support_phone",
            "protective_security_phone",
            "incident_system_url",
        ]
        widgets = {
            name: forms.TextInput(attrs={"type": "tel"})
            for name in (
                "crisis_support_phone",
                "guard_phone",
                "it_support_phone",
                "protective_security_phone",
            )
        }

    incident_system_url = forms.URLField(
        label=_("The city's incident system"),
        required=False,
        assume_scheme="https",
        help_text=_("Where incidents are reported today, if the city has such a system."),
    )


class ContactForm(PartOfCity):
    class Meta:
        model = City
        fields = ["support_email"]
        help_texts = {"support_email": _("Stands at the foot of the help page and on pages about errors.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["support_email"].required = True


class LookForm(PartOfCity):
    logo_file = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("An SVG drawing of at most 50 kB. Only shapes and colours are kept."),
        widget=forms.FileInput(attrs={"accept": "image/svg+xml,.svg"}),
    )
    remove_logo = forms.BooleanField(label=_("Remove the logo"), required=False)

    class Meta:
        model = City
        fields = ["logo_alt", "font_family"]
        help_texts = {
            "logo_alt": _("What somebody who cannot see the logo is told, for example Stockholms stad."),
            "font_family": _("A font that is installed on the city's computers. Others see Source Sans 3."),
        }

    field_order = ["logo_file", "remove_logo", "logo_alt", "font_family"]

    def clean_logo_file(self) -> str:
        file = self.cleaned_data["logo_file"]
        if not file:
            return ""
        if file.size > svg.LARGEST:
            raise ValidationError(_("The drawing is larger than 50 kB."))
        return svg.clean(file.read().decode("utf-8", errors="replace"))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        logo = facts.get("logo_file") or ("" if facts.get("remove_logo") else self.instance.logo)
        if logo and not facts.get("logo_alt"):
            self.add_error("logo_alt", _("Say what the logo shows."))
        facts["logo"] = logo
        return facts

    @property
    def changes(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("logo", "logo_alt", "font_family")}


class InForceForm(Form):
    explains = {"diary_number": glossary.word("diarienummer")}
    decided_on = DateField(label=_("The council's decision, date"), lean=Lean.PAST)
    diary_number = forms.CharField(label=_("Diary number"), max_length=40)
    paragraph = forms.CharField(
        label=_("Paragraph in the minutes"), max_length=40, help_text=_("For example § 12.")
    )

    def __init__(self, *args: Any, programme: Programme | None = None, **kwargs: Any) -> None:
        if programme:
            kwargs.setdefault("initial", {"diary_number": programme.diary_number})
        super().__init__(*args, **kwargs)


class CalendarRuleForm(ModelForm):
    class Meta:
        model = CalendarRule
        fields = [
            "what",
            "what_en",
            "month",
            "day",
            "offset_days",
            "every_years",
            "first_year",
            "audience",
            "source",
            "is_checked",
        ]
        widgets = {"audience": forms.RadioSelect}


class InBothLanguages(ModelForm):
    """Fields that stand twice: what is written in each says so to a screen reader."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["lang"] = "en" if name.endswith("_en") else "sv"


class LevelForm(InBothLanguages):
    class Meta:
        model = Level
        fields = ["name", "name_en", "text", "text_en", "decided_by", "decided_by_en"]


class SiteTextForm(InBothLanguages):
    class Meta:
        model = SiteText
        fields = ["text", "text_en"]
        help_texts = {"text": _("A new line begins a new paragraph.")}


class ScaleWordsForm(Form):
    """One scale: for each step a word and what it means, in both languages."""

    def __init__(self, *args: Any, scale: list[dict[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.length = len(scale)
        parts = (
            ("word", _("Step %(step)s: word"), 60),
            ("word_en", _("Step %(step)s: word in English"), 60),
            ("meaning", _("Step %(step)s: what it means"), 160),
            ("meaning_en", _("Step %(step)s: what it means, in English"), 160),
        )
        for step, word in enumerate(scale, 1):
            for part, label, most in parts:
                self.fields[f"{part}_{step}"] = forms.CharField(
                    label=label % {"step": step}, max_length=most, initial=word.get(part, "")
                )

    @property
    def scale(self) -> list[dict[str, str]]:
        parts = ("word", "word_en", "meaning", "meaning_en")
        facts = self.cleaned_data
        return [{part: facts[f"{part}_{step}"] for part in parts} for step in range(1, self.length + 1)]


class LevelTableForm(Form):
    """The 25 levels. The rule that the table must keep is asked of the method, not here."""

    def __init__(self, *args: Any, table: levels.Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for consequence in reversed(levels.STEPS):
            for likelihood in levels.STEPS:
                label = _("Consequence %(consequence)s, likelihood %(likelihood)s") % {
                    "consequence": consequence,
                    "likelihood": likelihood,
                }
                self.fields[_cell(consequence, likelihood)] = forms.TypedChoiceField(
                    label=label,
                    coerce=int,
                    choices=list(levels.NAMES.items()),
                    initial=table[consequence - 1][likelihood - 1],
                    widget=forms.Select(attrs={"aria-label": label}),
                )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if not self.errors and (found := levels.problems(self.table)):
            raise ValidationError(found)
        return facts

    @property
    def table(self) -> list[list[int]]:
        return [
            [self.cleaned_data[_cell(consequence, likelihood)] for likelihood in levels.STEPS]
            for consequence in levels.STEPS
        ]

    @property
    def rows(self) -> list[tuple[int, list[Any]]]:
        return [
            (consequence, [self[_cell(consequence, likelihood)] for likelihood in levels.STEPS])
            for consequence in reversed(levels.STEPS)
        ]


def _cell(consequence: int, likelihood: int) -> str:
    return f"level_{consequence}_{likelihood}"


class StatementForm(ModelForm):
    decided_on = DateField(label=_("Decided on"), lean=Lean.PAST)

    class Meta:
        model = AccessibilityStatement
        fields = [
            "authority",
            "decided_on",
            "barriers",
            "barriers_en",
            "how_tested",
            "how_tested_en",
            "contact_email",
            "contact_phone",
        ]
        widgets = {"contact_phone": forms.TextInput(attrs={"type": "tel"})}


class BarrierForm(ModelForm):
    class Meta:
        model = BarrierReport
        fields = ["text", "page"]
        help_texts = {
            "text": _("Do not write your name. The answer is public, what you write is not."),
            "page": _("The address or the heading."),
        }


class BarrierAnswerForm(ModelForm):
    class Meta:
        model = BarrierReport
        fields = ["about", "answer"]
        help_texts = {
            "about": _("One line that everyone can read, without anything personal."),
            "answer": _("What has been done, or when it will be. Everyone can read it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
