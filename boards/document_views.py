"""A board's documents: list, file, read what there is, replace, register and withdraw; never delete."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import activity, documents, read_log
from .access import SignedInRequest, find_visible, may, visible
from .board_views import attempt
from .document_forms import DocumentForm, RegistryForm, VersionForm, WithdrawForm
from .document_tables import DocumentTable
from .models import Board, BoardSheet, Document
from .models.documents import levels_filed_by


@require_safe
@visible(Board)
def document_list(request: SignedInRequest, board: Board) -> HttpResponse:
    rows = Document.objects.visible_to(request.user).of(board).with_latest().select_related("board")
    table = DocumentTable(request, rows, file_name=f"dokument-{board.slug}")
    if file := table.download():
        return file
    files = bool(levels_filed_by(request.user, board))
    return render(request, "boards/document_list.html", {"board": board, "table": table, "files": files})


@require_http_methods(["GET", "POST"])
@visible(Board)
def document_new(request: SignedInRequest, board: Board) -> HttpResponse:
    if not levels_filed_by(request.user, board):
        raise PermissionDenied
    form = DocumentForm(request.POST or None, request.FILES or None, board=board, user=request.user)
    made: list[Document] = []

    def file() -> None:
        facts = dict(form.cleaned_data)
        sent = facts.pop("file")
        made.append(documents.file(board, sent.read(), sent.name, by=request.user, **facts))

    if request.method == "POST" and attempt(form, file):
        messages.success(request, _("The document is filed."))
        return redirect(made[0])
    return render(request, "boards/document_form.html", {"form": form, "board": board})


def _find(request: SignedInRequest, slug: str, pk: int) -> Document:
    return find_visible(Document, request.user, pk=pk, board__slug=slug)


def _to_change(request: SignedInRequest, slug: str, pk: int) -> Document:
    document = _find(request, slug, pk)
    if not document.may_be_changed_by(request.user):
        raise PermissionDenied
    return document


@require_safe
def document_page(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    return _page(request, _find(request, slug, pk))


def _page(request: SignedInRequest, document: Document, **forms: Any) -> HttpResponse:
    read_log.shown(request.user, document, "title")
    changes = document.may_be_changed_by(request.user)
    registers = changes or may(request.user, "register", document.board)
    number = {"registry_number": document.registry_number}
    context = {
        "document": document,
        "board": document.board,
        "versions": document.versions.newest_first().select_related("filed_by"),
        "activity": activity.panel(request.user, document, board=document.board),
        "version_form": (forms.get("version") or VersionForm(prefix="version")) if changes else None,
        "withdraw_form": (forms.get("withdraw") or WithdrawForm(prefix="withdraw")) if changes else None,
        "registry_form": (forms.get("registry") or RegistryForm(initial=number, prefix="registry"))
        if registers
        else None,
    }
    return render(request, "boards/document_page.html", context)


@require_POST
def document_version(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    document = _to_change(request, slug, pk)
    form = VersionForm(request.POST, request.FILES, prefix="version")

    def file() -> None:
        sent = form.cleaned_data["file"]
        documents.file_version(document, sent.read(), sent.name, by=request.user)

    if attempt(form, file):
        messages.success(request, _("The new version is filed."))
        return redirect(document)
    return _page(request, document, version=form)


@require_POST
def document_register(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    document = _find(request, slug, pk)
    form = RegistryForm(request.POST, prefix="registry")
    if attempt(form, lambda: document.register(form.cleaned_data["registry_number"], by=request.user)):
        messages.success(request, _("The registry number is saved."))
        return redirect(document)
    return _page(request, document, registry=form)


@require_POST
def document_withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    document = _to_change(request, slug, pk)
    form = WithdrawForm(request.POST, prefix="withdraw")
    if attempt(form, lambda: document.withdraw(by=request.user, reason=form.cleaned_data["reason"])):
        messages.success(request, _("The document is withdrawn. Its files are kept."))
        return redirect(document)
    return _page(request, document, withdraw=form)


@require_safe
def document_file(request: SignedInRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """May this person have it is asked each time, before anything else about the file is looked at."""
    document = _find(request, slug, pk)
    version = document.versions.filter(number=number).first()
    if version is None:
        raise Http404
    try:
        return documents.give_out(version, to=request.user)
    except documents.LostFileError:
        messages.error(
            request,
            _("The stored file is not the one that was filed, and is not given out. Tell the administrator."),
        )
        return redirect(document)


@require_POST
@visible(Board)
def board_sheet_new(request: SignedInRequest, board: Board) -> HttpResponse:
    """Orders the sheet of today; who holds which office is open to everyone who is signed in."""
    sheet = BoardSheet.objects.ask(board, by=request.user)
    if sheet.version is None:
        messages.success(request, _("The board sheet is being printed. It stands in the list in a moment."))
    return redirect(sheet.page_for(request.user))
