"""One's own page: what each floor asks of the person, by date, and where they belong."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

import crisis.panels
import incidents.panels
import risk_analysis.panels
from boards import imports, job_views, notice_views
from boards import to_do as people_and_boards
from boards.access import rights_of
from boards.models import AccessRequest, Board, City, Draft, Office, StandIn
from boards.panels import ToDo, by_date
from boards.swedish import sort_key

from . import follow_up_panels, panels
from .first_run import Progress
from .models import BarrierReport, CalendarRule, Programme

FLOORS = (risk_analysis.panels, incidents.panels, crisis.panels, panels, follow_up_panels)


@dataclass
class MyPage:
    user: Any
    city: City

    @cached_property
    def offices(self) -> list[Office]:
        held = [office.pk for office in rights_of(self.user).offices]
        offices = Office.objects.filter(pk__in=held).select_related("type", "board")
        return sorted(offices, key=lambda office: (sort_key(office.board.name), office.type.order))

    @cached_property
    def to_do(self) -> list[ToDo]:
        things = people_and_boards.to_do(self.user, self.offices, self.concerning)
        for floor in FLOORS:
            things += floor.to_do(self.user)
        return by_date([*things, *self._for_the_city()])

    def _for_the_city(self) -> list[ToDo]:
        """What waits for whoever manages the city: the programme to confirm and barriers to answer."""
        if not self.manages_city:
            return []
        things = [
            ToDo(
                _("Answer the barrier %(number)s") % {"number": barrier},
                reverse("barrier_answer", args=[barrier.pk]),
            )
            for barrier in BarrierReport.objects.waiting()[:20]
        ]
        if Programme.objects.in_force() is None:
            things.append(ToDo(_("Confirm which programme is in force"), reverse("programme_list")))
        return things

    @cached_property
    def manages_city(self) -> bool:
        return any("manage_city" in office.type.mandate.city for office in self.offices)

    @property
    def progress(self) -> Progress | None:
        """The checklist of the first run, until it is over."""
        return Progress(self.city) if self.manages_city and not self.city.is_set_up else None

    @cached_property
    def dates(self) -> list[tuple[date, CalendarRule]]:
        return CalendarRule.objects.all().coming()[:5]

    @cached_property
    def away(self) -> list[StandIn]:
        """Those the person acts for today."""
        return list(StandIn.objects.on().filter(deputy=self.user).select_related("person"))

    @cached_property
    def concerning(self) -> list[AccessRequest]:
        """What the person has asked for and what they answer."""
        requests = AccessRequest.objects.concerning(self.user).select_related("person", "board")
        return list(requests.order_by("-pk")[:100])

    @property
    def requests(self) -> list[AccessRequest]:
        """What the person has asked for, the latest first."""
        return [asked for asked in self.concerning if asked.person_id == self.user.pk][:5]

    @cached_property
    def drafts(self) -> list[Draft]:
        """What the person was writing, the latest first: one press and they go on."""
        return list(Draft.objects.reached_by(self.user).select_related("board").latest_first()[:5])

    @property
    def ways(self) -> list[tuple[str, str]]:
        """Where else there is to go, each with its address: what is everybody's, and what an office opens."""
        return [(text, reverse(name)) for text, name, is_open in self._ways() if is_open]

    def _ways(self) -> list[tuple[str, str, bool]]:
        city = {permission for office in self.offices for permission in office.type.mandate.city}
        own = {permission for office in self.offices for permission in office.type.mandate.own}
        return [
            (_("All boards and companies"), "board_list", True),
            (_("Ask for access"), "access_request_new", bool(self.offices)),
            (_("Reports"), "report_list", True),
            (_("Meetings"), "meeting_list", True),
            (
                _("How boards and companies meet the requirements"),
                "obligation_matrix",
                "view_submitted" in rights_of(self.user).city,
            ),
            (_("The city's risks"), "city_picture", "view_submitted" in rights_of(self.user).city),
            (_("Your drafts"), "draft_list", True),
            (_("The bin"), "paper_bin", bool(self.offices)),
            (_("Activity log"), "log", "view_events" in city | own),
            (_("Read in from files"), "import_home", bool(imports.kinds_of(self.user))),
            (_("Accounts"), "account_list", "manage_accounts" in city),
            (_("Settings"), "settings_home", "manage_city" in city),
            (_("Remove a text"), "sanitation", "sanitize" in city),
        ]

    @cached_property
    def notices(self) -> list[notice_views.Said]:
        return notice_views.unread(self.user)

    @cached_property
    def jobs(self) -> list[job_views.JobPage]:
        return job_views.of_person(self.user)

    @property
    def boards(self) -> list[tuple[Board, list[Office]]]:
        rows: dict[Board, list[Office]] = {}
        for office in self.offices:
            rows.setdefault(office.board, []).append(office)
        return list(rows.items())
