"""What is measured: one line a page. `role` is the demo role (its key) that looks at it; None is nobody signed in."""

from dataclasses import dataclass


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
