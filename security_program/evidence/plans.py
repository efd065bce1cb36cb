"""The year's own goals and activities, and the follow-up of them in the ordinary steering.

What the city's steering system holds is seen here by what is planned and handed in: the same texts go there.
"""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .asking import Finding, Findings, Inquiry


def goals_and_activities(inquiry: Inquiry) -> Findings:
    """Every focus area has a goal or a written reason why not, and something is done to reach the goals."""
    return inquiry.judge(partial(_planned, inquiry))


def goals_lead_to_work(inquiry: Inquiry) -> Findings:
    """Every goal has an activity that takes it further."""
    return inquiry.judge(partial(_worked_on, inquiry))


def follow_ups_handed_in(inquiry: Inquiry) -> Findings:
    """Each round of the year whose day has come is approved by the head and handed in."""
    return inquiry.judge(partial(_handed_in, inquiry))


def in_ordinary_steering(inquiry: Inquiry) -> Findings:
    """The year is both planned and followed up in the ordinary rounds."""
    return inquiry.judge(partial(_steered, inquiry))


def _plan_page(inquiry: Inquiry, board: int) -> str:
    return reverse("board_plan", args=[inquiry.boards[board].slug, inquiry.year])


def _lacks(inquiry: Inquiry, board: int, says: str) -> Finding:
    """There is time to mend it until the year is over."""
    return Finding(False if inquiry.is_over(board) else None, says, _plan_page(inquiry, board))


def _planned(inquiry: Inquiry, board: int) -> Finding:
    plan = inquiry.plan(board)
    bare = len(inquiry.areas - plan.areas)
    if not plan.goals:
        return _lacks(inquiry, board, _("No goal has been written for the year"))
    if bare:
        says = ngettext(
            "%(number)s focus area has neither a goal nor a reason why not",
            "%(number)s focus areas have neither a goal nor a reason why not",
            bare,
        )
        return _lacks(inquiry, board, says % {"number": bare})
    if not plan.worked_on:
        return _lacks(inquiry, board, _("There are goals and no activities"))
    says = ngettext(
        "%(number)s goal in the year's plan", "%(number)s goals in the year's plan", len(plan.goals)
    )
    return Finding(True, says % {"number": len(plan.goals)}, _plan_page(inquiry, board))


def _worked_on(inquiry: Inquiry, board: int) -> Finding:
    plan = inquiry.plan(board)
    idle = len(plan.goals - plan.worked_on)
    if not plan.goals:
        return _lacks(inquiry, board, _("No goal has been written for the year"))
    if idle:
        says = ngettext("%(number)s goal has no activity", "%(number)s goals have no activity", idle)
        return _lacks(inquiry, board, says % {"number": idle})
    return Finding(True, _("Every goal has an activity"), _plan_page(inquiry, board))


def _handed_in(inquiry: Inquiry, board: int) -> Finding:
    asked = [each for each in inquiry.followed_up.get(board, []) if each.is_due]
    lacking = [each for each in asked if not each.is_filed]
    if lacking:
        names = ", ".join(each.name for each in lacking)
        return Finding(False, _("Not handed in: %(rounds)s") % {"rounds": names}, lacking[0].url)
    if asked:
        names = ", ".join(each.name for each in asked)
        return Finding(True, _("Handed in: %(rounds)s") % {"rounds": names}, asked[-1].url)
    return _lacks(inquiry, board, _("No follow-up has been asked for"))


def _steered(inquiry: Inquiry, board: int) -> Finding:
    plan, filed = inquiry.plan(board), [each for each in inquiry.followed_up.get(board, []) if each.is_filed]
    if plan.worked_on and filed:
        return Finding(
            True, _("Planned, and followed up in %(round)s") % {"round": filed[-1].name}, filed[-1].url
        )
    if plan.worked_on:
        return _lacks(inquiry, board, _("Planned, and not followed up"))
    return _lacks(inquiry, board, _("No activities have been planned for the year"))
