"""A page's form as the reader of JSON: the same fields, the same rules, the same words; typed once."""

from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from .. import forms
from ..problems import NotAccepted


class Text(serializers.CharField):
    """Text and nothing that merely could be written as text; what is empty is the form's to say."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class WholeNumber(serializers.IntegerField):
    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class YesOrNo(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Choice(serializers.ChoiceField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


def _row(field: Any, **shared: Any) -> serializers.Field:
    if field.to_field_name not in (None, field.queryset.model._meta.pk.name):
        return Text(allow_blank=True, **shared)
    return WholeNumber(allow_null=not field.required, **shared)


def _choice(field: Any, **shared: Any) -> serializers.Field:
    if not field.choices:  # they depend on the record and stand in the form that is made for it
        return Text(allow_blank=True, **shared)
    return Choice(choices=list(field.choices), allow_blank=not field.required, **shared)


# How each kind of form field is written in JSON; the first that fits.
WRITTEN: list[tuple[type, Any]] = [
    (
        django_forms.ModelMultipleChoiceField,
        lambda field, **shared: serializers.ListField(
            child=WholeNumber(), allow_empty=not field.required, max_length=500, **shared
        ),
    ),
    (django_forms.ModelChoiceField, _row),
    (
        forms.DateTimeField,
        lambda field, **shared: serializers.DateTimeField(allow_null=not field.required, **shared),
    ),
    (forms.DateField, lambda field, **shared: serializers.DateField(allow_null=not field.required, **shared)),
    (django_forms.BooleanField, lambda field, **shared: YesOrNo(**shared)),
    (
        django_forms.IntegerField,
        lambda field, **shared: WholeNumber(min_value=field.min_value, max_value=field.max_value, **shared),
    ),
    (django_forms.ChoiceField, _choice),
    (
        django_forms.CharField,
        lambda field, **shared: Text(max_length=field.max_length, allow_blank=True, **shared),
    ),
]


def field_of(field: django_forms.Field) -> serializers.Field:
    make = next(make for kind, make in WRITTEN if isinstance(field, kind))
    return make(field, required=field.required, help_text=str(field.label or ""))


class FormSerializer(serializers.Serializer):
    """Made for one form class by `serializer_of`; what it has read is the form, valid."""

    form_class: type[django_forms.BaseForm]

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = self._form(None).fields if "form" in self.context else self.form_class.base_fields
        # The page carries the values it was opened with; a program names the version alone.
        return {name: field_of(field) for name, field in fields.items() if name != "base"}

    def _form(self, data: Any) -> Any:
        return self.form_class(data, **self.context["form"])

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if unknown := set(self.initial_data) - set(self.fields):
            raise serializers.ValidationError(
                {name: _("There is no such field.") for name in sorted(unknown)}
            )
        form = self._form({name: _as_posted(value) for name, value in attrs.items() if value is not None})
        if not form.is_valid():
            raise NotAccepted({name: list(said) for name, said in form.errors.items()})
        self.form = form
        return attrs


def _as_posted(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


# One for each form, so that the schema names it once.
MADE: dict[type, type[FormSerializer]] = {}


def serializer_of(form_class: type[django_forms.BaseForm]) -> type[FormSerializer]:
    if form_class not in MADE:
        name = f"{form_class.__name__}Serializer"
        MADE[form_class] = type(name, (FormSerializer,), {"form_class": form_class})
    return MADE[form_class]
