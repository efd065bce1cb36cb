"""The forms about obligations: an answer, the city office's remark, a company's adoption."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.dates import Lean
from boards.forms import DateField, Form

from .models import Statement

HINTS = {
    Statement.Value.PARTLY: _("Say what is left and when it is done."),
    Statement.Value.NOT: _("Say why, and what happens now."),
    Statement.Value.NOT_APPLICABLE: _("Say why the obligation does not concern you."),
}


class StatementForm(Form):
    value = forms.ChoiceField(label=_("How is the obligation met?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed for every answer but met. Write no names and nothing secret."),
    )
    link = forms.URLField(
        label=_("Link to what shows it"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("A decision, a plan or a page that others can read."),
    )

    def __init__(self, *args: Any, may_be_met: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [each for each in Statement.Value.choices if may_be_met or each[0] != Statement.Value.MET]
        self.fields["value"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("value") in Statement.REASONED and not facts.get("reason", "").strip():
            self.add_error("reason", HINTS[facts["value"]])
        return facts


class RemarkForm(Form):
    remark = forms.CharField(
        label=_("What could you not see?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class AdoptionForm(Form):
    decided_on = DateField(label=_("When did the company's board decide?"), lean=Lean.PAST)
    paragraph = forms.CharField(
        label=_("Paragraph in the minutes"), max_length=40, help_text=_("For example § 14.")
    )


class AdoptionCallForm(Form):
    decided_on = DateField(label=_("When did the parent company's board decide?"), lean=Lean.PAST)
    paragraph = forms.CharField(
        label=_("Paragraph in the minutes"), max_length=40, help_text=_("For example § 14.")
    )
    answer_by = DateField(label=_("When should the companies have decided?"), lean=Lean.FUTURE)
