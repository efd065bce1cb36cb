"""The year's own goals and activities, and the follow-up of them in the ordinary steering.

The city's steering system is the record. A plan counts as soon as it stands here, wherever it was written; a
follow-up counts when it is handed in, and when it has been handed over to the steering system.
"""

from datetime import date
from functools import partial

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .asking import Finding, Findings, Inquiry, Reported


def goals_and_activities(inquiry: Inquiry) -> Findings:
    """Every focus area has a goal or a written reason why not, and something is done to reach the goals."""
    return inquiry.judge(partial(_planned, inquiry))


def goals_lead_to_work(inquiry: Inquiry) -> Findings:
    """Every goal has an activity that takes it further."""
    return inquiry.judge(partial(_worked_on, inquiry))


def follow_ups_handed_in(inquiry: Inquiry) -> Findings:
    """Each round of the year whose day has come is handed in, or stands in the steering system."""
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
    found = says % {"number": len(plan.goals)}
    if plan.in_steering:
        found = _("%(plan)s, of which in the steering system: %(number)s") % {
            "plan": found,
            "number": len(plan.in_steering),
        }
    return Finding(True, found, _plan_page(inquiry, board))


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
    lacking = [each for each in asked if not each.is_done]
    if lacking:
        names = ", ".join(each.name for each in lacking)
        return Finding(False, _("Not handed in: %(rounds)s") % {"rounds": names}, lacking[0].url)
    if asked:
        return Finding(True, _done(asked), asked[-1].url)
    return _lacks(inquiry, board, _("No follow-up has been asked for"))


def _done(reports: list[Reported]) -> str:
    """What is handed in, and what of it stands in the steering system since when."""
    filed = ", ".join(each.name for each in reports if each.is_filed)
    handed = ", ".join(_since(each.name, each.handed_on) for each in reports if each.handed_on)
    parts = [
        _("Handed in: %(rounds)s") % {"rounds": filed} if filed else "",
        _("In the steering system: %(rounds)s") % {"rounds": handed} if handed else "",
    ]
    return ". ".join(filter(None, parts))


def _since(name: str, day: date) -> str:
    return f"{name} ({date_format(day, 'j F Y')})"


def _steered(inquiry: Inquiry, board: int) -> Finding:
    plan, done = inquiry.plan(board), [each for each in inquiry.followed_up.get(board, []) if each.is_done]
    if plan.worked_on and done:
        return Finding(True, _("Planned, and followed up. %(how)s") % {"how": _done(done)}, done[-1].url)
    if plan.worked_on:
        return _lacks(inquiry, board, _("Planned, and not followed up"))
    return _lacks(inquiry, board, _("No activities have been planned for the year"))
