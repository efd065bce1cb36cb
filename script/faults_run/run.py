"""Load, faults at random moments, healing, and the count."""

import argparse
import json
import os
import random
import secrets
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from boards import verification
from boards.models import Heartbeat, Job

from . import clients, result
from .processes import FAULTS, Fault, Processes
from .work import KIND

MEDIAN_RECOVERY = 45
PEOPLE = 3


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", type=Path, required=True)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", default="")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    options.seed = secrets.randbits(32) if options.seed is None else options.seed
    options.times = 3 if options.short else options.times
    return options


def main() -> None:
    # So that what was started ends also when this run is asked to stop.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = arguments()
    chosen = [fault for fault in FAULTS if fault.name.startswith(tuple(options.only.split(",")))]
    load = os.getloadavg()[0]
    print(f"seed {options.seed}, lease {settings.JOB_LEASE.total_seconds():.0f} s, load {load:.1f}")
    print(result.HEADING, flush=True)
    processes = Processes(settings.VAR_DIR / "processes.log")
    try:
        with tempfile.TemporaryDirectory() as folder:
            run = Run(options, processes, Path(folder))
            outcomes = [run.happen(fault) for fault in chosen]
    finally:
        processes.stop()
    print(f"ended by themselves and were started again: {', '.join(processes.ended_themselves) or 'none'}")
    report(options, outcomes, load)


class Run:
    """One installation at work, to which one fault after the other happens."""

    def __init__(self, options: argparse.Namespace, processes: Processes, folder: Path) -> None:
        self.options, self.processes, self.folder = options, processes, folder
        for name in ("web", "worker", "scheduler"):
            processes.start(name)
        until(lambda: Heartbeat.objects.filter(process="worker").exists(), 180, lambda: "a worker at work")
        clients.coordinator_at_work()
        address = f"http://localhost:{os.environ['PORT']}"
        self.browsers = [clients.signed_in(address) for _ in range(PEOPLE)]

    def happen(self, fault: Fault) -> result.Outcome:
        """One fault so many times at random moments, while people and jobs are at work."""
        chance = random.Random(f"{self.options.seed} {fault.name}")
        at_work = clients.load(self.folder, fault.name.replace(" ", "-").lower(), self.browsers)
        for client in at_work:
            client.start()
        happened = []
        for _ in range(self.options.times):
            time.sleep(chance.uniform(0.5, 2) if self.options.short else chance.uniform(1, 4))
            happened.append(time.time())
            fault.happen(self.processes, chance)
            self.processes.start_again()
        self.until(
            lambda: clients.have_recovered(at_work, happened[-1]),
            lambda: f"work to go on after: {fault.name}; the answers: {clients.answers(at_work)}",
        )
        clients.hold(at_work)
        self.until(nothing_waits, lambda: f"every job to end after: {fault.name}")
        names = tuple(client.name for client in at_work)
        outcome = result.compare(fault.name, happened, clients.all_sent(at_work), names)
        print(result.line(outcome), flush=True)
        return outcome

    def until(self, holds: Callable[[], bool], what: Callable[[], str]) -> None:
        def held() -> bool:
            self.processes.start_again()
            return holds()

        until(held, 300, what)


def nothing_waits() -> bool:
    return not Job.objects.unfinished().filter(kind=KIND).exists()


def until(holds: Callable[[], bool], seconds: float, what: Callable[[], str]) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if holds():
                return
        except Exception:
            connection.close()
        time.sleep(0.2)
    sys.exit(f"waited {seconds} s for {what()}")


def report(options: argparse.Namespace, outcomes: list[result.Outcome], load: float) -> None:
    wrong = [problem for outcome in outcomes for problem in outcome.failures]
    wrong += [
        f"{outcome.fault}: median recovery {outcome.median_recovery:.1f} s"
        for outcome in outcomes
        if outcome.median_recovery > MEDIAN_RECOVERY
    ]
    if fault := verification.first_fault():
        wrong.append(f"the log is not whole: {fault}")
    for outcome in outcomes:
        print(f"{outcome.fault}: {outcome.answers}")
    loads = [round(load, 1), round(os.getloadavg()[0], 1)]
    about = {"seed": options.seed, "load": loads, "lease_seconds": settings.JOB_LEASE.total_seconds()}
    options.json.write_text(
        json.dumps(about | {"faults": [outcome.as_dict() for outcome in outcomes]}, indent=2) + "\n"
    )
    print(
        f"load {loads[0]} at the beginning, {loads[1]} at the end; the log is {'not ' if fault else ''}whole"
    )
    if wrong:
        sys.exit("\n".join(wrong))
