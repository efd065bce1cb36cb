"""What each office may do, as one table a person can read (domain of the city: levels K0 to K3).

`own` holds for the board where the office is; `city` for every board; `unit` for the unit one leads, which is
asked of the unit where that record lives, as is an assigned case. The words are permissions on Board,
explained in access.PERMISSIONS. The page /befogenheter/ shows the table to everyone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet

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
    "view_privacy_cases",
    "view_duty",
    # The log tells who did what with protected records; the registrar reads what is to be disclosed.
    "view_events",
    "register",
}


@dataclass(frozen=True)
class Mandate:
    own: frozenset[str] = frozenset()
    city: frozenset[str] = frozenset()
    unit: frozenset[str] = frozenset()
    on_duty: bool = False
    # Several people hold it at once, in turn or side by side; otherwise there is one, and deputies.
    many: bool = False
    # Never held without a last day.
    time_limited: bool = False

    @property
    def reads_protected(self) -> bool:
        return bool((self.own | self.city) & READS_PROTECTED)

    @property
    def needs_second_factor(self) -> bool:
        return self.reads_protected or bool(self.city | self.unit)

    @property
    def needs_approval(self) -> bool:
        return self.reads_protected or bool(self.city)


def _mandate(own: str = "", city: str = "", unit: str = "", **ways: bool) -> Mandate:
    return Mandate(frozenset(own.split()), frozenset(city.split()), frozenset(unit.split()), **ways)


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
    "chef": _mandate(
        own="view_internal", unit="view_protected handle_incidents view_incident_people", many=True
    ),
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
    "slk_handlaggare": _mandate(own="hold_meetings", city="view_submitted edit_register review", many=True),
    "slk_sakerhetschef": _mandate(
        own="hold_meetings",
        city="view_submitted view_submitted_protected edit_register manage_offices decide_access review view_events manage_city sanitize",
    ),
    "sakerhetsskyddschef": _mandate(city="view_protective_security sanitize"),
    "revisor": _mandate(city="view_internal view_submitted view_events", many=True, time_limited=True),
    "systemforvaltare": _mandate(city="manage_accounts manage_city manage_offices edit_register", many=True),
}

NEED_APPROVAL = sorted(code for code, mandate in TABLE.items() if mandate.needs_approval)


def of(code: str) -> Mandate:
    return TABLE.get(code, Mandate())


def grant(offices: Iterable["Office"]) -> None:
    """Makes the groups' permissions say what the table says, in the same few statements for one or many."""
    held = [(office.group_id, office.board_id, of(office.type.code)) for office in offices]
    words = dict(
        Permission.objects.filter(content_type__app_label="boards", content_type__model="board").values_list(
            "codename", "pk"
        )
    )
    at_boards = apps.get_model("boards", "BoardGroupPermission").objects
    for_the_city = Group.permissions.through.objects
    groups = [group for group, _board, _mandate in held]
    _make_agree(
        at_boards.filter(group__in=groups),
        ("group_id", "content_object_id", "permission_id"),
        {(group, board, words[word]) for group, board, mandate in held for word in mandate.own},
    )
    _make_agree(
        for_the_city.filter(group__in=groups),
        ("group_id", "permission_id"),
        {(group, words[word]) for group, _board, mandate in held for word in mandate.city},
    )


def _make_agree(rows: QuerySet, fields: tuple[str, ...], wanted: set[tuple[int, ...]]) -> None:
    there = set(rows.values_list(*fields))
    missing = [rows.model(**dict(zip(fields, row, strict=True))) for row in sorted(wanted - there)]
    rows.model.objects.bulk_create(missing, ignore_conflicts=True)
    for row in there - wanted:
        rows.filter(**dict(zip(fields, row, strict=True))).delete()
