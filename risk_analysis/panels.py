"""What the RSA shows on a board's page and asks of a person."""

from typing import Any

from boards.models import Board
from boards.panels import Panel, ToDo

from . import dependency_panels


def board_panels(board: Board, user: Any) -> list[Panel]:
    return dependency_panels.board_panels(board, user)


def to_do(user: Any) -> list[ToDo]:
    return dependency_panels.to_do(user)
