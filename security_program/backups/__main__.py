"""python -m security_program.backups make|keys|wipe|restore|verify: what script/backup and its kin call."""

import argparse
import sys
import time
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from .vault import BackupError

    options = _arguments()
    began = time.monotonic()
    try:
        said = DOORS[options.do](options)
    except BackupError as problem:
        sys.exit(str(problem))
    print(f"{said}   ({time.monotonic() - began:.1f} s)")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="backups")
    doors = parser.add_subparsers(dest="do", required=True)
    doors.add_parser("make")
    doors.add_parser("keys")
    doors.add_parser("wipe").add_argument("database")
    for name in ("restore", "verify"):
        door = doors.add_parser(name)
        door.add_argument("set", type=Path)
        door.add_argument("--identity", type=Path, required=True)
    return parser.parse_args()


def _make(options: argparse.Namespace) -> str:
    from . import keeping, sets

    made = sets.make()
    gone = keeping.prune()
    size = sum(part["bytes"] for part in made.manifest["parts"].values())
    return f"{made.folder}   {size / 1e6:.1f} MB, {len(gone)} old ones removed"


def _keys(options: argparse.Namespace) -> str:
    from . import keys

    made, gone = keys.back_up(), keys.prune()
    return f"{made}   {len(gone)} old ones removed"


def _wipe(options: argparse.Namespace) -> str:
    from . import restoring

    restoring.wipe(options.database)
    return "wiped"


def _restore(options: argparse.Namespace) -> str:
    from . import restoring, verifying
    from .sets import BackupSet

    source = BackupSet(options.set)
    restoring.restore(source, options.identity)
    restoring.check_migrations()
    verifying.record_restored(source)
    return f"restored {source.folder.name}"


def _verify(options: argparse.Namespace) -> str:
    from . import verifying
    from .sets import BackupSet
    from .vault import BackupError

    source = BackupSet(options.set)
    known = source.facts(options.identity)
    if found := list(verifying.faults(known)):
        raise BackupError("\n".join(found))
    rows = sum(known.rows.values())
    return f"whole: {rows} rows in {len(known.rows)} tables, {known.sampled} compared exactly, {len(known.heads)} streams"


DOORS = {"make": _make, "keys": _keys, "wipe": _wipe, "restore": _restore, "verify": _verify}

if __name__ == "__main__":
    main()
