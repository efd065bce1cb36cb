import signal
import threading
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from security_program.scheduler import Scheduler


class Command(BaseCommand):
    help = "Hands due work to the workers, once a second, in the foreground until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, for a cron job or a test")

    def handle(self, **options: Any) -> None:
        scheduler = Scheduler()
        if options["once"]:
            scheduler.round()
            return
        over = threading.Event()
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, lambda *_received: over.set())
        scheduler.run_until(over, pause=timedelta(seconds=1))
