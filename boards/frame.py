"""What every page's frame shows: the city, the menu for who one is, and at most one banner.

Nothing is asked of the database until a template uses it; a whole page for a signed-in person costs three
questions, the city, the person's offices and what these allow.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import get_messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _

from . import access
from .accounts import sessions
from .mandates import MEMBER
from .models import City, User

THEME_COOKIE = "theme"
THEMES = ("light", "dark")
MENU = (
    ("my_page", _("My page")),
    ("rsa_list", _("RSA")),
    ("incident_list", _("Incidents")),
    ("crisis_home", _("Crisis")),
    ("programme_list", _("The programme")),
    ("situation_list", _("Situation reports")),
)
MENU_OF_MEMBERS = (("report_list", _("Reports")), ("meeting_list", _("Meetings")))
FOOTER = (
    ("help", _("Help")),
    ("glossary", _("Glossary")),
    ("accessibility", _("Accessibility statement")),
    ("privacy", _("Personal data")),
    ("status", _("Status")),
)


@dataclass(frozen=True)
class Entry:
    label: Any
    url: str
    # "page" for the page itself, "true" for a page further in, as aria-current wants it.
    current: str = ""


@dataclass(frozen=True)
class Banner:
    """One message above the page: done, ongoing (for your information), action, late or crisis."""

    kind: str
    texts: list[str]


def frame(request: HttpRequest) -> dict[str, Any]:
    page = Frame(request)
    return {"frame": page, "city": SimpleLazyObject(lambda: page.city), "demo": settings.DEMO}


class Frame:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def city(self) -> City:
        return City.objects.here()

    @cached_property
    def person(self) -> User | None:
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def seats(self) -> list[str]:
        """The boards of someone who is an elected member and nothing else; empty for everyone else."""
        held = access.rights_of(self.person).offices
        return [office.slug for office in held] if {office.code for office in held} == {MEMBER} else []

    @cached_property
    def menu(self) -> list[Entry]:
        if self.person is None:
            return []
        if not self.seats:
            return self.entries(MENU)
        return [*self.entries(MENU_OF_MEMBERS), self.own_board()]

    def own_board(self) -> Entry:
        if len(self.seats) > 1:
            return self.entry(reverse("board_list"), _("Our boards"))
        return self.entry(reverse("board_page", args=self.seats), _("Our board"))

    @cached_property
    def footer(self) -> list[Entry]:
        # Whether the system works is told to those who are signed in.
        return self.entries(each for each in FOOTER if self.person or each[0] != "status")

    def entries(self, routes: Any) -> list[Entry]:
        return [self.entry(reverse(route), label) for route, label in routes]

    def entry(self, url: str, label: Any) -> Entry:
        path = self.request.path
        return Entry(label, url, "page" if path == url else "true" if path.startswith(url) else "")

    @property
    def start(self) -> str:
        return reverse("my_page" if self.person else "front")

    @property
    def report(self) -> str:
        return reverse("incident_new")

    @property
    def profile(self) -> str:
        return reverse("profile")

    @property
    def sign_in(self) -> str:
        return reverse("account_login")

    @property
    def sign_out(self) -> str:
        return reverse("account_logout")

    @property
    def extend(self) -> str:
        return reverse("session_extend")

    @property
    def theme(self) -> str:
        chosen = self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @property
    def seconds_left(self) -> int:
        """Until the session ends if nothing more is done."""
        ends = sessions.ends_at(self.request)
        return max(0, int((ends - timezone.now()).total_seconds())) if ends else self.idle_seconds

    @property
    def idle_seconds(self) -> int:
        return int(settings.SESSION_IDLE.total_seconds())

    @property
    def seconds_at_most(self) -> int:
        """Until it ends however much is done."""
        began = self.request.session.get(sessions.BEGAN)
        over = datetime.fromisoformat(began) if began else timezone.now()
        return int((over + sessions.longest(self.request) - timezone.now()).total_seconds())

    @property
    def hours_at_most(self) -> int:
        return int(sessions.longest(self.request).total_seconds() // 3600)

    @cached_property
    def banner(self) -> Banner | None:
        """The messages of what was just done, under the gravest of their kinds."""
        said = list(get_messages(self.request))
        if not said:
            return None
        return Banner(max((kind_of(m.level) for m in said), key=GRAVITY.index), [str(m) for m in said])

    @property
    def version(self) -> str:
        return version()


@login_not_required
def city_logo(request: HttpRequest) -> HttpResponse:
    """As a picture of its own: what a drawing might carry of scripts or styles stays asleep in an <img>."""
    city = City.objects.here()
    if not city.logo:
        raise Http404
    # Opened by itself it is a document of its own, so that has to be put to sleep too.
    asleep = {"Content-Security-Policy": "sandbox; default-src 'none'"}
    return HttpResponse(city.logo, content_type="image/svg+xml", headers=asleep)


GRAVITY = ("ongoing", "done", "action", "late")


def kind_of(level: int) -> str:
    return {25: "done", 30: "action", 40: "late"}.get(level, "ongoing")


@cache
def version() -> str:
    project = settings.BASE_DIR / "pyproject.toml"
    return tomllib.loads(project.read_text())["project"]["version"] if project.exists() else ""
