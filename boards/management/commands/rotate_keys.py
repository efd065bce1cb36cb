from typing import Any

from django.core.management.base import BaseCommand

from boards import rotation


class Command(BaseCommand):
    help = (
        "Seals anew, with the first of FIELD_KEYS, what older ones have sealed. May be stopped and run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = rotation.rotate()
        left = rotation.sealed_by()
        self.stdout.write(f"Sealed anew: {done}")
        for name, count in sorted(left.items()):
            self.stdout.write(f"{name}: {count}" if count else f"{name}: 0, and may be taken away")
