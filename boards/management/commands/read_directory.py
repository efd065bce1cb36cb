from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from boards.accounts import directory


class Command(BaseCommand):
    help = "Reads people, units and managers from the city's directory (CSV or JSON). Leavers end at once."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            facts = directory.read_directory_file(options["file"])
        except (ValidationError, ValueError, OSError) as error:
            raise CommandError("; ".join(getattr(error, "messages", [str(error)]))) from error
        self.stdout.write(", ".join(f"{word} {number}" for word, number in facts.items()))
