"""The day in a year by which a duty is to be met or accounted for, from how often it comes and the city's dates."""

from datetime import date

from boards import workdays

from .models.calendar import CalendarRule
from .models.requirements import Requirement
from .models.vocabulary import Cadence

# What goes on all the time has no day of its own: it is accounted for with the annual account.
ACCOUNT = "verksamhetsberattelse"
RULES: dict[str, str] = {
    Cadence.YEARLY_PLAN: "verksamhetsplan",
    Cadence.YEARLY_T2: "tertial-2",
    Cadence.EACH_RSA: "rsa",
    Cadence.EACH_RSA_AND_ONGOING: "rsa",
    Cadence.INSTRUCTED: "rsa",
    Cadence.TERM: "rsa-lansstyrelsen",
}
# A duty that has a date of its own among the city's.
OWN_RULES = {"REQ-082": "krisledning-ovad"}
WHOLE_YEAR = (Cadence.YEARLY, Cadence.YEARLY_BUDGET)


class DueDays:
    """The city's dates are read once for all duties of a year."""

    def __init__(self, year: int) -> None:
        self.year = year
        self.rules = {rule.code: rule for rule in CalendarRule.objects.all()}
        self.account = self._by_rule(ACCOUNT, year + 1) or workdays.or_earlier(date(year + 1, 1, 31))

    def of(self, requirement: Requirement, last_day: date) -> date:
        """Nobody is asked for anything after its last day, except to account for a whole year."""
        due = self._of(requirement)
        return due if last_day == date(self.year, 12, 31) else min(due, last_day)

    def _of(self, requirement: Requirement) -> date:
        if requirement.due_on and requirement.due_on.year == self.year:
            return workdays.or_earlier(requirement.due_on)
        rule = OWN_RULES.get(requirement.code) or RULES.get(requirement.cadence)
        found = self._by_rule(rule, self.year) if rule else None
        if found is None and requirement.cadence in WHOLE_YEAR:
            found = workdays.or_earlier(date(self.year, 12, 31))
        return found or self.account

    def _by_rule(self, code: str, year: int) -> date | None:
        rule = self.rules.get(code)
        return rule.on(year) if rule else None
