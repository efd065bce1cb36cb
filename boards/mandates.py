"""What each office may do, as one table a person can read (domain of the city: levels K0 to K3).

`own` holds for the board where the office is; `city` for every board. The words are permissions on Board,
explained in access.PERMISSIONS. Rights that need more than a word (one's own unit, an assigned case)
are asked for where that record lives.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from guardian.shortcuts import assign_perm, remove_perm

if TYPE_CHECKING:
    from .models import Office

MEMBER = "fortroendevald"

READS_PROTECTED = {
    "view_protected",
    "edit_protected",
    "view_incident_people",
    "view_submitted",
    "view_submitted_protected",
    "view_protective_security",
    "view_duty",
}


@dataclass(frozen=True)
class Mandate:
    own: frozenset[str] = frozenset()
    city: frozenset[str] = frozenset()
    on_duty: bool = False
    # Several people hold it at once, in turn or side by side; otherwise there is one, and deputies.
    many: bool = False

    @property
    def reads_protected(self) -> bool:
        return bool((self.own | self.city) & READS_PROTECTED)

    @property
    def needs_second_factor(self) -> bool:
        return self.reads_protected or bool(self.city)

    @property
    def needs_approval(self) -> bool:
        return self.reads_protected or bool(self.city)


def _mandate(own: str = "", city: str = "", on_duty: bool = False, many: bool = False) -> Mandate:
    return Mandate(frozenset(own.split()), frozenset(city.split()), on_duty, many)


TABLE: dict[str, Mandate] = {
    # at a board or a company
    "sakerhetssamordnare": _mandate(
        own="view_internal edit_internal view_protected edit_protected handle_incidents view_events hold_meetings"
    ),
    "informationssakerhetssamordnare": _mandate(
        own="view_internal edit_internal view_protected triage_incidents"
    ),
    "sakerhetsskyddssamordnare": _mandate(own="view_internal"),
    "forvaltningschef": _mandate(
        own="view_internal view_protected approve manage_offices decide_access view_events hold_meetings"
    ),
    "chef": _mandate(own="view_internal", many=True),
    "registrator": _mandate(own="view_internal register"),
    "dataskyddsombud": _mandate(own="view_events view_privacy_cases"),
    "krisledningschef": _mandate(own="view_internal view_protected keep_log view_duty", on_duty=True),
    "krisledning": _mandate(own="view_internal keep_log view_duty", on_duty=True, many=True),
    "vb": _mandate(own="view_internal keep_log view_duty", on_duty=True, many=True),
    "kommunikationsfunktion": _mandate(own="view_internal keep_log"),
    MEMBER: _mandate(own="view_adopted"),
    # for the whole city
    "tib": _mandate(city="keep_log view_duty", on_duty=True, many=True),
    "ckl": _mandate(city="keep_log view_duty", on_duty=True, many=True),
    "krisledningsnamndens_ordforande": _mandate(city="declare_extraordinary"),
    "slk_handlaggare": _mandate(city="view_submitted edit_register review hold_meetings", many=True),
    "slk_sakerhetschef": _mandate(
        city="view_submitted view_submitted_protected edit_register manage_offices decide_access review view_events manage_city hold_meetings"
    ),
    "sakerhetsskyddschef": _mandate(city="view_protective_security"),
    "revisor": _mandate(city="view_internal view_submitted view_events", many=True),
    "systemforvaltare": _mandate(city="manage_accounts manage_city manage_offices edit_register", many=True),
}


def of(code: str) -> Mandate:
    return TABLE.get(code, Mandate())


def grant(office: "Office") -> None:
    """Makes the group's permissions on its board say exactly what the table says."""
    mandate = of(office.type.code)
    _grant_for_the_city(office, mandate)
    held = set(
        office.group.boardgrouppermission_set.filter(content_object=office.board).values_list(
            "permission__codename", flat=True
        )
    )
    for word in mandate.own - held:
        assign_perm(word, office.group, office.board)
    for word in held - mandate.own:
        remove_perm(word, office.group, office.board)


def _grant_for_the_city(office: "Office", mandate: Mandate) -> None:
    words = Permission.objects.filter(content_type__app_label="boards", codename__in=mandate.city)
    office.group.permissions.set(words)
