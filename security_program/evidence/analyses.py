"""The risk and vulnerability analysis of the year: handed in, judged, and led on to plans and measures.

What an analysis holds is protected; here stands only whether it holds what is asked for, never how much.
"""

from collections.abc import Callable, Iterable
from functools import partial

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from .asking import Analysed, Finding, Findings, Inquiry

Sees = Callable[[Analysed], str]


def handed_in(inquiry: Inquiry) -> Findings:
    """The yearly analysis is handed in, and neither recalled nor replaced."""
    return _asked(inquiry, lambda analysis: "")


def anchored(inquiry: Inquiry) -> Findings:
    """The head has decided on it, and it has led to measures."""
    return _asked(inquiry, _lacks("measures", _("The analysis leads to no measure")))


def by_the_instructions(inquiry: Inquiry) -> Findings:
    """Made in the city's round with its method, and not returned by the city office."""
    return _asked(
        inquiry,
        lambda analysis: _("The city office has returned the analysis") if analysis.is_returned else "",
    )


def commitments_judged(inquiry: Inquiry) -> Findings:
    """Every commitment is judged by all that is to be protected."""
    return _asked(inquiry, _has("unjudged", lambda: _("A commitment is not judged on all four scales")))


def risks_found(inquiry: Inquiry) -> Findings:
    """There are risks, and something is done about the gravest."""
    return _asked(inquiry, _either(_lacks("risks", _("The analysis has no risks")), _untreated))


def dependencies_planned_for(inquiry: Inquiry) -> Findings:
    """Every critical dependency has a continuity plan that holds."""
    return _asked(
        inquiry, _has("unplanned", lambda: _("A critical dependency has no decided continuity plan"))
    )


def action_plan(inquiry: Inquiry) -> Findings:
    """The gravest risks have measures, and none of them is late."""
    return _asked(
        inquiry, _either(_untreated, _has("overdue", lambda: _("A measure in the action plan is late")))
    )


def measures_in_the_plan(inquiry: Inquiry) -> Findings:
    """What is decided stands in the year's plan of activities or in the plan for internal control."""
    return _asked(
        inquiry,
        _has("outside", lambda: _("A decided measure does not stand in the year's plan of activities")),
    )


def accidents_considered(inquiry: Inquiry) -> Findings:
    """Accidents are analysed within it, or there is a reason why they are not relevant."""
    return _asked(
        inquiry,
        lambda analysis: "" if analysis.accidents else _("The analysis does not say anything of accidents"),
    )


def _asked(inquiry: Inquiry, lacks: Sees) -> Findings:
    return inquiry.judge(partial(_finding, inquiry, lacks))


def _finding(inquiry: Inquiry, lacks: Sees, board: int) -> Finding:
    analysis = inquiry.analysis(board)
    if analysis is None:
        late = inquiry.is_over(board) or inquiry.analyses_are_late
        return Finding(False if late else None, _("This year's risk analysis has not been handed in"))
    if missing := lacks(analysis):
        return Finding(None, missing, analysis.url)
    day = date_format(localdate(analysis.submitted_at), "DATE_FORMAT")
    return Finding(True, _("The risk analysis was handed in on %(day)s") % {"day": day}, analysis.url)


def _untreated(analysis: Analysed) -> str:
    return _("A grave risk has neither a measure nor an acceptance") if analysis.untreated else ""


def _has(name: str, says: Callable[[], str]) -> Sees:
    return lambda analysis: says() if getattr(analysis, name) else ""


def _lacks(name: str, says: str) -> Sees:
    return lambda analysis: "" if getattr(analysis, name) else says


def _either(*ways: Sees) -> Sees:
    def see(analysis: Analysed) -> str:
        found: Iterable[str] = (way(analysis) for way in ways)
        return next(filter(None, found), "")

    return see
