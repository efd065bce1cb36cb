"""What the forms of an analysis share: what a new row needs stands first, and the rest is folded away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from boards.bilingual import word_in_readers_language as in_words
from boards.forms import ExplainedChoices, Form
from boards.merging import MergingForm

from ..models import Item, Rsa
from ..models.commitments import YEAR_IN_HOURS

CARE = _("Write nothing that concerns the security of Sweden.")
NOT_JUDGED = ("", _("Not assessed"))


def words(label: Any, most: int, *, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        **{"required": False, **more},
    )


def line(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **{"required": False, **more})


def whole_hours(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=YEAR_IN_HOURS, **more)


def step_of(label: Any, **more: Any) -> forms.TypedChoiceField:
    """A step of a scale; its words come from the method that the analysis was begun with."""
    return forms.TypedChoiceField(
        label=label, coerce=int, empty_value=None, **{"required": False, "widget": ExplainedChoices, **more}
    )


class ItemForm(MergingForm, Form):
    """A row of an analysis. `MORE` are the fields that stand folded, and are optional."""

    MORE: tuple[str, ...] = ()
    field_order = ("title",)

    def __init__(self, *args: Any, rsa: Rsa, item: Item | None = None, **kwargs: Any) -> None:
        initial = {**(facts_of(item) if item else {}), **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, record=item, initial=initial, **kwargs)
        self.rsa = rsa
        self.choose_from(rsa)

    def choose_from(self, rsa: Rsa) -> None:
        """Sets the choices that depend on the analysis."""

    @property
    def first(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    @property
    def folded(self) -> list[Any]:
        return [field for field in self.visible_fields() if field.name in self.MORE]

    @property
    def opens_folded(self) -> bool:
        """What is filled in or wrong is not hidden."""
        return any(field.errors or field.value() for field in self.folded)

    @property
    def facts(self) -> dict[str, Any]:
        return self.typed

    def scale(self, name: str, scale: list[dict[str, str]], *, judged: bool = True) -> None:
        """The words of a scale as choices, each with its meaning."""
        field = self.fields[name]
        choices = [(str(step), f"{step} {in_words(word, 'word')}") for step, word in enumerate(scale, 1)]
        field.choices = choices if judged else [NOT_JUDGED, *choices]
        if isinstance(field.widget, ExplainedChoices):
            field.widget.hints = {str(step): in_words(word, "meaning") for step, word in enumerate(scale, 1)}


def facts_of(item: Item) -> dict[str, Any]:
    """What the form shows of a row."""
    shown: dict[str, Any] = {}
    for name in item.WRITTEN:
        if name in item.SEVERAL:
            shown[name] = [row.pk for row in getattr(item, name).all()]
        elif name == "responsible":
            shown[name] = item.responsible.email if item.responsible else ""  # type: ignore[attr-defined]
        else:
            value = getattr(item, name)
            shown[name] = getattr(value, "pk", value)
    return shown
