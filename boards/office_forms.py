"""Forms for who holds which office and who sits on the board."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .dates import Lean
from .days import today
from .forms import DateField, Form
from .models import Membership


class PeriodForm(Form):
    valid_from = DateField(label=_("From"), error_messages={"required": _("Give the first day.")})
    valid_to = DateField(
        label=_("Up to and including"),
        required=False,
        lean=Lean.FUTURE,
        help_text=_("Leave it empty if it goes on."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].initial = today


class AppointForm(PeriodForm):
    share_percent = forms.IntegerField(
        label=_("Share of a full-time post, percent"),
        initial=100,
        min_value=1,
        max_value=100,
        error_messages={
            "required": _("Give a number from 1 to 100."),
            "invalid": _("Give a number from 1 to 100."),
            "min_value": _("Give a number from 1 to 100."),
            "max_value": _("Give a number from 1 to 100."),
        },
    )
    is_deputy = forms.BooleanField(
        label=_("Deputy"),
        required=False,
        help_text=_("Several can be deputies. They have the same rights as the one who holds the office."),
    )
    shared_reason = forms.CharField(
        label=_("Why it is shared with another organisation"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only if the person holds the same office elsewhere too."),
    )


class HandOverForm(Form):
    first_day = DateField(
        label=_("First day of the successor"),
        lean=Lean.FUTURE,
        help_text=_("The one who holds the office now has it up to the day before."),
        error_messages={"required": _("Give the first day.")},
    )
    shared_reason = AppointForm.base_fields["shared_reason"]


class TrainingForm(Form):
    completed_on = DateField(
        label=_("Completed"), lean=Lean.PAST, error_messages={"required": _("Give the day it was taken.")}
    )
    expires_on = DateField(
        label=_("Counts until"),
        required=False,
        lean=Lean.FUTURE,
        help_text=_("Leave it empty if it does not expire."),
    )


class SeatForm(PeriodForm):
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Membership.Role,
        initial=Membership.Role.MEMBER,
        widget=forms.RadioSelect,
    )
    field_order = ["role", "valid_from", "valid_to"]
