"""The forms of the profile and of the pages where accounts are looked after."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..dates import Lean
from ..days import today
from ..forms import DateField, Form
from ..models import User
from .sign_in_forms import new_password

UNKNOWN = _("Nobody here has that e-mail address.")


class ChoicesForm(Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Colours"), choices=User.Theme.choices, widget=forms.RadioSelect)
    shortcuts = forms.BooleanField(
        label=_("Keyboard shortcuts"),
        help_text=_("On pages where one searches for people the key / leads to the search field."),
        required=False,
    )


class StandInForm(Form):
    deputy = forms.EmailField(
        label=_("Your deputy's e-mail"),
        help_text=_("The deputy may do all that your offices may, in protected ones after approval."),
    )
    valid_from = DateField(label=_("First day"), lean=Lean.FUTURE)
    valid_to = DateField(
        label=_("Last day"), help_text=_("At most three months at a time."), lean=Lean.FUTURE
    )

    LONGEST_DAYS = 92

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_deputy(self) -> User:
        found = User.objects.active().with_address(self.cleaned_data["deputy"]).first()
        if found is None:
            raise ValidationError(UNKNOWN)
        if found.pk == self.person.pk:
            raise ValidationError(_("Choose somebody other than yourself."))
        return found

    def clean_valid_from(self) -> date:
        first: date = self.cleaned_data["valid_from"]
        if first < today():
            raise ValidationError(_("The first day has already been."))
        return first

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day comes before the first."))
        elif first and last and (last - first).days > self.LONGEST_DAYS:
            self.add_error("valid_to", _("At most three months at a time."))
        return given


class NewEmailForm(Form):
    email = forms.EmailField(
        label=_("New e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}), max_length=254
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class AcceptForm(Form):
    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password1 = forms.CharField()

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        self.fields["password1"] = new_password()

    def clean_password1(self) -> str:
        given: str = self.cleaned_data["password1"]
        validate_password(given, User(email=self.person.email, name=self.data.get("name", "")))
        return given


class InviteForm(Form):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=120)


class ResetForm(Form):
    reason = forms.CharField(
        label=_("How do you know that it is the right person?"),
        help_text=_("For example: showed their identity card, called back on the number in the directory."),
        max_length=300,
    )


class SearchForm(Form):
    asks_only = True
    optional_goes_without_saying = True
    q = forms.CharField(
        label=_("Name or e-mail"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"data-search": True}),
    )
