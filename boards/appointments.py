"""Who is told when somebody is appointed to an office: the person, or first those who have to approve."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse

from . import notices

if TYPE_CHECKING:
    from .models import OfficeHolder, User


def tell(holding: "OfficeHolder") -> None:
    if holding.refused_at:
        return _tell(holding, "office_refused", filter(None, [holding.proposed_by]))
    if not holding.awaits_approval:
        return _tell(holding, "office_approved", [holding.person])
    board = None if holding.office.type.mandate.city else holding.board
    deciding = notices.those_who("manage_offices", board).exclude(pk=holding.person_id)
    return _tell(holding, "office_proposed", deciding.exclude(pk=holding.proposed_by_id))


def _tell(holding: "OfficeHolder", kind: str, readers: "Iterable[User]") -> None:
    """Those who appoint open the appointment itself; to the person appointed that page is closed."""
    page, of = "office_holder", [holding.board.slug, holding.pk]
    if kind == "office_approved":
        page, of = "office_list", of[:1]
    notices.give(kind, readers, about=holding, board=holding.board, link=reverse(page, args=of))
