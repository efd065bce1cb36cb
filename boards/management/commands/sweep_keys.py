from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boards import key_store, sealed_fields


class Command(BaseCommand):
    help = "Notes keys whose row never came, and destroys those noted a week ago."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--force", action="store_true", help="even when most keys have no row")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            noted, destroyed = key_store.sweep(sealed_fields.keys_in_use(), force=options["force"])
        except key_store.WrongDatabaseError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Without a row: {noted} noted, {destroyed} destroyed")
