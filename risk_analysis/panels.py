"""What the RSA shows on a board's page, asks of a person and puts in a calendar."""

from datetime import date
from typing import Any

from boards.models import Board
from boards.panels import Occasion, Panel, ToDo

from . import analysis_panels, dependency_panels, review_panels


def board_panels(board: Board, user: Any) -> list[Panel]:
    return [*analysis_panels.board_panels(board, user), *dependency_panels.board_panels(board, user)]


def to_do(user: Any) -> list[ToDo]:
    return [*analysis_panels.to_do(user), *dependency_panels.to_do(user), *review_panels.to_do(user)]


def dates(user: Any, since: date) -> list[Occasion]:
    return analysis_panels.dates(user, since)
