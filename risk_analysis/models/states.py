"""The states of an analysis, which way it may go between them, and what each means to others."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "utkast", _("Draft")
    WITH_CHIEF = "hos_chef", _("With the head")
    FIXED = "faststalld", _("Decided by the head")
    SUBMITTED = "inlamnad", _("Handed in")
    REVIEWED = "granskas", _("Being reviewed")
    RETURNED = "kompletteras", _("Returned")
    APPROVED = "godkand", _("Approved")
    RECALLED = "aterkallad", _("Recalled")
    REPLACED = "ersatt", _("Replaced")


CHART: dict[str, tuple[str, ...]] = {
    "utkast": ("hos_chef",),
    "hos_chef": ("faststalld", "utkast"),
    "faststalld": ("inlamnad", "utkast"),
    "inlamnad": ("granskas", "aterkallad", "ersatt"),
    "granskas": ("kompletteras", "godkand", "aterkallad", "ersatt"),
    "kompletteras": ("ersatt",),
    "godkand": ("aterkallad", "ersatt"),
    "aterkallad": ("ersatt",),
    "ersatt": (),
}
# Only the organisation itself sees these.
OWN = ("utkast", "hos_chef", "faststalld")
SUBMITTED = ("inlamnad", "granskas", "kompletteras", "godkand", "aterkallad", "ersatt")
# What the city counts: handed in, and neither recalled nor replaced.
IN_FORCE = ("inlamnad", "granskas", "kompletteras", "godkand")
RECALLABLE = ("inlamnad", "granskas", "godkand")
TAGS = {
    "utkast": "ongoing",
    "hos_chef": "ongoing",
    "faststalld": "ongoing",
    "inlamnad": "ongoing",
    "granskas": "ongoing",
    "kompletteras": "action",
    "godkand": "done",
    "aterkallad": "action",
    "ersatt": "todo",
}
