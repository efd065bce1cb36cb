"""Who is told when somebody is appointed to an office: the person, or first those who have to approve."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse

from . import notices

if TYPE_CHECKING:
    from .models import Board, OfficeHolder, User


def tell(holding: "OfficeHolder") -> None:
    if holding.refused_at:
        return _tell(holding, "office_refused", filter(None, [holding.proposed_by]))
    if not holding.awaits_approval:
        return _tell(holding, "office_approved", [holding.person])
    deciding = notices.those_who("manage_offices", _decided_at(holding))
    return _tell(holding, "office_proposed", _but(deciding, holding.person_id, holding.proposed_by_id))


def tell_all(holdings: "Sequence[OfficeHolder]") -> None:
    """What `tell` says of one new holding, of all of them."""
    waiting = [holding for holding in holdings if holding.awaits_approval]
    deciding = notices.those_who_at("manage_offices", {_decided_at(holding) for holding in waiting})
    notices.give_all(
        "office_proposed",
        [
            _news(holding, _but(deciding[_decided_at(holding)], holding.person_id, holding.proposed_by_id))
            for holding in waiting
        ],
    )
    appointed = [holding for holding in holdings if not holding.awaits_approval]
    notices.give_all("office_approved", [_news(holding, [holding.person]) for holding in appointed])


def _decided_at(holding: "OfficeHolder") -> "Board | None":
    return None if holding.office.type.mandate.city else holding.board


def _but(people: "Iterable[User]", *others: int | None) -> "list[User]":
    return [person for person in people if person.pk not in others]


def _tell(holding: "OfficeHolder", kind: str, readers: "Iterable[User]") -> None:
    notices.give_all(kind, [_news(holding, readers)])


def _news(holding: "OfficeHolder", readers: "Iterable[User]") -> notices.News:
    """Those who appoint open the appointment itself; to the person appointed that page is closed."""
    page, of = "office_holder", [holding.board.slug, holding.pk]
    if not holding.awaits_approval and not holding.refused_at:
        page, of = "office_list", of[:1]
    return notices.News(list(readers), holding, reverse(page, args=of), holding.board)
