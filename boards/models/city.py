from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CityManager(models.Manager["City"]):
    def here(self) -> City:
        """The one city of this installation; before it has been set up, an unsaved one with no name."""
        return self.first() or City()


class City(models.Model):
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
    font_family = models.CharField(_("Font family"), max_length=80, blank=True)
    crisis_support_phone = models.CharField(_("Crisis support, phone"), max_length=40, blank=True)
    guard_phone = models.CharField(_("Security guards, phone"), max_length=40, blank=True)
    it_support_phone = models.CharField(_("IT support, phone"), max_length=40, blank=True)
    protective_security_phone = models.CharField(
        _("Head of protective security, phone"), max_length=40, blank=True
    )
    incident_system_url = models.URLField(_("The city's incident system"), blank=True)
    support_email = models.EmailField(_("Questions about the system, e-mail"), blank=True)
    set_up_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CityManager()

    class Meta:
        constraints = [models.CheckConstraint(name="only_one_city", condition=models.Q(only=True))]

    def __str__(self) -> str:
        return self.name
