"""The questions of the first run that no settings page asks again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from boards import board_file
from boards.dates import Lean
from boards.forms import DateField, Form
from boards.spreadsheets import LARGEST

from .models import Programme


class BoardsForm(Form):
    """Where the boards come from."""

    STOCKHOLM, FILE, LATER = "stockholm", "file", "later"
    source = forms.ChoiceField(
        label=_("Which boards and companies does the city have?"),
        choices=[
            (STOCKHOLM, _("Stockholm's boards and companies")),
            (FILE, _("Those in an Excel or CSV file")),
            (LATER, _("I add them one by one later")),
        ],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A row for each, with at least the headings Namn and Typ. You see what changes first."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("source") == self.FILE:
            self._read(facts.get("file"))
        return facts

    def _read(self, file: Any) -> None:
        self.reading = board_file.Reading()
        if not file:
            self.add_error("file", _("Choose a file."))
            return
        if file.size > LARGEST:
            self.add_error("file", _("The file is larger than 2 MB. Keep only the boards in it."))
            return
        try:
            self.reading = board_file.read(file.read(), file.name)
        except board_file.UnreadableFileError as error:
            self.add_error("file", error)
        for problem in self.reading.problems[:20]:
            self.add_error("file", problem)


class FirstProgrammeForm(Form):
    """Which version is in force, with the decision, or not yet. The diary number is the version's own."""

    LATER = "later"
    programme = forms.ChoiceField(label=_("Which programme is in force?"), widget=forms.RadioSelect)
    decided_on = DateField(label=_("The council's decision, date"), lean=Lean.PAST, required=False)
    paragraph = forms.CharField(label=_("Paragraph in the minutes"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = [p for p in Programme.objects.newest_first() if p.can_be_confirmed]
        choices = [(p.slug, f"{p.name} ({p.period})") for p in open_ones]
        self.fields["programme"].choices = [*choices, (self.LATER, _("I confirm that later"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        if facts.get("programme") not in (None, self.LATER):
            for name in ("decided_on", "paragraph"):
                if not facts.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed to note that the programme is in force."))
        return facts


class SeenForm(Form):
    """A part of the first run that is shown and answered with one press."""


class MailForm(Form):
    send = forms.ChoiceField(
        label=_("Send a test message to yourself?"),
        choices=[("yes", _("Yes, send it")), ("no", _("No, go on without"))],
        widget=forms.RadioSelect,
    )
