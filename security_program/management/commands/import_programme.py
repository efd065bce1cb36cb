from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from boards.models import User
from security_program import programme_file, wording
from security_program.models import FocusArea, Goal, Programme, Requirement


class Command(BaseCommand):
    help = "Reads the decided wording of a version from a document. Shows what it found; writes only with --confirm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme", help="the version's address, as sakerhetsprogram-2020-2023")
        parser.add_argument("file", type=Path, help="Word (docx), Markdown (md) or plain text (txt)")
        parser.add_argument("--confirm", metavar="EMAIL", help="write it, on behalf of this person")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = Programme.objects.filter(slug=options["programme"]).first()
        if programme is None:
            raise CommandError(f"There is no version {options['programme']}.")
        try:
            lines = programme_file.read(options["file"].read_bytes(), options["file"].name)
            mapping = wording.propose(programme, lines)
            self.show(lines, mapping)
            if options["confirm"]:
                wording.load(programme, lines, mapping, by=_person(options["confirm"]))
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from None
        except OSError as error:
            raise CommandError(f"{options['file']} could not be opened: {error.strerror}.") from None
        self.stdout.write(
            "Written." if options["confirm"] else "Nothing is written. Repeat with --confirm EMAIL."
        )

    def show(self, lines: list[programme_file.Line], mapping: wording.Mapping) -> None:
        for number, line in enumerate(lines, 1):
            self.stdout.write(f"{number:>5} {'#' * line.level} {line.text}".rstrip())
        for model, numbers in (
            (FocusArea, mapping.areas),
            (Goal, mapping.goals),
            (Requirement, mapping.requirements),
        ):
            for thing in model.objects.filter(pk__in=numbers):
                self.stdout.write(f"{thing} -> {numbers[thing.pk]}")


def _person(email: str) -> User:
    person = User.objects.active().filter(email__iexact=email).first()
    if person is None:
        raise CommandError(f"There is nobody with the address {email}.")
    return person
