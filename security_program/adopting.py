"""A company's own adoption of the programme: who asks for it, who notes it, and who has yet to decide."""

from typing import Any, ClassVar

from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from boards.access import may
from boards.models import Board
from boards.models.boards import Kind
from boards.tables import Choice, Column, Sort, Table

from .models import Adoption, Programme


def adopts(user: Any, board: Board) -> bool:
    """The company notes its own decision, or the city office does it for one that has told it."""
    return board.is_company and (may(user, "edit_internal", board) or may(user, "review"))


def asks(user: Any, board: Board) -> bool:
    """The parent company notes that it has asked the others, or the city office does it for it."""
    return board.kind == Kind.PARENT_COMPANY and adopts(user, board)


def parent_company() -> Board | None:
    return Board.objects.on().filter(kind=Kind.PARENT_COMPANY).first()


def companies_and(programme: Programme) -> QuerySet[Board]:
    """Every company with its decision about the version, those without one first."""
    decision = Adoption.objects.filter(board=OuterRef("pk"), programme=programme)
    return Adoption.objects.companies(programme).annotate(
        adopted_on=Subquery(decision.values("decided_on")),
        paragraph=Subquery(decision.values("paragraph")),
        has_adopted=Case(
            When(adopted_on__isnull=False, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
    )


class AdoptionTable(Table):
    caption = _("All companies")
    quiet_caption = True
    noun = ngettext_lazy("company", "companies")
    empty = _("There are no companies.")
    level = "K0"
    columns: ClassVar = [
        Column(
            "bolag",
            _("Company"),
            lambda board: board.name,
            link=lambda board: board.get_absolute_url(),
            sort="bolag",
            swedish=True,
            reads="name",
        ),
        Column(
            "lage",
            _("State"),
            lambda board: gettext("Adopted") if board.has_adopted else gettext("Not adopted"),
            sort="lage",
            reads="",
        ),
        Column("beslut", _("Decided on"), lambda board: board.adopted_on or "", sort="beslut", reads=""),
        Column("paragraf", _("Paragraph in the minutes"), lambda board: board.paragraph or "", reads=""),
    ]
    filters: ClassVar = [
        Choice(
            "lage",
            _("State"),
            lambda: [("antaget", _("Adopted")), ("inte", _("Not adopted"))],
            lambda value: Q(has_adopted=value == "antaget"),
        ),
    ]
    sorts: ClassVar = [
        Sort("lage", ("has_adopted", "name")),
        Sort("bolag", ("name",)),
        Sort("beslut", ("adopted_on", "name")),
    ]
