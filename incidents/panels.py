"""What incidents show on a board's page and ask of a person: nothing until they are reported here."""

from typing import Any

from boards.models import Board
from boards.panels import Panel, ToDo


def board_panels(board: Board, user: Any) -> list[Panel]:
    return []


def to_do(user: Any) -> list[ToDo]:
    return []
