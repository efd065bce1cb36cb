"""The forms of the instructions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.dates import Lean
from boards.forms import DateField, Form, ModelForm

from . import glossary
from .models import GuidelineVersion


class GuidelineVersionForm(ModelForm):
    class Meta:
        model = GuidelineVersion
        fields = ["text", "acknowledge_within_days"]

    explains = {"text": glossary.word("anvisning")}


class GuidelineForm(GuidelineVersionForm):
    name = forms.CharField(label=_("Name"), max_length=160)
    field_order = ("name", "text", "acknowledge_within_days")


class GuidelineDecisionForm(Form):
    explains = {"diary_number": glossary.word("diarienummer")}
    decided_by = forms.CharField(label=_("Decided by"), max_length=120)
    decided_on = DateField(label=_("Decided on"), lean=Lean.PAST)
    in_force_from = DateField(label=_("In force from"))
    diary_number = forms.CharField(label=_("Diary number"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"decided_by": "Stadsdirektören"})
        super().__init__(*args, **kwargs)
