"""The people the demo's sign-in page offers: one press and you are in their place."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class DemoRole:
    key: str
    name: str
    email: str
    # Codes in the register of offices and boards; an employee holds no office, and only has a workplace.
    office: str
    board: str | None
    label: str | Promise


ROLES = [
    DemoRole(
        "coordinator",
        "Karin Ekhage",
        "karin.ekhage@demo.example",
        "sakerhetssamordnare",
        "bromma_sdn",
        _("Security coordinator, Bromma"),
    ),
    DemoRole(
        "information_security",
        "Amir Sandvik",
        "amir.sandvik@demo.example",
        "informationssakerhetssamordnare",
        "bromma_sdn",
        _("Information security coordinator, Bromma"),
    ),
    DemoRole(
        "head",
        "Maria Holmvall",
        "maria.holmvall@demo.example",
        "forvaltningschef",
        "bromma_sdn",
        _("Head of administration, Bromma"),
    ),
    DemoRole(
        "manager",
        "Ali Bergfors",
        "ali.bergfors@demo.example",
        "chef",
        "bromma_sdn",
        _("Manager of a unit, Bromma"),
    ),
    DemoRole(
        "employee", "Lina Forsdal", "lina.forsdal@demo.example", "", "bromma_sdn", _("Employee, Bromma")
    ),
    DemoRole(
        "registrar",
        "Gunilla Åsvik",
        "gunilla.asvik@demo.example",
        "registrator",
        "bromma_sdn",
        _("Registrar, Bromma"),
    ),
    DemoRole(
        "data_protection",
        "Henrik Tallmark",
        "henrik.tallmark@demo.example",
        "dataskyddsombud",
        "bromma_sdn",
        _("Data protection officer, Bromma and other districts"),
    ),
    DemoRole(
        "local_duty",
        "Jonas Vikmark",
        "jonas.vikmark@demo.example",
        "vb",
        "bromma_sdn",
        _("Duty decision-maker (VB), Bromma"),
    ),
    DemoRole(
        "member",
        "Per Sandhed",
        "per.sandhed@demo.example",
        "fortroendevald",
        "bromma_sdn",
        _("Elected member, Bromma and the Culture Board"),
    ),
    DemoRole(
        "company",
        "Elin Granhag",
        "elin.granhag@demo.example",
        "sakerhetssamordnare",
        "sga_fastigheter",
        _("Security coordinator shared by two small companies"),
    ),
    DemoRole(
        "case_officer",
        "Sara Lindmo",
        "sara.lindmo@demo.example",
        "slk_handlaggare",
        "kommunstyrelsen",
        _("Case officer at the city executive office"),
    ),
    DemoRole(
        "security_chief",
        "Olof Dalhem",
        "olof.dalhem@demo.example",
        "slk_sakerhetschef",
        "kommunstyrelsen",
        _("Head of security of the city"),
    ),
    DemoRole(
        "protective_chief",
        "Eva Strömvik",
        "eva.stromvik@demo.example",
        "sakerhetsskyddschef",
        "kommunstyrelsen",
        _("Head of protective security"),
    ),
    DemoRole(
        "duty_officer",
        "Nadia Hedlid",
        "nadia.hedlid@demo.example",
        "tib",
        "kommunstyrelsen",
        _("Duty officer for the city (TiB)"),
    ),
    DemoRole(
        "central_crisis",
        "Fredrik Alnäs",
        "fredrik.alnas@demo.example",
        "ckl",
        "kommunstyrelsen",
        _("Member of the central crisis management (CKL)"),
    ),
    DemoRole(
        "crisis_chair",
        "Birgitta Rosdal",
        "birgitta.rosdal@demo.example",
        "krisledningsnamndens_ordforande",
        "kommunstyrelsen",
        _("Chair of the crisis committee"),
    ),
    DemoRole(
        "auditor",
        "Rut Almkrans",
        "rut.almkrans@demo.example",
        "revisor",
        "kommunstyrelsen",
        _("Auditor"),
    ),
    DemoRole(
        "administrator",
        "Nils Falkhed",
        "nils.falkhed@demo.example",
        "systemforvaltare",
        "kommunstyrelsen",
        _("System administrator"),
    ),
]

BY_KEY = {role.key: role for role in ROLES}
