"""How every form looks: label, hint, error, and "(optional)" on what may be left out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BigIntegerField
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import markings
from .dates import Lean, is_near_enough, read_day, read_moment

# Fewer and shorter choices than this stand two and two where there is room.
TWO_COLUMNS_UP_TO = 34


class Field(BoundField):
    """A field as the templates see it, in our forms and in those of the packages alike."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        """The server says what is missing, in words; the browser's own bubbles stay away."""
        attrs = super().build_widget_attrs(attrs, widget)
        attrs.pop("required", None)
        return attrs

    def as_widget(self, widget: Any = None, attrs: Any = None, only_initial: bool = False) -> Any:
        if self.most_characters:
            # Cut-off text is lost without a word; too much is counted and said instead.
            (widget or self.field.widget).attrs.pop("maxlength", None)
        return super().as_widget(widget, attrs, only_initial)

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not self.most_characters:
            return described
        return f"{described} {self.auto_id}_counter".strip()

    @property
    def is_single_check(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_marked_optional(self) -> bool:
        return not self.field.required and not getattr(self.form, "optional_goes_without_saying", False)

    @property
    def most_characters(self) -> int | None:
        if isinstance(self.field.widget, forms.Textarea):
            return getattr(self.field, "max_length", None)
        return None

    @property
    def word(self) -> Any:
        """The word of the glossary that the field is about, in the reader's language; None for most."""
        explained = getattr(self.form, "explains", {}).get(self.name)
        return explained() if explained else None

    @property
    def options(self) -> list[Any]:
        return list(self.subwidgets)

    @property
    def in_two_columns(self) -> bool:
        labels = [(str(option.choice_label), option.data.get("hint")) for option in self.options]
        return len(labels) > 3 and all(len(label) < TWO_COLUMNS_UP_TO and not hint for label, hint in labels)

    @property
    def anchor(self) -> str:
        """The id that the error summary leads to: the control itself, or the first of its choices."""
        return self.id_for_label or f"{self.auto_id}_0"


class FieldTemplates(TemplatesSetting):
    form_template_name = "components/_form.html"
    field_template_name = "components/_field.html"
    bound_field_class = Field


class Quiet:
    """What all our forms share: no `required` in the markup, no colon after a label, nothing classified."""

    use_required_attribute = False
    optional_goes_without_saying = False
    stops_markings = True
    # A search is sent with GET and does nothing, so it carries no key.
    asks_only = False
    # Words that are explained beside a field: by its name, what gives a `term` and a `text`.
    explains: Mapping[str, Callable[[], Any]] = {}
    # Set by drafts.offer.
    draft: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            say_what_is_missing(field, field.label or pretty_name(name))
            say_choose(field)

    def _clean_fields(self) -> None:
        """Before anything is stored, so that it never has to be removed again."""
        super()._clean_fields()  # type: ignore[misc]
        if not self.stops_markings:
            return
        for name, value in list(self.cleaned_data.items()):  # type: ignore[attr-defined]
            if not isinstance(self.fields[name].widget, forms.PasswordInput):  # type: ignore[attr-defined]
                try:
                    markings.refuse(value)
                except ValidationError as marked:
                    self.add_error(name, marked)  # type: ignore[attr-defined]


def say_what_is_missing(field: forms.Field, label: Any) -> None:
    """Three fields left empty are three different messages, unless the field has words of its own."""
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = format_lazy(_("Fill in “{label}”."), label=label)


def say_choose(field: forms.Field) -> None:
    """An empty list of choices says what to do in a word, not in dashes."""
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == BLANK_CHOICE_DASH[0][1]:
        field.empty_label = _("Choose")


class Form(Quiet, forms.Form):
    pass


class ModelForm(Quiet, forms.ModelForm):
    pass


class ExplainedChoices(forms.RadioSelect):
    """Radio rows where each choice may carry a definition of its own."""

    def __init__(self, attrs: Any = None, choices: Any = (), hints: dict[Any, Any] | None = None) -> None:
        super().__init__(attrs, choices)
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "hint": self.hints.get(str(value), "")}


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows of a table. A number that no row can have is a choice that does not exist."""

    LONGEST = len(str(BigIntegerField.MAX_BIGINT)) - 1

    def _check_values(self, value: Any) -> Any:
        for key in value if isinstance(value, list | tuple) else ():
            if len(str(key)) > self.LONGEST:
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key}
                )
        return super()._check_values(value)


class DayInput(forms.TextInput):
    pass


class MomentInput(forms.TextInput):
    pass


class DateField(forms.Field):
    """A day, written the way one writes it. `lean` says which year "3 april" is meant in."""

    widget: type[forms.Widget] = DayInput

    def __init__(self, *, lean: Lean = Lean.NEAREST, **kwargs: Any) -> None:
        self.lean = lean
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            day = read_day(str(value), timezone.localdate(), self.lean)
        except (ValueError, OverflowError):
            raise ValidationError(self.not_understood(), code="date", params={"typed": value}) from None
        self.refuse_slips(day, value)
        return day

    def refuse_slips(self, day: date, typed: Any) -> None:
        if not is_near_enough(day):
            raise ValidationError(
                _("“%(typed)s” is too far away. Is the year right?"), code="far", params={"typed": typed}
            )

    def not_understood(self) -> Any:
        return _("“%(typed)s” is not a date we understand. Write it like 2026-04-03, 3 April or yesterday.")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def widget_attrs(self, widget: Any) -> dict[str, Any]:
        return {"autocomplete": "off", "size": 20}


class DateTimeField(DateField):
    """A day with a time: "i går 14.10", "14.10" for today, "för en timme sedan"."""

    widget = MomentInput

    def __init__(self, *, lean: Lean = Lean.PAST, **kwargs: Any) -> None:
        super().__init__(lean=lean, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%Y-%m-%d %H.%M}"

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        try:
            moment = read_moment(str(value), timezone.localtime(), self.lean)
        except (ValueError, OverflowError):
            raise ValidationError(self.not_understood(), code="date", params={"typed": value}) from None
        self.refuse_slips(moment.date(), value)
        return moment

    def not_understood(self) -> Any:
        return _("“%(typed)s” is not a time we understand. Write it like today 14.10 or 2026-04-16 14.10.")


def attempt(form: forms.BaseForm, verb: Callable[[], Any]) -> bool:
    """Does what the form says; what the verb refuses becomes the form's errors."""
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            verb()
    except ValidationError as error:
        if getattr(error, "code", "") == "changed":
            raise  # somebody else has saved the record; boards.merging asks what is to stand
        known = not hasattr(error, "error_dict") or set(error.error_dict) <= {*form.fields, "__all__"}
        form.add_error(None, error if known else error.messages)
        return False
    return True
