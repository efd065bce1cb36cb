"""The forms on an analysis's way: what is said when it is given back, recalled or answered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.dates import Lean
from boards.forms import DateField, Form

from .models import Capability, Considered


class WhyForm(Form):
    comment = forms.CharField(
        label=_("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why, so that the board knows what to do.")},
    )


class BoardHadItForm(Form):
    on = DateField(
        label=_("The day of the meeting"),
        lean=Lean.PAST,
        error_messages={"required": _("Give the day of the meeting.")},
    )


class DiaryForm(Form):
    number = forms.CharField(
        label=_("Diary number"),
        max_length=40,
        help_text=_("The registry's own number, not ours."),
        error_messages={"required": _("Write the registry's number of what is handed in.")},
    )


class ReplyForm(Form):
    reply = forms.CharField(
        label=_("Answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you have done.")},
    )


class RsaCommentForm(Form):
    text = forms.CharField(
        label=_("Comment or question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the comment.")},
    )


class AcceptForm(Form):
    why = forms.CharField(
        label=_("Why it is accepted"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the risk is accepted. One sentence is enough.")},
    )
    until = DateField(
        label=_("Accepted until"),
        lean=Lean.FUTURE,
        error_messages={"required": _("Choose a day from today on.")},
    )


class ConsideredForm(Form):
    what = forms.ChoiceField(label=_("What"), choices=Considered.What.choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why it is not relevant"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why it is not relevant. One sentence is enough.")},
    )


class CapabilityForm(Form):
    """One capability at a time: the grade and why."""

    place = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    grade = forms.ChoiceField(
        label=_("How well do you manage it?"),
        choices=Capability.Grade.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how well you manage it.")},
    )
    text = forms.CharField(
        label=_("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class QuestionForm(Form):
    """One question without any field for text. What is answered is read, shown once and kept nowhere.

    The name makes it one of those that are never kept when a session has ended, the values are as long as each
    other, and the form carries no key of its own, since what is sent is not remembered even as a digest.
    """

    YES, NO, UNSURE = "1", "2", "3"

    secret_answer = forms.ChoiceField(
        label=_("Can what you do be of importance to the security of Sweden?"),
        choices=[(YES, _("Yes")), (NO, _("No")), (UNSURE, _("Unsure"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer.")},
    )
