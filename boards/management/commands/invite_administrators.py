from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boards.accounts import invitations

DEFAULT = ["admin1@localhost.localdomain", "admin2@localhost.localdomain"]


class Command(BaseCommand):
    help = "Makes the first two administrators of an empty installation and prints their one-time links."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("emails", nargs="*", help="two e-mail addresses; can be changed after sign-in")

    def handle(self, *args: Any, **options: Any) -> None:
        emails = options["emails"] or DEFAULT
        if len(emails) != 2 or emails[0].casefold() == emails[1].casefold():
            raise CommandError("Give two different e-mail addresses: each one confirms the other.")
        made = invitations.bootstrap([(email, email) for email in emails])
        if not made:
            self.stdout.write("There is an administrator already; ask that person for an invitation.")
        for person, link in made:
            self.stdout.write(f"Administrator {person.email}, open within a week:\n  {link}")
