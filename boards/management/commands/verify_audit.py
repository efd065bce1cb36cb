from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boards import verification


class Command(BaseCommand):
    help = "Reads the log through: says which event or seal does not hold and ends with 1, or with 0 if all does."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--since-seal", action="store_true", help="only what came after the last seal")

    def handle(self, *args: Any, **options: Any) -> None:
        result = verification.verify(since_seal=options["since_seal"])
        verification.note(result)
        sealed = f"seal {result.seal.pk} of {result.seal.at:%Y-%m-%d %H:%M}" if result.seal else "no seal"
        pace = f"{result.events} events in {result.seconds:.2f} s ({result.per_second} a second), {sealed}"
        if not result.is_whole:
            raise CommandError(f"NOT WHOLE: {result}. Read {pace}.")
        self.stdout.write(f"Whole: {pace}.")
