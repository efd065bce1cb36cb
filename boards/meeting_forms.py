"""Forms for council meetings and what they decide."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .dates import Lean
from .forms import DateField, Form
from .merging import MergingForm
from .models import CouncilMeeting, User
from .models.boards import Board, Kind
from .person_search import named

SUGGESTED = 5


class PersonField(forms.CharField):
    """Somebody by name or e-mail, typed; when it is not clear who, the answer says which addresses there are."""

    def clean(self, value: Any) -> User | None:
        words = super().clean(value)
        if not words:
            return None
        people = User.objects.active()
        exact = list(people.with_address(words)) or list(people.filter(name__iexact=words)[:2])
        if len(exact) == 1:
            return exact[0]
        near = people.filter(named(words)).by_name().values_list("email", flat=True)[:SUGGESTED]
        if not near:
            raise ValidationError(_("We find nobody by that name or address."))
        raise ValidationError(_("Who is it? Write one of: %(people)s."), params={"people": ", ".join(near)})


class MeetingForm(MergingForm, Form):
    kind = forms.ChoiceField(
        label=_("Kind of meeting"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of meeting.")},
    )
    held_on = DateField(label=_("Date"), error_messages={"required": _("Give the day of the meeting.")})
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One item a line. Write nothing that concerns the security of Sweden."),
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_at(board)
        self.fields["kind"].initial = self.fields["kind"].choices[0][0]


def kinds_at(board: Board) -> list[tuple[str, Any]]:
    """The security council and the network are the city's; a board has its local council."""
    local = CouncilMeeting.Kind.LOCAL_COUNCIL
    central = board.kind in (Kind.EXECUTIVE, Kind.ADVISORY)
    return [(kind.value, kind.label) for kind in CouncilMeeting.Kind if central or kind == local]


class DecisionForm(Form):
    text = forms.CharField(
        label=_("Decision"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what was decided.")},
    )
    responsible = PersonField(
        label=_("Responsible"), required=False, help_text=_("Name or e-mail address."), max_length=200
    )
    due_on = DateField(label=_("Done by"), required=False, lean=Lean.FUTURE)
