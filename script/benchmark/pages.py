"""What is measured: one line a page. `role` is the demo role (its key) that looks at it; None is nobody signed in."""

from dataclasses import dataclass

from boards.days import today


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    role: str | None = "coordinator"


PAGES = [
    Page("Front page", "/", role=None),
    Page("Sign in", "/konto/logga-in/", role=None),
    Page("My page", "/min-sida/"),
    Page("My page, case officer", "/min-sida/", role="case_officer"),
    Page("Boards, list", "/namnder/"),
    Page("One board", "/namnder/bromma/"),
    Page("The programme", "/program/"),
    Page("Status", "/status/"),
    Page("Health", "/halsa/", role=None),
]


def pages_of_a_year() -> list[Page]:
    """What should take as long however many other years and organisations there are."""
    year = today().year
    return [
        Page("A board's obligations", f"/namnder/bromma/krav/{year}/"),
        Page("One obligation", f"/namnder/bromma/krav/{year}/req-027/"),
        Page("City matrix, one focus area", f"/uppfoljning/krav/?ar={year}", role="case_officer"),
        Page("City matrix, all", f"/uppfoljning/krav/?ar={year}&omrade=alla", role="case_officer"),
        Page("One requirement at all", f"/uppfoljning/krav/req-027/?ar={year}", role="case_officer"),
        Page("Requirement", "/program/krav/req-027/"),
        Page("A board's plan", f"/namnder/bromma/mal/{year}/"),
        Page("A board's follow-up", f"/namnder/bromma/uppfoljning/{year}/t2/"),
        Page("A round", f"/uppfoljning/{year}/t2/", role="case_officer"),
        Page("Own calendar", "/kalender/"),
        Page("One board", "/namnder/bromma/"),
    ]


def more_lists_and_forms() -> list[Page]:
    """With the pages of a year, those that are to answer in good time also where there is most."""
    year = today().year
    return [
        Page("Boards, list", "/namnder/"),
        Page("Activity log", "/logg/"),
        Page("Log of the city", "/logg/", role="security_chief"),
        Page("Offices of a board", "/namnder/bromma/roller/"),
        Page("Meetings of a board", "/namnder/bromma/moten/"),
        Page("Form: a meeting", "/namnder/bromma/moten/ny/"),
        Page("Form: a goal", f"/namnder/bromma/mal/{year}/ny/"),
        Page("Form: a document", "/namnder/bromma/dokument/ny/"),
        Page("Table of activities", f"/namnder/bromma/mal/{year}/tabell/aktiviteter/"),
        Page("Form: words of the steering", "/uppfoljning/styrsystem/", role="case_officer"),
    ]
