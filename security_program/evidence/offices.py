"""Who holds which office on the day that is judged by, and what they have learned for it."""

from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .asking import Finding, Findings, Held, Inquiry

COORDINATOR = "sakerhetssamordnare"
INFORMATION_SECURITY = "informationssakerhetssamordnare"
CRISIS_CHIEF = "krisledningschef"
# Besides the chief, somebody who takes part or decides when the chief is not there.
CRISIS_MANAGEMENT = ("krisledning", "vb")


def security_coordinator(inquiry: Inquiry) -> Findings:
    return inquiry.judge(partial(_is_held, inquiry, COORDINATOR))


def information_security_coordinator(inquiry: Inquiry) -> Findings:
    return inquiry.judge(partial(_is_held, inquiry, INFORMATION_SECURITY))


def crisis_management(inquiry: Inquiry) -> Findings:
    """Appointed: a chief and at least one more."""
    return inquiry.judge(partial(_crisis_management, inquiry))


def trained_coordinator(inquiry: Inquiry) -> Findings:
    """The coordinator has the training that the office asks for, and it still counted on the day."""
    return inquiry.judge(partial(_is_trained, inquiry))


def training_taken(inquiry: Inquiry) -> Findings:
    """Somebody in an office at the organisation was trained for it during the year."""
    return inquiry.judge(partial(_has_trained, inquiry))


def _page(inquiry: Inquiry, board: int) -> str:
    return reverse("office_list", args=[inquiry.boards[board].slug])


def _since(held: Held) -> str:
    if held.first == date.min:
        return held.name
    return _("%(person)s since %(day)s") % {"person": held.name, "day": date_format(held.first)}


def _is_held(inquiry: Inquiry, code: str, board: int) -> Finding:
    held = inquiry.holder(board, code)
    says = (
        _since(held)
        if held
        else _("Nobody held the office on %(day)s") % {"day": date_format(inquiry.day(board))}
    )
    return Finding(held is not None, says, _page(inquiry, board))


def _crisis_management(inquiry: Inquiry, board: int) -> Finding:
    chief = inquiry.holder(board, CRISIS_CHIEF)
    others = [held for code in CRISIS_MANAGEMENT if (held := inquiry.holder(board, code))]
    if chief and others:
        says = _("Led by %(person)s") % {"person": chief.name}
    elif chief:
        says = _("There is a chief and nobody else")
    else:
        says = _("There is no chief of the crisis management")
    return Finding(bool(chief and others), says, _page(inquiry, board))


def _is_trained(inquiry: Inquiry, board: int) -> Finding:
    held, day = inquiry.holder(board, COORDINATOR), inquiry.day(board)
    if held is None:
        return Finding(False, _("There is no security coordinator"), _page(inquiry, board))
    counts = any(
        done <= day <= expires for done, expires in inquiry.trained.get((held.person, COORDINATOR), [])
    )
    says = (
        _("%(person)s has the training that the office asks for")
        if counts
        else _("%(person)s has no training that counts")
    )
    return Finding(counts, says % {"person": held.name}, _page(inquiry, board))


def _has_trained(inquiry: Inquiry, board: int) -> Finding:
    days = [
        done
        for (at, code), holders in inquiry.held.items()
        if at == board
        for held in holders
        for done, _expires in inquiry.trained.get((held.person, code), [])
        if inquiry.in_time(board, done)
    ]
    if days:
        says = _("Training taken on %(day)s") % {"day": date_format(max(days))}
        return Finding(True, says, _page(inquiry, board))
    if inquiry.is_over(board):
        return Finding(False, _("No training was registered during the year"), _page(inquiry, board))
    return Finding(None, _("No training has been registered yet this year"), _page(inquiry, board))
