from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boards.accounts import invitations

DEFAULT = ["admin1@localhost.localdomain", "admin2@localhost.localdomain"]
SHOWN_ONCE = """These administrators have not used their one-time links, which are shown once and work for a week:
{people}
New links, which end the old ones:  script/manage invite_administrators --renew
or, where script/server --empty is used:  script/server --empty --new-links"""


class Command(BaseCommand):
    help = (
        "Makes the first two administrators of an empty installation and prints their one-time links. "
        "--renew makes new links for those who have not used theirs; the old ones end."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("emails", nargs="*", help="two e-mail addresses; can be changed after sign-in")
        parser.add_argument("--renew", action="store_true", help="new links instead of those not used")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["renew"]:
            self._show(invitations.renew(), otherwise="No administrator has a link that is not used.")
            return
        emails = options["emails"] or DEFAULT
        if len(emails) != 2 or emails[0].casefold() == emails[1].casefold():
            raise CommandError("Give two different e-mail addresses: each one confirms the other.")
        self._show(invitations.bootstrap([(email, email) for email in emails]), otherwise=_what_to_do())

    def _show(self, made: list[Any], *, otherwise: str) -> None:
        for person, link in made:
            self.stdout.write(f"Administrator {person.email}, open within a week:\n  {link}")
        if not made:
            self.stdout.write(otherwise)


def _what_to_do() -> str:
    waiting = [f"  {person.email}" for person in invitations.administrators_without_account()]
    if waiting:
        return SHOWN_ONCE.format(people="\n".join(waiting))
    return "There is an administrator already; ask that person for an invitation."
