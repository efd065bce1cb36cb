"""Forms of the register: facts about a board, its last day, mergers and areas."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .dates import Lean
from .forms import DateField, Form, ModelForm, SeveralField
from .merging import MergingForm
from .models import Area, Board, Sector
from .models.boards import Kind

# What others belong under; few enough to choose among.
PARENTS = (Kind.COUNCIL, Kind.EXECUTIVE, Kind.PARENT_COMPANY)


class SectorsField(SeveralField):
    """The sectors have Swedish names alone, and say so on an English page."""

    def label_from_instance(self, sector: Sector) -> str:
        return format_html('<span lang="sv">{}</span>', sector.name)


class BoardForm(MergingForm, ModelForm):
    valid_from = DateField(
        label=_("Exists from"),
        required=False,
        help_text=_("The first day. Leave it empty if it has always existed."),
    )
    sectors = SectorsField(
        Sector.objects.order_by("name"),
        label=_("Preparedness sectors"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Board
        fields = [
            "name",
            "short_name",
            "administration",
            "parent",
            "valid_from",
            "is_small",
            "has_local_council",
            "email",
            "phone",
            "guard_phone",
            "crisis_support_phone",
            "note",
        ]
        labels = {"parent": _("Belongs under")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Board.objects.filter(kind__in=PARENTS).on().by_name()
        self.fields["parent"].empty_label = _("Nothing above it")
        if self.instance.pk:
            self.fields["parent"].queryset = self.fields["parent"].queryset.exclude(pk=self.instance.pk)
            self.fields["sectors"].initial = self.instance.sectors.all()
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name in self.Meta.fields}

    def _post_clean(self) -> None:
        """The verb validates the board; here only the fields are read."""


class NewBoardForm(BoardForm):
    kind = forms.ChoiceField(choices=[("", _("Choose")), *Kind.choices], label=_("Kind"))
    field_order = ["name", "kind"]

    @property
    def facts(self) -> dict[str, Any]:
        name = self.cleaned_data["name"]
        return {**super().facts, "kind": self.cleaned_data["kind"], "slug": slugify(name)[:60]}


class LastDayForm(Form):
    last_day = DateField(
        label=_("Last day"),
        lean=Lean.NEAREST,
        help_text=_("The last day that still counts. For example 31 December."),
        error_messages={"required": _("Give the last day.")},
    )


class MergerForm(Form):
    boards = SeveralField(
        Board.objects.none(),
        label=_("Which boards go on as this one?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one board that goes on as another.")},
    )
    on = DateField(
        label=_("First day of the merged board"),
        help_text=_("The others end the day before."),
        error_messages={"required": _("Give the first day.")},
    )

    def __init__(self, *args: Any, successor: Board, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        same = Board.objects.filter(kind=successor.kind, successions_out__isnull=True).on()
        self.fields["boards"].queryset = same.exclude(pk=successor.pk).by_name()


class AreaForm(Form):
    to = forms.ModelChoiceField(
        Board.objects.none(),
        empty_label=_("Choose a board"),
        label=_("Board that answers for the area from then on"),
        error_messages={"required": _("Choose a board.")},
    )
    on = DateField(label=_("First day"), error_messages={"required": _("Give the first day.")})

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Board.objects.districts().on().exclude(pk=area.board_id).by_name()
