"""What imports of office holders and of members share: finding boards and people by what a file calls them."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import access
from .board_file import problem, row_problems
from .models import Board, User
from .spreadsheets import Heading, Row

BOARD = Heading(
    "board", ("nämnd", "nämnd eller bolag", "board", "board or company"), required=True, most=160,
    says=gettext_lazy("The whole name, the short name or the address"), example="Bromma stadsdelsnämnd",
)  # fmt: skip
PERSON = Heading(
    "email", ("e-post", "epost", "e-mail", "email"), required=True,
    says=gettext_lazy("The address that the person signs in with"), example="anna.ek@example.org",
)  # fmt: skip
FIRST = Heading(
    "valid_from", ("från", "från och med", "from"), required=True, is_day=True, example="2027-01-01"
)
LAST = Heading("valid_to", ("till", "till och med", "to", "up to and including"), is_day=True)
NAME = Heading(
    "name", ("namn", "person", "name"), says=gettext_lazy("For you to read; the address decides"), example="Anna Ek"
)  # fmt: skip


def boards_by_name() -> dict[str, Board]:
    """Those of today, by each of the ways in which a file may call them."""
    boards: dict[str, Board] = {}
    for board in Board.objects.on():
        for word in filter(None, (board.slug, board.short_name, board.name)):
            boards[word.casefold()] = board
    return boards


@dataclass
class Known:
    """The boards and people that a file names, looked up once."""

    headings: list[Heading]
    rights: access.Rights
    boards: dict[str, Board] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, rows: list[Row], headings: list[Heading], user: Any) -> "Known":
        wanted = {row.cells["email"].casefold() for row in rows}
        people = User.objects.active().filter(email__in=wanted)
        rights = access.rights_of(user)
        return cls(headings, rights, boards_by_name(), {person.email.casefold(): person for person in people})

    def found(self, row: Row) -> tuple[Board, User] | None:
        """Whom and where the row means; what is not found becomes a problem with its cell."""
        wrong = row_problems(row, self.headings)
        board = self.boards.get(row.cells["board"].casefold())
        person = self.people.get(row.cells["email"].casefold())
        if row.cells["board"] and board is None:
            wrong.append(problem(row, "board", _("we know no board or company by that name.")))
        if row.cells["email"] and person is None:
            words = _("nobody has that address here. Invite the person first.")
            wrong.append(problem(row, "email", words))
        self.problems += wrong
        return None if wrong or board is None or person is None else (board, person)

    def may(self, row: Row, board: Board, *, city: bool = False) -> bool:
        allowed = self.rights.allow("manage_offices", None if city else board)
        if not allowed:
            self.problems.append(problem(row, "board", _("you do not appoint people there.")))
        return allowed


def appoints_somewhere(user: Any) -> bool:
    rights = access.rights_of(user)
    return "manage_offices" in rights.city or bool(rights.at.get("manage_offices"))
