"""Telephone numbers that ring nowhere: PTS keeps 08-465 004 00–99 and 070-174 06 05–99 for fiction."""

from collections.abc import Iterator
from itertools import cycle


def desk_numbers() -> Iterator[str]:
    return cycle(f"08-465 004 {last:02}" for last in range(10, 80))


def support_numbers() -> Iterator[str]:
    """Crisis support of the district boards, one number each."""
    return (f"08-465 004 {last:02}" for last in range(80, 100))


def mobile_numbers() -> Iterator[str]:
    return cycle(f"070-174 06 {last:02}" for last in range(5, 100))


# Kept apart from the rest, so that each has one owner.
CRISIS_SUPPORT, GUARDS, IT_SUPPORT, PROTECTIVE_SECURITY = (f"08-465 004 {last:02}" for last in range(4))
