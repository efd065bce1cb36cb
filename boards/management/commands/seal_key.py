from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from boards import seals


class Command(BaseCommand):
    help = "Makes the key that seals the log, in two files: the private one, and its public half beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        file.with_suffix(".pub").write_text(seals.public_pem(seals.make_key(file)), encoding="ascii")
        self.stdout.write(f"Made {file} and {file.with_suffix('.pub')}.")
