"""The first run of an installation: nine parts, at most twelve answers, left and taken up as one likes."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from boards.models import City


@dataclass(frozen=True)
class Part:
    slug: str
    title: Any
    why: Any


PARTS = (
    Part("stad", _("The city"), _("What it is called, and whether this is for real.")),
    Part("namnder", _("Boards and companies"), _("Everything belongs to one of them.")),
    Part("program", _("The programme"), _("Which version is in force.")),
    Part("skalor", _("Scales"), _("What risks are judged by.")),
    Part("datum", _("Dates of the year"), _("When things are due.")),
    Part("mejl", _("E-mail"), _("Reminders and invitations.")),
    Part("inloggning", _("Single sign-on"), _("How employees sign in.")),
    Part("telefon", _("Phone numbers"), _("Whom people call.")),
    Part("kontakt", _("Questions about the system"), _("Whom people write to.")),
)
SLUGS = [part.slug for part in PARTS]


@dataclass(frozen=True)
class Progress:
    city: City

    @property
    def rows(self) -> list[tuple[Part, bool]]:
        return [(part, part.slug in self.city.answered_parts) for part in PARTS]

    @property
    def done(self) -> int:
        return sum(answered for _part, answered in self.rows)

    @property
    def of(self) -> int:
        return len(PARTS)

    @property
    def next(self) -> Part | None:
        return next((part for part, answered in self.rows if not answered), None)

    @property
    def is_begun(self) -> bool:
        return bool(self.city.answered_parts)


def answer(part: str, *, by: Any) -> Part | None:
    """Notes the answer. With the last one the first run is over."""
    city = City.objects.here()
    city.answer_part(part, by=by)
    following = Progress(city).next
    if following is None and not city.is_set_up:
        city.end_first_run(by=by)
    return following
