"""The 25 levels of risk, and what must hold of them whatever a city chooses."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LOW, MODERATE, HIGH, VERY_HIGH = 1, 2, 3, 4
NAMES = {
    LOW: gettext_lazy("Low"),
    MODERATE: gettext_lazy("Moderate"),
    HIGH: gettext_lazy("High"),
    VERY_HIGH: gettext_lazy("Very high"),
}
STEPS = range(1, 6)

# A row for each consequence from 1 to 5, in it a level for each likelihood from 1 to 5.
Table = Sequence[Sequence[int]]


def problems(table: Table) -> list[str]:
    """Why this table cannot be used, in words; nothing if it can."""
    if len(table) != 5 or any(len(row) != 5 or not set(row) <= set(NAMES) for row in table):
        return [_("Each of the 25 cells needs a level.")]
    found = []
    for step in STEPS:
        row, column = list(table[step - 1]), [table[c - 1][step - 1] for c in STEPS]
        if row != sorted(row):
            found.append(
                _("The level falls when the likelihood rises, at consequence %(step)s.") % {"step": step}
            )
        if column != sorted(column):
            found.append(
                _("The level falls when the consequence rises, at likelihood %(step)s.") % {"step": step}
            )
    if table[4][0] < HIGH:
        found.append(_("What is unlikely but catastrophic must be at least high."))
    return found
