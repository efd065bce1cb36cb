from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.bilingual import in_readers_language

from ..reference import read
from .goals import FocusArea
from .paragraphs import Paragraph
from .programme import Programme
from .vocabulary import Actor, Cadence, Kind


class RequirementQuerySet(models.QuerySet["Requirement"]):
    def visible_to(self, user: Any) -> RequirementQuerySet:
        return self.filter(programme__in=Programme.objects.visible_to(user))

    def binding(self) -> RequirementQuerySet:
        """What a board or somebody else in the city has to do: the duties themselves."""
        return self.filter(kind=Kind.DUTY)

    def decisions(self) -> RequirementQuerySet:
        return self.filter(kind=Kind.DECISION)

    def earlier(self) -> RequirementQuerySet:
        return self.filter(kind=Kind.EARLIER)

    def wishes(self) -> RequirementQuerySet:
        return self.filter(kind__in=(Kind.WISH, Kind.POLITICAL, Kind.PRACTICE))

    def proposals(self) -> RequirementQuerySet:
        return self.filter(kind=Kind.PROPOSAL)

    def asked_of(self, *actors: str) -> RequirementQuerySet:
        return self.filter(pk__in=RequirementActor.objects.asked(*actors).values("requirement"))

    def load(self) -> None:
        """The requirements follow the product; who answers for them, and with what, is the city's own."""
        programmes = {programme.slug: programme for programme in Programme.objects.all()}
        areas = {(area.programme_id, area.order): area for area in FocusArea.objects.all()}
        rows = read("requirements")
        made = [Requirement.of_row(row, programmes[row["programme"]], areas) for row in rows]
        facts = [field.name for field in Requirement._meta.fields if field.name not in ("id", "code")]
        Requirement.objects.bulk_create(
            made, batch_size=100, update_conflicts=True, unique_fields=["code"], update_fields=facts
        )
        RequirementActor.objects.load(rows)


class Requirement(models.Model):
    """Who shall do what, how often and towards whom, in our own words; its code never changes."""

    code = models.CharField(_("Code"), max_length=12, unique=True)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="requirements")
    kind = models.CharField(_("Kind"), max_length=10, choices=Kind)
    focus_area = models.ForeignKey(
        FocusArea, models.PROTECT, null=True, blank=True, related_name="requirements"
    )
    what = models.CharField(_("What"), max_length=300)
    what_en = models.CharField(_("What, in English"), max_length=300, blank=True)
    cadence = models.CharField(_("How often"), max_length=30, choices=Cadence)
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    voiced_by = models.CharField(_("Voiced by"), max_length=120, blank=True)
    document = models.CharField(_("Document"), max_length=160)
    section = models.CharField(_("Section"), max_length=160, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    note_en = models.CharField(_("Note, in English"), max_length=300, blank=True)
    paragraphs = models.ManyToManyField(Paragraph, related_name="requirements", blank=True)

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("requirement")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="a_requirement_by_a_day_has_one",
                condition=~Q(cadence="senast") | Q(due_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def of_row(cls, row: dict[str, Any], programme: Programme, areas: dict) -> Requirement:
        texts = ("kind", "what", "what_en", "cadence", "voiced_by", "document", "section", "note", "note_en")
        return cls(
            code=row["code"],
            programme=programme,
            focus_area=areas.get((programme.pk, row.get("area"))),
            due_on=row.get("due_on"),
            **{name: row.get(name, "") for name in texts},
        )

    def get_absolute_url(self) -> str:
        return reverse("requirement_page", args=[self.slug])

    @property
    def slug(self) -> str:
        return self.code.lower()

    @property
    def label(self) -> str:
        return in_readers_language(self, "what")

    @property
    def explanation(self) -> str:
        return in_readers_language(self, "note")

    @property
    def is_binding(self) -> bool:
        return self.kind == Kind.DUTY

    @property
    def who(self) -> list[RequirementActor]:
        return [row for row in self.actors.all() if not row.is_recipient]

    @property
    def recipients(self) -> list[RequirementActor]:
        return [row for row in self.actors.all() if row.is_recipient]


class RequirementActorQuerySet(models.QuerySet["RequirementActor"]):
    def asked(self, *actors: str) -> RequirementActorQuerySet:
        return self.filter(is_recipient=False, actor__in=actors)

    def load(self, rows: list[dict[str, Any]]) -> None:
        codes = dict(Requirement.objects.values_list("code", "pk"))
        wanted = {
            (codes[row["code"]], actor, key == "to"): order
            for row in rows
            for key in ("who", "to")
            for order, actor in enumerate(row.get(key, ()), 1)
        }
        there = {(one.requirement_id, one.actor, one.is_recipient): one.pk for one in self.all()}
        self.filter(pk__in=[pk for key, pk in there.items() if key not in wanted]).delete()
        new = [
            RequirementActor(requirement_id=requirement, actor=actor, is_recipient=recipient, order=order)
            for (requirement, actor, recipient), order in wanted.items()
            if (requirement, actor, recipient) not in there
        ]
        RequirementActor.objects.bulk_create(new, batch_size=200)


class RequirementActor(models.Model):
    """Who is asked, or to whom it is reported, in the programme's own terms: not yet an organisation."""

    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="actors")
    actor = models.CharField(max_length=40, choices=Actor)
    is_recipient = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField()

    objects = RequirementActorQuerySet.as_manager()

    class Meta:
        ordering = ["requirement", "is_recipient", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "actor", "is_recipient"], name="an_actor_is_named_once"
            )
        ]

    def __str__(self) -> str:
        return self.get_actor_display()
