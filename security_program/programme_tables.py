"""The table of requirements."""

from typing import Any, ClassVar

from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from boards.tables import Choice, Column, Sort, Table

from .models import FocusArea, Programme, Requirement
from .models.vocabulary import Actor, Kind

GENERAL = "allmant"


def versions() -> list[tuple[str, str]]:
    asked = Programme.objects.filter(requirements__isnull=False).distinct()
    return [(programme.slug, programme.period) for programme in asked.newest_first()]


def areas() -> list[tuple[str, Any]]:
    rows = FocusArea.objects.filter(requirements__isnull=False).distinct().select_related("programme")
    named = [
        (str(area.pk), f"{area.label} ({area.programme.period})")
        for area in rows.order_by("-programme__first_year", "order")
    ]
    return [*named, (GENERAL, _("Not under a focus area"))]


def in_area(value: str) -> Q:
    return Q(focus_area__isnull=True) if value == GENERAL else Q(focus_area=value)


def asks(value: str) -> Q:
    return Q(pk__in=Requirement.objects.asked_of(value).values("pk"))


def names(actors: list[Any]) -> str:
    return ", ".join(str(actor) for actor in actors)


class RequirementTable(Table):
    caption = _("Requirements")
    quiet_caption = True
    noun = ngettext_lazy("requirement", "requirements")
    empty = _("No requirements have been loaded yet.")
    level = "K0"
    file_name = "krav"
    columns: ClassVar = [
        Column(
            "krav",
            _("Requirement"),
            lambda row: row.code,
            link=lambda row: row.get_absolute_url(),
            sort="krav",
            reads="code",
        ),
        Column("vad", _("What"), lambda row: row.label, reads="what what_en"),
        Column("vem", _("Who"), lambda row: names(row.who), reads=""),
        Column("nar", _("How often"), lambda row: row.get_cadence_display(), reads="cadence"),
        Column("slag", _("Kind"), lambda row: row.get_kind_display(), reads="kind"),
    ]
    filters: ClassVar = [
        Choice("version", _("Version"), versions, lambda value: Q(programme__slug=value)),
        Choice("slag", _("Kind"), lambda: list(Kind.choices), lambda value: Q(kind=value)),
        Choice("omrade", _("Focus area"), areas, in_area),
        Choice("vem", _("Who"), lambda: list(Actor.choices), asks),
    ]
    sorts: ClassVar = [Sort("krav", ("code",))]

    def prepare(self, rows: list[Any]) -> list[Any]:
        prefetch_related_objects(rows, "actors")
        return rows
