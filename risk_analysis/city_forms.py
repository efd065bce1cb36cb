"""The forms of the city executive office: rounds, reviewers, purposes and themes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.days import today
from boards.forms import DateField, Form, ModelForm, SeveralField
from boards.models import Board, User
from boards.models.offices import OfficeHolder

from .models import Purpose, RsaCycle
from .models.purposes import scopes


class PurposeForm(Form):
    what = forms.ChoiceField(
        label=_("What do you read?"), choices=Purpose.What.choices, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(
        label=_("Which organisations?"),
        required=False,
        help_text=_("Choose one kind if that is enough: the fewer you open, the better."),
    )
    why = forms.CharField(
        label=_("What do you need it for?"),
        max_length=300,
        help_text=_("One sentence. It is kept together with what you have opened."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("All of them")), *scopes()]  # type: ignore[attr-defined]


class RoundForm(ModelForm):
    """A new round. Organisations are named only where not all take part."""

    opens_on = DateField(label=_("Opens on"))
    due_on = DateField(label=_("Hand in by"))
    answered_by = DateField(label=_("The city executive office answers by"), required=False)
    boards = SeveralField(
        Board.objects.none(),
        label=_("Which organisations take part?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave it empty when every organisation that the programme binds takes part."),
    )

    class Meta:
        model = RsaCycle
        fields = [
            *("kind", "name", "slug", "year", "opens_on", "due_on", "answered_by"),
            *("small_file_light", "companies_first", "boards"),
        ]
        help_texts = {"slug": _("The last part of the address, as 2026. It is not changed afterwards.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "boards" in self.fields:
            self.fields["boards"].queryset = Board.objects.bound().on().by_name()  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in RESERVED:
            self.add_error("slug", _("That address is taken by a page of its own. Choose another."))
        return slug

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    def _post_clean(self) -> None:
        """What must hold of the whole is the verb's to say."""


# Pages of their own beside the rounds.
RESERVED = ("ny", "granskare", "registrering", "fragor")


class RoundFactsForm(RoundForm):
    """What can still be changed of a round that is open."""

    boards = None  # type: ignore[assignment]

    class Meta(RoundForm.Meta):
        fields = ["name", "due_on", "answered_by", "small_file_light", "companies_first"]

    opens_on = None  # type: ignore[assignment]


class ReviewerForm(Form):
    person = forms.ModelChoiceField(User.objects.none(), label=_("Case officer"))
    board = forms.ModelChoiceField(Board.objects.none(), label=_("Organisation"))
    valid_from = DateField(label=_("From"), initial=today)
    valid_to = DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reviewing = (
            OfficeHolder.objects.confirmed().on().filter(office__group__permissions__codename="review")
        )
        people = User.objects.active().filter(pk__in=reviewing.values("person"))
        self.fields["person"].queryset = people.by_name()  # type: ignore[attr-defined]
        self.fields["board"].queryset = Board.objects.bound().on().by_name()  # type: ignore[attr-defined]


class LastDayForm(Form):
    last_day = DateField(label=_("Last day"), initial=today)
