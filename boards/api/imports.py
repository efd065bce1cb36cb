"""Files to read in: sent as base64 in JSON, looked at, carried out as they were seen, and undone."""

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from .. import imports
from ..models import Import, ImportedChange
from ..refusals import REASONS
from ..spreadsheets import LARGEST
from .change import change
from .parsing import LimitedJSONParser
from .rows import UNKNOWN, Rows


class FileParser(LimitedJSONParser):
    """A file grows by a third in JSON; this stays below what the server takes at all (2.5 MB)."""

    largest = 2_500_000


def kinds() -> Iterator[tuple[str, Any]]:
    return ((kind.code, kind.label) for kind in imports.KINDS.values())


class SentFileForm(forms.Form):
    kind = forms.ChoiceField(choices=kinds, label=_("What the file holds"))
    name = forms.CharField(max_length=160, label=_("The file's name"))
    content = forms.CharField(label=_("The Excel or CSV file, in base64"))
    is_whole = forms.BooleanField(
        required=False, label=_("The file is the whole list: end those it does not name")
    )

    def clean_content(self) -> bytes:
        try:
            content = base64.b64decode(self.cleaned_data["content"], validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError(_("This is not base64.")) from None
        if len(content) > LARGEST:
            raise ValidationError(REASONS["too_large"], params={"most": LARGEST // 1_000_000})
        return content


class MarkForm(forms.Form):
    mark = forms.CharField(max_length=64, label=_("The mark of the difference that was looked at"))


class ImportSerializer(serializers.ModelSerializer):
    asked_by = serializers.CharField(source="asked_by.name", read_only=True)

    class Meta:
        model = Import
        fields = [
            "id",
            "kind",
            "file_name",
            "sha256",
            "is_whole",
            "state",
            "counts",
            "asked_by",
            "asked_at",
            "carried_out_at",
            "undone_at",
        ]
        read_only_fields = fields


class ImportLineSerializer(serializers.Serializer):
    heading = serializers.CharField()
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)


class ImportItemSerializer(serializers.Serializer):
    act = serializers.CharField()
    title = serializers.CharField()
    note = serializers.CharField()
    lines = serializers.SerializerMethodField()

    @extend_schema_field(ImportLineSerializer(many=True))
    def get_lines(self, item: imports.Item) -> Any:
        rows = [
            {"heading": heading, "before": before, "after": after} for heading, before, after in item.lines
        ]
        return ImportLineSerializer(rows, many=True).data


class DifferenceSerializer(serializers.Serializer):
    """What the file would do; it is carried out by sending the mark back."""

    mark = serializers.CharField()
    counts = serializers.DictField(child=serializers.IntegerField())
    problems = serializers.ListField(child=serializers.CharField())
    items = ImportItemSerializer(many=True)


class WrittenSerializer(serializers.ModelSerializer):
    class Meta:
        model = ImportedChange
        fields = ["act", "title"]
        read_only_fields = fields


class WholeImportSerializer(ImportSerializer):
    difference = serializers.SerializerMethodField(help_text="Before it is carried out.")
    written = serializers.SerializerMethodField(help_text="After it was carried out.")

    class Meta(ImportSerializer.Meta):
        fields = [*ImportSerializer.Meta.fields, "difference", "written"]
        read_only_fields = fields

    @extend_schema_field(DifferenceSerializer(allow_null=True))
    def get_difference(self, reading: Import) -> Any:
        if reading.state != Import.State.READ:
            return None
        return DifferenceSerializer(imports.plan_of(reading, by=self.context["request"].user)).data

    @extend_schema_field(WrittenSerializer(many=True))
    def get_written(self, reading: Import) -> Any:
        return WrittenSerializer(reading.changes.order_by("pk"), many=True).data


def reads_in_something(user: Any, nothing: None) -> bool:
    return bool(imports.kinds_of(user))


def reads_in_such(user: Any, reading: Import) -> bool:
    return imports.KINDS[reading.kind].may(user)


@change("import/ny/", None, reads_in_something, WholeImportSerializer, form=SentFileForm, parser=FileParser)
def import_read(nothing: None, form: Any, by: Any) -> Import:
    """Sends in a file; the answer says what it would change, and nothing is written yet."""
    sent = form.cleaned_data
    kind = imports.KINDS[sent["kind"]]
    return imports.read(kind, sent["content"], sent["name"], by=by, is_whole=sent["is_whole"])


@change("import/<int:pk>/genomford/", Import, reads_in_such, WholeImportSerializer, form=MarkForm)
def import_carry_out(reading: Import, form: Any, by: Any) -> None:
    """Writes what was looked at, all of it or nothing."""
    imports.carry_out(reading, by=by, mark=form.cleaned_data["mark"])


@change("import/<int:pk>/angrad/", Import, reads_in_such, WholeImportSerializer)
def import_undo(reading: Import, form: Any, by: Any) -> None:
    """Puts everything back as it was, as long as nothing has been built on it."""
    imports.undo(reading, by=by)


@extend_schema_view(
    list=extend_schema(responses={200: ImportSerializer, **UNKNOWN}),
    retrieve=extend_schema(responses={200: WholeImportSerializer, **UNKNOWN}),
)
class ImportRows(Rows):
    """Files that were sent in, the latest first; one of them with what it would do or did."""

    serializer_class = ImportSerializer
    order = ("-pk",)
    kept = ()
    queryset = Import.objects.none()

    def get_serializer_class(self) -> type[ImportSerializer]:
        return WholeImportSerializer if self.detail else ImportSerializer

    def seen(self, user: Any) -> QuerySet:
        codes = [kind.code for kind in imports.kinds_of(user)]
        return Import.objects.visible_to(user).filter(kind__in=codes).select_related("asked_by")


changes = [import_read, import_carry_out, import_undo]
