"""The table of a board's documents."""

from typing import Any, ClassVar

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from .models import Document
from .tables import Choice, Column, Flag, Sort, Table


def filed(document: Any) -> str:
    return timezone.localtime(document.filed_at).date().isoformat() if document.filed_at else ""


def state(document: Document) -> str:
    return gettext("Withdrawn") if document.is_withdrawn else gettext("In use")


class DocumentTable(Table):
    quiet_caption = True
    caption = _("Documents")
    noun = ngettext_lazy("document", "documents")
    empty = _("There are no documents here that you may read.")
    level = "K1"
    columns: ClassVar = [
        Column(
            "titel",
            _("Title"),
            lambda document: document.title,
            link=lambda document: reverse("document_page", args=[document.board.slug, document.pk]),
            sort="titel",
            swedish=True,
            reads="title",
        ),
        Column("slag", _("Kind"), lambda document: document.get_kind_display(), reads="kind"),
        Column(
            "diarienummer",
            _("Registry number"),
            lambda document: document.registry_number,
            reads="registry_number",
        ),
        Column("klass", _("Class"), lambda document: document.level, reads="level"),
        Column("inlagd", _("Filed"), filed, sort="inlagd", reads=""),
        Column(
            "av",
            _("By"),
            lambda document: document.filed_by_name or gettext("The system"),
            reads="",
        ),
        Column("lage", _("State"), state, reads="withdrawn_at"),
    ]
    filters: ClassVar = [
        Choice("slag", _("Kind"), lambda: Document.Kind.choices, lambda kind: Q(kind=kind)),
        Flag("atertagna", _("Also withdrawn ones"), unless=lambda: Q(withdrawn_at__isnull=True)),
    ]
    sorts: ClassVar = [Sort("inlagd", ("-pk",)), Sort("titel", ("title",))]
