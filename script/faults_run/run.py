"""Load, faults at random moments, healing, and the count."""

import argparse
import json
import os
import random
import secrets
import sys
import tempfile
import time
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
    options = arguments()
    chosen = [fault for fault in FAULTS if fault.name.startswith(tuple(options.only.split(",")))]
    load = os.getloadavg()[0]
    print(f"seed {options.seed}, lease {settings.JOB_LEASE.total_seconds():.0f} s, load {load:.1f}")
    print(result.HEADING, flush=True)
    with tempfile.TemporaryDirectory() as folder:
        processes = Processes(settings.VAR_DIR / "processes.log")
        try:
            outcomes = [happen(fault, options, processes, Path(folder)) for fault in begun(processes, chosen)]
        finally:
            processes.stop()
    report(options, outcomes, load)


def begun(processes: Processes, chosen: list[Fault]) -> list[Fault]:
    for name in ("web", "worker", "scheduler"):
        processes.start(name)
    until(lambda: Heartbeat.objects.filter(process="worker").exists(), 120, "a worker at work")
    return chosen


def happen(fault: Fault, options: argparse.Namespace, processes: Processes, folder: Path) -> result.Outcome:
    """One fault so many times at random moments, while people and jobs are at work."""
    chance = random.Random(f"{options.seed} {fault.name}")
    name = fault.name.replace(" ", "-").lower()
    address = f"http://localhost:{os.environ['PORT']}"
    at_work = clients.load(folder, address, name, PEOPLE)
    for client in at_work:
        client.start()
    happened = []
    for _ in range(options.times):
        time.sleep(chance.uniform(0.5, 2) if options.short else chance.uniform(3, 8))
        happened.append(time.time())
        fault.happen(processes, chance)
    time.sleep(1)
    clients.hold(at_work)
    until(nothing_waits, 300, f"every job to end after: {fault.name}")
    outcome = result.compare(
        fault.name, happened, clients.all_sent(at_work), tuple(client.name for client in at_work)
    )
    print(result.line(outcome), flush=True)
    return outcome


def nothing_waits() -> bool:
    return not Job.objects.unfinished().filter(kind=KIND).exists()


def until(holds, seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if holds():
                return
        except Exception:
            connection.close()
        time.sleep(0.2)
    sys.exit(f"waited {seconds} s for {what}")


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
