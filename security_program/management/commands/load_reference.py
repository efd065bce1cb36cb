from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from boards import register


class Command(BaseCommand):
    help = (
        "Loads reference data: office types and, unless --offices-only, Stockholm's boards. Safe to repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--offices-only", action="store_true")

    def handle(self, **options: bool) -> None:
        register.apply_office_types(register.read("offices"))
        if not options["offices_only"]:
            register.apply_city(register.read("stockholm"))
