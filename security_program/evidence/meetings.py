"""Meetings that were held during the year."""

from functools import partial

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from boards.models import CouncilMeeting

from .asking import Finding, Findings, Inquiry


def security_council(inquiry: Inquiry) -> Findings:
    return inquiry.judge(partial(_met, inquiry, CouncilMeeting.Kind.SECURITY_COUNCIL))


def network(inquiry: Inquiry) -> Findings:
    return inquiry.judge(partial(_met, inquiry, CouncilMeeting.Kind.NETWORK))


def _met(inquiry: Inquiry, kind: str, board: int) -> Finding:
    page = reverse("council_list", args=[inquiry.boards[board].slug])
    days = [day for day in inquiry.met.get((board, kind), []) if inquiry.in_time(board, day)]
    if days:
        return Finding(True, _("Met, the last time on %(day)s") % {"day": date_format(days[-1])}, page)
    if inquiry.is_over(board):
        return Finding(False, _("No meeting was held during the year"), page)
    return Finding(None, _("No meeting has been held yet this year"), page)
