"""What is measured: one line a page. `role` is the demo role that looks at it; None is nobody signed in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    role: str | None = "sakerhetssamordnare"


PAGES = [
    Page("Front page", "/", role=None),
    Page("Sign in", "/konto/logga-in/", role=None),
    Page("My page", "/min-sida/"),
    Page("Boards, list", "/namnder/"),
]
