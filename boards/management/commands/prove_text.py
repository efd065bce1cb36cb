import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from boards import commitments
from boards.key_store import KeyGoneError
from boards.models import Event


class Command(BaseCommand):
    help = "Says whether a text, given on standard input, is the protected one that an event was about."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("stream", help="the code of the board, or city")
        parser.add_argument("seq", type=int, help="the event's number in the stream")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            event = Event.objects.get(stream=options["stream"], seq=options["seq"])
            meant = commitments.was_meant(event, sys.stdin.read())
        except Event.DoesNotExist:
            raise CommandError("There is no such event.") from None
        except KeyGoneError:
            raise CommandError("The key is destroyed: nobody can tell any more.") from None
        except LookupError:
            raise CommandError("The event speaks of no protected text.") from None
        if not meant:
            raise CommandError("It is another text.")
        self.stdout.write("It is the text that was meant.")
