"""What the log costs: the same verb with and without its event, the same opening with and without its row."""

import argparse
import statistics
import time
from collections.abc import Callable
from multiprocessing import get_context

import django

WRITERS = (1, 8)
TURNS = 10


def change_and_record(board: int, number: int, reader: int) -> None:
    from boards.models import Board

    Board.objects.get(pk=board).correct(by=None, note=f"note {number}")


def change_alone(board: int, number: int, reader: int) -> None:
    """All that the verb does but for its event."""
    from django.db import transaction

    from boards.models import Board

    with transaction.atomic():
        found = Board.objects.get(pk=board)
        found.note = f"note {number}"
        found.full_clean()
        found.save(update_fields=["note"])


def look(board: int, number: int, reader: int) -> None:
    from boards.models import Board

    Board.objects.get(pk=board)


def look_and_note(board: int, number: int, reader: int) -> None:
    from boards import read_log
    from boards.models import Board, User

    found = Board.objects.get(pk=board)
    # K1, so that what is measured is the row and not the question of how many were opened lately.
    read_log.opened(User(pk=reader), found, level="K1", what="note")


def look_and_note_protected(board: int, number: int, reader: int) -> None:
    from boards import read_log
    from boards.models import Board, User

    found = Board.objects.get(pk=board)
    read_log.opened(User(pk=reader), found, level="K3", what="note")


ACTS: dict[str, Callable[[int, int, int], None]] = {
    "verb without event": change_alone,
    "verb with event": change_and_record,
    "opening without row": look,
    "opening with row": look_and_note,
    "opening of K3 with row": look_and_note_protected,
}
RATIOS = [
    ("a verb with its event", "verb without event", "verb with event"),
    ("an opening with its row", "opening without row", "opening with row"),
    ("an opening of K3 with its row", "opening without row", "opening of K3 with row"),
]


def work(name: str, board: int, reader: int, seconds: float) -> list[float]:
    from django.db import connection

    connection.close()
    act, took, number = ACTS[name], [], 0
    act(board, -1, reader)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        began = time.perf_counter()
        act(board, number := number + 1, reader)
        took.append(time.perf_counter() - began)
    connection.close()
    return took


def measure(writers: int, people: list[int], boards: list[int], seconds: float) -> dict[str, float]:
    """Acts a second, all writers together, each at a board of its own, as coordinators are.

    The acts take turns, a little at a time, so that whatever else the machine does meets all of them.
    """
    took: dict[str, list[float]] = {name: [] for name in ACTS}
    with get_context("fork").Pool(writers) as pool:
        for _turn in range(TURNS):
            for name in ACTS:
                given = [(name, boards[n], people[n], seconds / TURNS) for n in range(writers)]
                took[name] += [one for each in pool.starmap(work, given) for one in each]
    for name, times in took.items():
        times.sort()
        print(
            f"{writers} writers  {name:24} {len(times) / seconds:8.0f} a second"
            f"  median {1000 * statistics.median(times):6.2f} ms  p99 {1000 * times[int(len(times) * 0.99)]:6.2f} ms",
            flush=True,
        )
    return {name: statistics.median(times) for name, times in took.items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=5)
    seconds = parser.parse_args().seconds
    django.setup()
    from django.db import connection

    from boards.models import Board, User

    people = [User.objects.create_user(f"cost{n}@example.org", f"Cost {n}").pk for n in range(8)]
    boards = list(Board.objects.filter(valid_to=None).order_by("code").values_list("pk", flat=True)[:8])
    connection.close()
    for writers in WRITERS:
        median = measure(writers, people, boards, seconds)
        for what, without, with_it in RATIOS:
            print(
                f"{writers} writers  {what} costs {median[with_it] / median[without]:.2f} times the same one without",
                flush=True,
            )


if __name__ == "__main__":
    main()
