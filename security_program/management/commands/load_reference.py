from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.db import transaction

from boards import register
from crisis.models import Level
from security_program.models import (
    CalendarRule,
    Descent,
    FocusArea,
    Goal,
    HelpText,
    Programme,
    Requirement,
)

# A focus area needs its programme, and a requirement its focus area.
LOADED = (Programme, FocusArea, Goal, Descent, Requirement, CalendarRule, Level, HelpText)


class Command(BaseCommand):
    help = (
        "Loads reference data: office types, programmes, requirements, dates, levels, help and, unless --offices-only, "
        "Stockholm's boards. Safe to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--offices-only", action="store_true", help="a city that chooses its own boards")

    @transaction.atomic
    def handle(self, **options: bool) -> None:
        register.apply_office_types(register.read("offices"))
        register.apply_sectors(register.read("sectors"))
        if not options["offices_only"]:
            register.apply_city(register.read("stockholm"))
        for model in LOADED:
            model.objects.load()
