from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..days import today
from ..verbs import verb
from .audit import Event
from .boards import Board
from .documents import DocumentVersion
from .jobs import Job

if TYPE_CHECKING:
    from .people import User


KIND = "board-sheet"


class BoardSheetManager(models.Manager["BoardSheet"]):
    @verb("board_sheet.asked", _("%(who)s ordered the board sheet of %(board)s"))
    def ask(self, board: Board, *, by: User, as_of: date | None = None) -> BoardSheet:
        """Orders the sheet as a job. While nothing has changed at the board it is the same sheet, printed once."""
        as_of, language = as_of or today(), (get_language() or "sv")[:2]
        sheet, made = self.get_or_create(
            key=f"{board.pk}:{as_of}:{language}:{latest_change(board)}",
            defaults={"board": board, "as_of": as_of, "language": language, "asked_by": by},
        )
        if made:
            audit.record("board_sheet.asked", sheet, by=by, as_of=as_of)
        if sheet.version_id is None:
            Job.objects.ask(KIND, key=f"{KIND}:{sheet.pk}", by=by, about=sheet)
        return sheet


def latest_change(board: Board) -> int:
    """The last thing written down at the board that is not about its papers."""
    changes = Event.objects.filter(board=board).exclude(verb__startswith="document.")
    last: Any = (
        changes.exclude(verb__startswith="board_sheet.").order_by("-pk").values_list("pk", flat=True).first()
    )
    return last or 0


class BoardSheet(models.Model):
    """An order for a board's sheet: who holds which office there on a day. The file itself is a document."""

    key = models.CharField(max_length=80, unique=True)
    board = models.ForeignKey(Board, models.PROTECT, related_name="sheets")
    as_of = models.DateField(_("As of"))
    language = models.CharField(max_length=2)
    asked_by = models.ForeignKey("boards.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    version = models.OneToOneField(DocumentVersion, models.PROTECT, null=True, related_name="sheet")

    objects = BoardSheetManager()

    def __str__(self) -> str:
        return f"{self.board} {self.as_of}"

    @property
    def url(self) -> str:
        """The printed document, or until it is there the list where it will stand."""
        if self.version:
            return self.version.document.get_absolute_url()
        return reverse("document_list", args=[self.board.slug])

    def page_for(self, user: User) -> str:
        """While it is being printed, the work on it for those who may see that."""
        job = None if self.version else Job.objects.visible_to(user).filter(key=f"{KIND}:{self.pk}").first()
        return job.get_absolute_url() if job else self.url
