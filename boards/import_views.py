"""What may be read in from files, the templates for it, and what was read in, with undo."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import exports, imports, read_log
from .access import SignedInRequest, find_visible
from .board_views import attempt
from .forms import Form
from .models import Import
from .refusals import REASONS
from .spreadsheets import LARGEST

SHOWN, PROBLEMS_SHOWN = 30, 50


class FileForm(Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "Excel (xlsx) or CSV, at most 2 MB and 1,000 rows. You see what it does first."
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": REASONS["empty"]},
    )
    is_whole = forms.BooleanField(
        label=gettext_lazy("The file is the whole list: end those it does not name"),
        help_text=gettext_lazy("Counts for the boards and offices that the file speaks of, from today."),
        required=False,
    )

    def __init__(self, *args: Any, kind: imports.ImportKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not kind.may_be_whole:
            del self.fields["is_whole"]

    def clean_file(self) -> Any:
        found = self.cleaned_data["file"]
        if found.size > LARGEST:
            raise ValidationError(REASONS["too_large"], params={"most": LARGEST // 1_000_000})
        return found


def _kind(request: SignedInRequest, code: str) -> imports.ImportKind:
    kind = imports.KINDS.get(code)
    if kind is None:
        raise Http404
    if not kind.may(request.user):
        raise PermissionDenied
    return kind


@require_safe
def import_home(request: SignedInRequest) -> HttpResponse:
    kinds = imports.kinds_of(request.user)
    if not kinds:
        raise PermissionDenied
    codes = [kind.code for kind in kinds]
    past = Import.objects.visible_to(request.user).carried_out().filter(kind__in=codes)
    rows = list(past.select_related("asked_by").latest_first()[:SHOWN])
    context = {"kinds": kinds, "past": [(row, imports.KINDS[row.kind].label) for row in rows]}
    return render(request, "boards/import_home.html", context)


@require_safe
def import_template(request: SignedInRequest, code: str) -> FileResponse:
    kind = _kind(request, code)
    headings = kind.headings()
    sheet = exports.Sheet(
        str(kind.label),
        [heading.words[0].capitalize() for heading in headings],
        [[heading.example for heading in headings]],
        [
            *((heading.words[0].capitalize(), _what_it_says(heading)) for heading in headings),
            (_("The example"), _("It is not read in as long as it stands as it is.")),
        ],
        name=f"mall-{kind.code}",
    )
    read_log.given_out(request.user, [], level="K0", name=sheet.file_name(exports.EXCEL))
    return exports.download(sheet, exports.EXCEL)


def _what_it_says(heading: Any) -> str:
    needed = _("Must be filled in.") if heading.required else _("May be left empty.")
    how = _("A day, like 2027-01-01.") if heading.is_day else ""
    return " ".join(filter(None, (str(heading.says), how, needed)))


@require_http_methods(["GET", "POST"])
def import_new(request: SignedInRequest, code: str) -> HttpResponse:
    kind = _kind(request, code)
    form = FileForm(request.POST or None, request.FILES or None, kind=kind)
    made: list[Import] = []

    def read() -> None:
        sent, is_whole = form.cleaned_data["file"], form.cleaned_data.get("is_whole", False)
        made.append(imports.read(kind, sent.read(), sent.name, by=request.user, is_whole=is_whole))

    if request.method == "POST" and attempt(form, read):
        return redirect(made[0])
    return render(request, "boards/import_form.html", {"form": form, "kind": kind})


def _find(request: SignedInRequest, pk: int) -> Import:
    reading = find_visible(Import, request.user, pk=pk)
    _kind(request, reading.kind)
    return reading


@require_safe
def import_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Before it is carried out what the file would do; after that what it did, and whether that can be undone."""
    reading = _find(request, pk)
    kind = imports.KINDS[reading.kind]
    context: dict[str, Any] = {"reading": reading, "kind": kind}
    if reading.state == Import.State.READ:
        plan = imports.plan_of(reading, by=request.user)
        more = max(0, len(plan.problems) - PROBLEMS_SHOWN)
        context |= {"plan": plan, "problems": plan.problems[:PROBLEMS_SHOWN], "more": more}
        return render(request, "boards/import_plan.html", context)
    context |= {"changes": reading.changes.order_by("pk"), "stays": imports.what_has_changed(reading)}
    return render(request, "boards/import_receipt.html", context)


@require_POST
def import_carry_out(request: SignedInRequest, pk: int) -> HttpResponse:
    reading = _find(request, pk)
    try:
        imports.carry_out(reading, by=request.user, mark=request.POST.get("mark", ""))
        messages.success(request, _("The file is read in."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(reading)


@require_POST
def import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    reading = _find(request, pk)
    try:
        imports.undo(reading, by=request.user)
        messages.success(request, _("The import is undone. Everything is as it was before."))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect(reading)
