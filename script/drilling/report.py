"""The drill's result as a table and as JSON, held against the targets."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from security_program.backups import journal

RPO_SECONDS, RTO_SECONDS = 15 * 60, 4 * 3600
DOWN = {"wiped", "gone", "rebuilt and replayed", "restored", "verified", "somebody signs in"}


def arguments(door: argparse.ArgumentParser) -> None:
    door.set_defaults(run=report)
    door.add_argument("--steps", type=Path, required=True)
    door.add_argument("--result", type=Path, required=True)
    door.add_argument("--archive-timeout", type=int, required=True)
    door.add_argument("--forget", action="store_true")


def report(options: argparse.Namespace) -> None:
    steps = [line.split("\t") for line in options.steps.read_text().splitlines()]
    counts = json.loads(options.result.read_text()) if options.result.exists() else {}
    found = {
        "steps": [{"step": name, "seconds": float(seconds)} for name, seconds in steps],
        "rto_seconds": recovery_times(steps),
        "acknowledged_writes": counts,
        "rpo_seconds": max([counted["lost_seconds"] for counted in _kept(counts).values()], default=None),
        "archive_timeout_seconds": options.archive_timeout,
    }
    found["ok"] = not (problems := list(_problems(found, counts)))
    print("\n".join(lines(found)))
    print(json.dumps(found))
    if not options.forget:
        print(journal.keep_drill(found))
    if problems:
        sys.exit("\n".join(problems))


def recovery_times(steps: list[list[str]]) -> dict[str, float]:
    """From the loss until somebody has signed in again."""
    times: dict[str, float] = {}
    for name, seconds in steps:
        scenario, _colon, step = name.partition(": ")
        if step in DOWN:
            times[scenario] = round(times.get(scenario, 0) + float(seconds), 1)
    return times


def _kept(counts: dict[str, Any]) -> dict[str, Any]:
    """What came after the moment was to be left out."""
    return {name: counted for name, counted in counts.items() if name != "moment_after"}


def _problems(found: dict[str, Any], counts: dict[str, Any]) -> Any:
    for scenario, seconds in found["rto_seconds"].items():
        if seconds > RTO_SECONDS:
            yield f"{scenario}: {seconds} s until somebody signed in, at most {RTO_SECONDS} were to pass"
    if (found["rpo_seconds"] or 0) > RPO_SECONDS:
        yield f"{found['rpo_seconds']} s of acknowledged work lost, at most {RPO_SECONDS} were to be"
    if counts and not all(counted["acknowledged"] for counted in counts.values()):
        yield "nothing was acknowledged in one of the cases, so it shows nothing"
    disk = counts.get("disk_lost", {})
    if disk and disk["lost"] == disk["acknowledged"]:
        yield "nothing of what was written while the disk was lost came back from the log"
    if counts.get("moment_before", {}).get("lost"):
        yield "acknowledged before the moment, and not there after it"


def lines(found: dict[str, Any]) -> list[str]:
    out = ["", f"{'step':<44} {'seconds':>8}"]
    out += [f"{step['step']:<44} {step['seconds']:>8.1f}" for step in found["steps"]]
    out += ["", f"{'back at work after':<44} {'seconds':>8}   (target {RTO_SECONDS})"]
    out += [f"{name:<44} {seconds:>8.1f}" for name, seconds in found["rto_seconds"].items()]
    if counts := found["acknowledged_writes"]:
        out += [
            "",
            f"{'acknowledged writes':<24} {'all':>6} {'lost':>6} {'seconds lost':>13}   (target {RPO_SECONDS})",
        ]
        out += [
            f"{name:<24} {row['acknowledged']:>6} {row['lost']:>6} {row['lost_seconds']:>13.1f}"
            for name, row in counts.items()
        ]
    return out
