"""The board's sheet: who holds which office, what is vacant, who sits on the board and what it answers for.

`gather` asks, the template shows, `print_sheet` is the job's work.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import audit, documents, pdf, vacancies
from .models import Board, BoardSheet, Document, Job, Membership, OfficeHolder
from .models.documents import Level
from .verbs import verb


@dataclass(frozen=True)
class SheetFacts:
    board: Board
    as_of: date
    cut_off: datetime
    holders: list[OfficeHolder]
    vacant: list[vacancies.Vacancy]
    members: list[Membership]
    areas: list[str]
    level: Level = Level.OPEN


@pdf.on_paper
def gather(board: Board, as_of: date) -> SheetFacts:
    held = OfficeHolder.objects.confirmed().on(as_of).of(board).select_related("person", "office__type")
    seats = Membership.objects.on(as_of).filter(board=board).by_rank().select_related("person")
    return SheetFacts(
        board=board,
        as_of=as_of,
        cut_off=timezone.localtime(),
        holders=list(held.order_by("office__type__order", "is_deputy", "person__name")),
        vacant=vacancies.at([board], as_of)[board.pk],
        members=list(seats.order_by("rank", "person__name")),
        areas=list(board.areas.on(as_of).order_by("name").values_list("name", flat=True)),
    )


def html(facts: SheetFacts, language: str) -> str:
    with translation.override(language):
        context: dict[str, Any] = {"sheet": facts, "language": language, "title": title(facts)}
        return pdf.fill_in("pdf/board_sheet.html", context)


def title(facts: SheetFacts) -> str:
    words = {"board": facts.board.name, "day": facts.as_of.isoformat()}
    return _("Board sheet %(board)s %(day)s") % words


def print_sheet(job: Job) -> None:
    sheet = BoardSheet.objects.select_related("board", "asked_by").get(pk=job.subject_id)
    job.begin_step("gather")
    facts = gather(sheet.board, sheet.as_of)
    page = html(facts, sheet.language)
    job.begin_step("print")
    printed = pdf.print_pdf(page)
    job.begin_step("publish")
    with job.publication(), translation.override(sheet.language):
        publish(sheet, facts, printed.content)


@verb("board_sheet.printed", gettext_lazy("The board sheet of %(board)s was printed"))
def publish(sheet: BoardSheet, facts: SheetFacts, content: bytes) -> None:
    sheet.version = documents.publish(
        sheet.board,
        content,
        f"{sheet.board.slug}-{sheet.as_of}.pdf",
        by=sheet.asked_by,
        title=title(facts)[:160],
        kind=Document.Kind.SHEET,
        level=facts.level,
    )
    sheet.save(update_fields=["version"])
    audit.record("board_sheet.printed", sheet, by=sheet.asked_by, as_of=sheet.as_of)


def where(job: Job) -> str:
    return BoardSheet.objects.select_related("version__document__board").get(pk=job.subject_id).url
