from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError

from boards.days import today
from boards.models import User
from security_program.demo import city


class Command(BaseCommand):
    help = "Builds the invented city of the demo, once. Refused unless DEMO=1. Remove it with its database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--day", type=date.fromisoformat, help="the day the city is built around; today unless given"
        )

    def handle(self, **options: date | None) -> None:
        try:
            built = city.build(options["day"] or today())
        except city.NotTheDemoError as refusal:
            raise CommandError(str(refusal)) from None
        if built:
            self.stdout.write(f"The demo city is built: {User.objects.count()} invented people.")
        else:
            self.stdout.write("The demo city is here already; nothing is changed.")
