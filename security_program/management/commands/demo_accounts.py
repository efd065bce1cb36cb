from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from boards.models import User
from security_program.demo.roles import ROLES


class Command(BaseCommand):
    help = "Prints whom one can be in the demo city; the sign-in page has a button for each."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            return
        here = set(User.objects.active().values_list("email", flat=True))
        roles = [role for role in ROLES if role.email in here]
        self.stdout.write("The demo city. One press on the sign-in page makes you one of these people:")
        for role in roles:
            self.stdout.write(f"  {role.name:<22} {role.label}")
