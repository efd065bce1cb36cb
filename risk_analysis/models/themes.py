from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from boards import access, audit
from boards.verbs import verb

from .risks import Risk


class ThemeQuerySet(models.QuerySet["RiskTheme"]):
    def visible_to(self, user: Any) -> ThemeQuerySet:
        return self if access.may(user, "view_submitted") else self.none()

    def by_name(self) -> ThemeQuerySet:
        return self.order_by("name", "pk")


class ThemeManager(models.Manager.from_queryset(ThemeQuerySet)):  # type: ignore[misc]
    @verb("theme.begun", _("%(who)s began the theme %(theme)s"))
    def begin(self, name: str, *, by: Any) -> RiskTheme:
        theme = self.model(name=name.strip(), slug=slugify(name)[:60], begun_by=by)
        theme.full_clean()
        theme.save()
        audit.record("theme.begun", theme, by=by, theme=theme.name)
        return theme

    @verb("theme.risk_taken_out", _("%(who)s took a risk out of its theme in %(rsa)s at %(board)s"))
    def take_out(self, risk: Risk, *, by: Any) -> None:
        if not ThemedRisk.objects.filter(thread=risk.thread).delete()[0]:
            raise ValidationError(_("Somebody has already done this."))
        audit.record("theme.risk_taken_out", risk, by=by, rsa=str(risk.rsa))


class RiskTheme(models.Model):
    """What a person at the city executive office sees as one and the same in the risks of several organisations."""

    name = models.CharField(_("Theme"), max_length=80, unique=True)
    slug = models.SlugField(max_length=60, unique=True, editable=False)
    begun_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ThemeManager()

    class Meta:
        verbose_name = _("theme of risks")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("theme_page", args=[self.slug])

    @verb("theme.renamed", _("%(who)s renamed a theme to %(theme)s"))
    def rename(self, name: str, *, by: Any) -> None:
        """Its address stays."""
        self.name = name.strip()
        self.full_clean()
        self.save(update_fields=["name"])
        audit.record("theme.renamed", self, by=by, theme=self.name)

    @verb("theme.risk_put", _("%(who)s put a risk under the theme %(theme)s in %(rsa)s at %(board)s"))
    def put(self, risk: Risk, *, by: Any) -> None:
        """By its thread, so that it stays there in the years to come."""
        facts = {"theme": self, "put_by": by, "put_at": timezone.now()}
        ThemedRisk.objects.update_or_create(thread=risk.thread, defaults=facts)
        audit.record("theme.risk_put", risk, by=by, theme=self.name, rsa=str(risk.rsa))


class ThemedRisk(models.Model):
    """That a risk, in whichever year and edition, belongs to a theme. It belongs to one at a time."""

    theme = models.ForeignKey(RiskTheme, models.PROTECT, related_name="risks")
    thread = models.UUIDField(unique=True)
    put_by = models.ForeignKey("boards.User", models.PROTECT, null=True, blank=True, related_name="+")
    put_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("risk in a theme")

    def __str__(self) -> str:
        return str(self.thread)
