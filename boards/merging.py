"""When two have the same form open: the one who saves last chooses per field, and nothing typed is lost.

The form carries the version and the values it was opened with. If the record has gone on since, a page (409)
shows what one has written, what the other has saved and what stood there before.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from .models import Event

CHOICE = "choice-"
THEIRS = "theirs"
Values = dict[str, list[str]]


class MergingForm(forms.Form):
    """A form on a versioned record; the record is its `instance` or is given."""

    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    base = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Model | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record or getattr(self, "instance", None)

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name in self.initial:  # from a draft, which began from an earlier version
            return self.initial[field_name]
        if field_name == "version":
            return getattr(self.record, "version", None)
        if field_name == "base":
            return signed(self) if self.record and self.record.pk else ""
        return super().get_initial_for_field(field, field_name)

    @property
    def typed(self) -> dict[str, Any]:
        """What the person has filled in, without what the form carries for itself."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "base")}

    @property
    def read_version(self) -> int | None:
        return self.cleaned_data.get("version")


@dataclass(frozen=True)
class Difference:
    name: str
    label: Any
    mine: str
    theirs: str
    before: str
    # Chosen from the start: their value where one has changed nothing oneself.
    untouched: bool


def posted(request: HttpRequest, record: Model | None) -> QueryDict | None:
    """What was sent, with the other's value in the fields where that was chosen."""
    if request.method != "POST":
        return None
    theirs = _read(request.POST.get("base", ""), record)
    data = request.POST.copy()
    for key in request.POST:
        name = key.removeprefix(CHOICE)
        if key.startswith(CHOICE) and request.POST[key] == THEIRS and name in theirs:
            data.setlist(name, theirs[name])
    return data


def ask(request: HttpRequest, form: MergingForm, fresh: MergingForm) -> HttpResponse:
    """The page on which one chooses; `fresh` is the same form, unbound, on the record as it stands now."""
    mine = {name: _plain(form.data.getlist(form.add_prefix(name))) for name in _fields(form)}
    theirs, before = values(fresh), _read(form.data.get("base", ""), form.record)
    context = {
        "differences": [
            _difference(fresh, name, mine[name], theirs[name], before.get(name, []))
            for name in _fields(form)
            if mine[name] != theirs[name]
        ],
        "kept": [(name, value) for name, each in mine.items() for value in each],
        "fresh": fresh,
        "last": _last_change(form.record),
    }
    return render(request, "boards/merge.html", context, status=409)


def _difference(
    form: MergingForm, name: str, mine: list[str], theirs: list[str], before: list[str]
) -> Difference:
    mine_said, theirs_said, before_said = (
        _in_words(form.fields[name], each) for each in (mine, theirs, before)
    )
    return Difference(name, form[name].label, mine_said, theirs_said, before_said, untouched=mine == before)


def _in_words(field: forms.Field, value: list[str]) -> str:
    if isinstance(field, forms.BooleanField):
        return _("Yes") if value else _("No")
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    return ", ".join(labels.get(each, each) for each in value) or _("Empty")


def _last_change(record: Any) -> Event | None:
    about = Event.objects.filter(object_type=record._meta.label, object_id=str(record.pk))
    return about.select_related("actor").latest_first().first()


def signed(form: MergingForm) -> str:
    return signing.dumps(values(form), salt=_salt(form.record), compress=True)


def _read(base: str, record: Any) -> Values:
    try:
        return signing.loads(base, salt=_salt(record))
    except signing.BadSignature:
        return {}


def _salt(record: Any) -> str:
    return f"boards.merging.{record._meta.label}.{record.pk}" if record else "boards.merging"


def _fields(form: forms.Form) -> list[str]:
    carried = ("version", "base")
    return [
        name
        for name, field in form.fields.items()
        if name not in carried and not isinstance(field, forms.FileField)
    ]


def values(form: forms.Form) -> Values:
    """An unbound form as a browser would send it."""
    return {name: _as_sent(form[name].value()) for name in _fields(form)}


def _as_sent(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["on"] if value else []
    each = value if isinstance(value, list | tuple) else [value]
    return _plain(["" if one is None else str(one) for one in each])


def _plain(sent: list[str]) -> list[str]:
    """Line ends as the browser sends them, and nothing for what is empty."""
    return sorted(text for one in sent if (text := one.replace("\r\n", "\n").strip()))
