"""What one follow-up says to each of the city's pictures: the situation form, and the answers about activities.

A sentence is written once. What an organisation has said about an activity under a focus area goes into the same
picture as its answers in the situation form, without being typed there too.
"""

from dataclasses import dataclass, field
from typing import Any

from .contents import Contents
from .models import Answer, Situation
from .models.answers import Picture

# The focus areas that are about something else than risks in the long term, in any version of the programme.
AREAS = {
    "forebygga-olyckor": Picture.ACCIDENTS,
    "olycksforebyggande": Picture.ACCIDENTS,
    "otillaten-paverkan-hot-och-vald": Picture.THREATS,
    "personsakerhet": Picture.THREATS,
}


@dataclass
class Input:
    """What goes into one picture."""

    picture: Picture
    said: list[tuple[str, Any]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)


def picture_of(answer: Answer) -> Picture:
    return AREAS.get(answer.activity.goal.focus_area.slug, Picture.RISKS)


def gather(contents: Contents) -> list[Input]:
    """Picture by picture, those that the organisation says something to."""
    inputs = {picture: Input(picture) for picture in Picture}
    for name, label, value in contents.described:
        inputs[Situation.FEEDS[name]].said.append((label, value))
    for answer in contents.answers:
        inputs[picture_of(answer)].answers.append(answer)
    return [each for each in inputs.values() if each.said or each.answers]
