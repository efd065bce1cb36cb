"""Typical commitments for each kind of organisation, so that nobody begins with an empty page.

The lists say what usually has to be protected, what usually threatens it and what it usually rests on. How likely
and how grave a risk is, they leave to whoever knows the organisation.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from boards.models import Board
from boards.models.boards import COMPANIES, Kind

from .models import Commitment, Dependency, Risk, Rsa

LISTS = Path(__file__).parent / "reference" / "starting_lists.json"


@cache
def lists() -> dict[str, list[dict[str, Any]]]:
    return json.loads(LISTS.read_text(encoding="utf-8"))


def for_board(board: Board) -> list[dict[str, Any]]:
    """The commitments that are typical of such an organisation."""
    if board.kind == Kind.DISTRICT:
        return lists()[Kind.DISTRICT]
    return lists()[Kind.COMPANY if board.kind in COMPANIES else Kind.BOARD]


@dataclass
class Begun:
    """Rows that are not written yet, those that others lead to first."""

    commitments: list[Commitment] = field(default_factory=list)
    risks: list[Risk] = field(default_factory=list)
    dependencies: list[Dependency] = field(default_factory=list)


def rows(rsa: Rsa) -> Begun:
    """What the list gives an analysis to begin with; nobody has confirmed a row of it."""
    begun, there = Begun(), _providers(rsa)
    for typical in for_board(rsa.board):
        commitment = _commitment(rsa, typical)
        begun.commitments.append(commitment)
        begun.risks += [_risk(rsa, commitment, risk) for risk in typical["risks"]]
        begun.dependencies += [_dependency(rsa, commitment, each, there) for each in typical["dependencies"]]
    return begun


def _providers(rsa: Rsa) -> dict[str, Board]:
    codes = {
        each["provider"]
        for typical in for_board(rsa.board)
        for each in typical["dependencies"]
        if "provider" in each
    }
    return {board.code: board for board in Board.objects.on().filter(code__in=codes).exclude(pk=rsa.board_id)}


def _commitment(rsa: Rsa, typical: dict[str, Any]) -> Commitment:
    commitment = Commitment(
        rsa=rsa,
        is_confirmed=False,
        title=typical["title"],
        legal_basis=typical.get("legal_basis", ""),
        least_level=typical.get("least_level", ""),
        tolerable_outage=typical["outage"],
        **dict(zip(Commitment.VALUES, typical["values"], strict=True)),
    )
    commitment.work_out()
    return commitment


def _risk(rsa: Rsa, commitment: Commitment, typical: dict[str, Any]) -> Risk:
    return Risk(
        rsa=rsa,
        is_confirmed=False,
        commitment=commitment,
        title=typical["title"],
        kind=typical["kind"],
        cause=typical.get("cause", ""),
        in_the_area=typical.get("in_the_area", False),
    )


def _dependency(
    rsa: Rsa, commitment: Commitment, typical: dict[str, Any], there: dict[str, Board]
) -> Dependency:
    return Dependency(
        rsa=rsa,
        is_confirmed=False,
        commitment=commitment,
        kind=typical["kind"],
        name=typical["name"],
        provider=there.get(typical.get("provider", "")),
        tolerance_hours=typical["hours"],
    )
