"""The forms of the decided wording: the file, what it is tied to, and a correction."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.forms import Form, ModelForm

from . import programme_file
from .models import Erratum, Programme, Requirement
from .wording import Mapping


class TextFileForm(Form):
    file = forms.FileField(
        label=_("The city's document"),
        help_text=_(
            "Word (docx), Markdown (md) or plain text (txt). You see what is read before it is saved."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx,.md,.markdown,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > programme_file.LARGEST:
            raise programme_file.UnreadableFileError(_("The file is larger than 10 MB."))
        self.lines = programme_file.read(file.read(), file.name)
        return file


class MappingForm(Form):
    """For each focus area, goal and binding requirement the number of its paragraph; empty where there is none."""

    optional_goes_without_saying = True

    def __init__(self, *args: Any, programme: Programme, proposed: Mapping, last: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {
            "areas": [(area.pk, area.name) for area in programme.focus_areas.all()],
            "goals": [(goal.pk, goal.text) for goal in programme.goals.all()],
            "requirements": [
                (duty.pk, f"{duty.code}: {duty.what}")
                for duty in Requirement.objects.filter(programme=programme).binding()
            ],
        }
        for group, things in self.groups.items():
            for pk, label in things:
                number = getattr(proposed, group).get(pk)
                self.fields[f"{group}-{pk}"] = forms.IntegerField(
                    label=label, required=False, min_value=1, max_value=last, initial=number
                )

    @property
    def mapping(self) -> Mapping:
        numbers = {
            group: {pk: number for pk, _label in things if (number := self.cleaned_data.get(f"{group}-{pk}"))}
            for group, things in self.groups.items()
        }
        return Mapping(**numbers)

    def of(self, group: str) -> list[Any]:
        return [self[f"{group}-{pk}"] for pk, _label in self.groups[group]]

    @property
    def area_fields(self) -> list[Any]:
        return self.of("areas")

    @property
    def goal_fields(self) -> list[Any]:
        return self.of("goals")

    @property
    def requirement_fields(self) -> list[Any]:
        return self.of("requirements")


class ErratumForm(ModelForm):
    class Meta:
        model = Erratum
        fields = ["right", "reason"]
