"""What script/drill does in the city and asks of it, each as one command."""

import argparse
import json
import sys
import time
from pathlib import Path

from django.db import Error as DatabaseError
from django.db import connection, transaction

from boards.days import today
from boards.models import Board, CouncilMeeting, User
from script.benchmark.measure import Browser
from security_program.backups import facts, verifying

from . import report

MARK = "Återställningsövning"


def write(options: argparse.Namespace) -> None:
    """Does what a person would, and notes each that was acknowledged in a file of its own."""
    board, person = Board.objects.order_by("pk").first(), User.objects.order_by("pk").first()
    assert board
    end = time.monotonic() + options.seconds
    number = 0
    with options.acks.open("w") as acks:
        while number < options.number or time.monotonic() < end:
            text = f"{MARK} {options.acks.name} {number}"
            try:
                CouncilMeeting.objects.hold(
                    board, by=person, kind="sakerhetsrad", held_on=today(), agenda=text
                )
            except DatabaseError:
                if options.until_refused:
                    return
                raise
            acks.write(json.dumps([text, time.time()]) + "\n")
            acks.flush()
            number += 1
            time.sleep(0.1)


def moment(options: argparse.Namespace) -> None:
    """The time to which the city is to come back, and what it looked like then."""
    with transaction.atomic():
        options.facts.write_text(json.dumps(facts.gather().as_dict()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp() + interval '10 ms'")
        print(cursor.fetchone()[0].isoformat())
    # A base backup is named by the second.
    time.sleep(1)


def plant(options: argparse.Namespace) -> None:
    """Somebody's mistake, by SQL: no verb, no trace in the log."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM boards_membership")
        cursor.execute("DELETE FROM boards_councilmeeting WHERE agenda LIKE %s", [f"{MARK}%"])
        print(f"{cursor.rowcount} meetings deleted")


def verify(options: argparse.Namespace) -> None:
    if found := list(verifying.faults(facts.Facts(**json.loads(options.facts.read_text())))):
        sys.exit("\n".join(found))


def count(options: argparse.Namespace) -> None:
    """How many of the acknowledged are there, and how old the first that is not was when the last was acknowledged."""
    acks = [json.loads(line) for line in options.acks.read_text().splitlines()]
    there = set(CouncilMeeting.objects.filter(agenda__startswith=MARK).values_list("agenda", flat=True))
    lost = [at for text, at in acks if text not in there]
    known = json.loads(options.result.read_text()) if options.result.exists() else {}
    known[options.name] = {
        "acknowledged": len(acks),
        "lost": len(lost),
        "lost_seconds": round(acks[-1][1] - lost[0], 1) if lost else 0,
    }
    options.result.write_text(json.dumps(known))


def sign_in(options: argparse.Namespace) -> None:
    browser = Browser(options.address)
    browser.sign_in("coordinator")
    _taken, _answer, _body = browser.time("/min-sida/")


def main() -> None:
    parser = argparse.ArgumentParser(prog="drilling")
    doors = parser.add_subparsers(dest="do", required=True)
    door = doors.add_parser("write")
    door.set_defaults(run=write)
    door.add_argument("--acks", type=Path, required=True)
    door.add_argument("--number", type=int, default=0)
    door.add_argument("--seconds", type=float, default=0)
    door.add_argument("--until-refused", action="store_true")
    for name, run in (("moment", moment), ("verify", verify)):
        door = doors.add_parser(name)
        door.set_defaults(run=run)
        door.add_argument("--facts", type=Path, required=True)
    doors.add_parser("plant").set_defaults(run=plant)
    door = doors.add_parser("count")
    door.set_defaults(run=count)
    door.add_argument("--acks", type=Path, required=True)
    door.add_argument("--as", dest="name", required=True)
    door.add_argument("--result", type=Path, required=True)
    door = doors.add_parser("sign-in")
    door.set_defaults(run=sign_in)
    door.add_argument("address")
    report.arguments(doors.add_parser("report"))
    options = parser.parse_args()
    options.run(options)
