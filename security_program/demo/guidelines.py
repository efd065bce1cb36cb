"""Invented instructions in several versions, acknowledged by most organisations and not yet by all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from boards.models import Board, User
from security_program.models import Guideline

from .clock import Act, moment, workday
from .people import STAFF, Town


@dataclass(frozen=True)
class Instruction:
    name: str
    # Days ago, the oldest version first.
    versions: tuple[int, ...]
    text: str
    # Every so manyeth organisation has not acknowledged the last version.
    forgets: int


INSTRUCTIONS = [
    Instruction(
        "Så arbetar vi med RSA",
        (250, 40),
        "Börja med era åtaganden och bedöm hur kritiska de är.\nSe sedan vad som kan hända och vad ni gör åt det.\n"
        "Avsluta med vad ni är beroende av.",
        4,
    ),
    Instruction(
        "Hot och våld mot anställda",
        (200,),
        "Chefen ser till att den utsatta får stöd samma dag.\nArbetsgivaren gör polisanmälan med arbetsplatsens adress.",
        9,
    ),
]


def acts(town: Town, today: date) -> Iterator[Act]:
    officer = town.the("kommunstyrelsen", "slk_handlaggare")
    for instruction in INSTRUCTIONS:
        for number, ago in enumerate(instruction.versions, 1):
            day = workday(today - timedelta(days=ago))
            yield Act(moment(day, 30), partial(_decide, instruction, number, day, officer))
            if number < len(instruction.versions):
                continue
            for turn, board in enumerate(sorted(town.bound(), key=lambda board: board.code)):
                read = workday(day + timedelta(days=1 + turn % 25))
                if read < today and turn % instruction.forgets:
                    yield Act(
                        moment(read, 45), partial(_acknowledge, instruction, board, _reader(town, board))
                    )


def _reader(town: Town, board: Board) -> User:
    return (town.posts.get((board.code, "sakerhetssamordnare")) or town.at(board.code, STAFF))[0]


def _decide(instruction: Instruction, number: int, day: date, officer: User) -> None:
    facts: dict[str, Any] = {"by": officer, "text": instruction.text, "acknowledge_within_days": 30}
    if number == 1:
        draft = Guideline.objects.write(name=instruction.name, **facts)
    else:
        draft = Guideline.objects.get(name=instruction.name).draft(**facts)
    draft.decide(by=officer, decided_by="Stadsdirektören", decided_on=day, in_force_from=day)


def _acknowledge(instruction: Instruction, board: Board, reader: User) -> None:
    version = Guideline.objects.get(name=instruction.name).in_force
    if version:
        version.acknowledge(board, by=reader)
