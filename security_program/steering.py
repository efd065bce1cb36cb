"""What the city's ordinary steering system calls our things, so that nothing has to be typed there again.

The steering system stays the record of goals, activities and follow-up. This table says which column of its file
holds what, and its words for rounds and statuses; the city office changes it on a page.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .models import Answer, Round, SteeringWord

# Without these nobody can tell which activity of which board a row is about.
NEEDED = ("board", "year", "goal", "activity")


@dataclass(frozen=True)
class Term:
    """One of our things, and what the steering system is thought to call it until the city says otherwise."""

    key: str
    label: Any
    proposed: str


COLUMNS = [
    Term("board", _("Board or company"), "Nämnd"),
    Term("year", _("Year"), "År"),
    Term("round", _("Round"), "Period"),
    Term("area", _("Focus area"), "Fokusområde"),
    Term("goal_id", _("The goal's number in the steering system"), "Målets id"),
    Term("goal", _("Goal"), "Nämndmål"),
    Term("activity_id", _("The activity's number in the steering system"), "Aktivitetens id"),
    Term("activity", _("Activity"), "Aktivitet"),
    Term("responsible", _("Responsible"), "Ansvarig"),
    Term("due_on", _("Done by"), "Slutdatum"),
    Term("status", _("Status"), "Status"),
    Term("text", _("What has happened"), "Kommentar"),
]
ROUNDS = [
    Term("t1", Round.Kind.T1.label, "Tertialrapport 1"),
    Term("t2", Round.Kind.T2.label, "Tertialrapport 2"),
    Term("vb", Round.Kind.ANNUAL.label, "Verksamhetsberättelse"),
]
STATUSES = [
    Term("enligt-plan", Answer.Status.ON_TRACK.label, "Pågår"),
    Term("forsenad", Answer.Status.DELAYED.label, "Försenad"),
    Term("genomford", Answer.Status.DONE.label, "Avslutad"),
    Term("avbruten", Answer.Status.STOPPED.label, "Utgår"),
]
KINDS = {"kolumn": COLUMNS, "omgang": ROUNDS, "status": STATUSES}


@dataclass(frozen=True)
class Words:
    """The mapping as it stands now."""

    columns: list[tuple[str, str]]
    rounds: dict[str, str]
    statuses: dict[str, str]


def key_of(kind: str, term: Term) -> str:
    return f"{kind}-{term.key}".replace("_", "-")


KEYS = [key_of(kind, term) for kind, terms in KINDS.items() for term in terms]


def said() -> dict[str, tuple[str, int]]:
    """Word and place of every term, the city's own before the proposed."""
    own = SteeringWord.objects.of_the_city()
    return {
        key: own.get(key, (term.proposed, place))
        for kind, terms in KINDS.items()
        for place, term in enumerate(terms, 1)
        for key in [key_of(kind, term)]
    }


def words() -> Words:
    found = said()
    named = [(found[key_of("kolumn", term)], term.key) for term in COLUMNS]
    columns = sorted((place, order, key, word) for order, ((word, place), key) in enumerate(named) if word)
    return Words(
        [(key, word) for _place, _order, key, word in columns],
        {term.key: found[key_of("omgang", term)][0] for term in ROUNDS},
        {term.key: found[key_of("status", term)][0] for term in STATUSES},
    )
