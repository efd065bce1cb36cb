from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..verbs import verb
from .versioned import Versioned

# A family name ends up in a style sheet: letters, digits, spaces and hyphens only.
family_name = RegexValidator(
    r"^[\w][\w \-]*$", _("Write only the name of the font, for example Source Sans 3.")
)


class CityManager(models.Manager["City"]):
    def here(self) -> City:
        """The one city of this installation; before it has been set up, an unsaved one with no name."""
        return self.first() or City()


class City(Versioned):
    """The municipality of this installation: its name, its look and the numbers people call."""

    class Environment(models.TextChoices):
        PRODUCTION = "production", _("In use")
        TEST = "test", _("Test")
        EDUCATION = "education", _("Education")

    only = models.BooleanField(default=True, editable=False, unique=True)
    name = models.CharField(_("Name of the city"), max_length=120, blank=True)
    environment = models.CharField(
        _("Environment"), max_length=20, choices=Environment, default=Environment.PRODUCTION
    )
    logo = models.TextField(_("Logo (SVG)"), blank=True)
    logo_alt = models.CharField(_("The logo in words"), max_length=120, blank=True)
    font_family = models.CharField(_("Font family"), max_length=80, blank=True, validators=[family_name])
    crisis_support_phone = models.CharField(_("Crisis support, phone"), max_length=40, blank=True)
    guard_phone = models.CharField(_("Security guards, phone"), max_length=40, blank=True)
    it_support_phone = models.CharField(_("IT support, phone"), max_length=40, blank=True)
    protective_security_phone = models.CharField(
        _("Head of protective security, phone"), max_length=40, blank=True
    )
    incident_system_url = models.URLField(_("The city's incident system"), blank=True)
    support_email = models.EmailField(_("Questions about the system, e-mail"), blank=True)
    # The parts of the first run that somebody has answered, so that it can be left and taken up again.
    answered_parts = models.JSONField(default=list, editable=False)
    set_up_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CityManager()

    class Meta:
        constraints = [models.CheckConstraint(name="only_one_city", condition=models.Q(only=True))]

    def __str__(self) -> str:
        return self.name

    @property
    def is_set_up(self) -> bool:
        return self.set_up_at is not None

    @verb("city.changed", _("%(who)s changed %(fields)s in the settings"))
    def change(self, *, by: Any, version: int | None = None, **changes: Any) -> None:
        """Changes what the installation is called, looks like and calls; one event with what was before."""
        self.expect(version)
        before = {field: getattr(self, field) for field in changes}
        for field, value in changes.items():
            setattr(self, field, value)
        self.full_clean()
        changed = {name: [before[name], value] for name, value in changes.items() if before[name] != value}
        if changed:
            if self.pk:
                self.save_over(version, changed)
            else:
                self.save()
            audit.record("city.changed", self, by=by, changed=changed)

    @verb("city.part_answered", _("%(who)s answered the part %(part)s of the first run"))
    def answer_part(self, part: str, *, by: Any) -> None:
        """Notes that a part of the first run is answered."""
        if part in self.answered_parts:
            return
        self.answered_parts = [*self.answered_parts, part]
        self.save(update_fields=["answered_parts"] if self.pk else None)
        audit.record("city.part_answered", self, by=by, part=part)

    @verb("city.set_up", _("%(who)s finished the first run"))
    def end_first_run(self, *, by: Any) -> None:
        self.set_up_at = timezone.now()
        self.save(update_fields=["set_up_at"] if self.pk else None)
        audit.record("city.set_up", self, by=by)
