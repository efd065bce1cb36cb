"""What a crisis shows on a board's page and asks of a person: nothing until the first log is opened."""

from typing import Any

from boards.models import Board
from boards.panels import Panel, ToDo


def board_panels(board: Board, user: Any) -> list[Panel]:
    return []


def to_do(user: Any) -> list[ToDo]:
    return []
