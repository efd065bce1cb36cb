"""The decided wording comes into the programme: what it would be tied to is proposed, and a person confirms it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from boards import audit, markings
from boards.verbs import verb

from .models import FocusArea, Goal, Paragraph, Programme, Requirement
from .programme_file import Line

# So much of a requirement's own words has to stand in a paragraph for it to be proposed.
ENOUGH = 0.5
SHORTEST_WORD = 4
# Swedish endings are many; the beginning of a word says what it is about.
STEM = 6


@dataclass
class Mapping:
    """Which paragraph a focus area's section begins with, and where goals and requirements stand, by number."""

    areas: dict[int, int] = field(default_factory=dict)
    goals: dict[int, int] = field(default_factory=dict)
    requirements: dict[int, int] = field(default_factory=dict)


def propose(programme: Programme, lines: Sequence[Line]) -> Mapping:
    """The best guess, by the words that are shared. Nothing is written."""
    stems = [_stems(line.text) for line in lines]
    headings = [stem if line.level else frozenset() for line, stem in zip(lines, stems, strict=True)]
    running = [frozenset() if line.level else stem for line, stem in zip(lines, stems, strict=True)]
    areas, goals = programme.focus_areas.all(), programme.goals.all()
    duties = Requirement.objects.filter(programme=programme).binding()
    return Mapping(
        _best(((area.pk, area.name) for area in areas), headings, enough=1.0),
        _best(((goal.pk, goal.text) for goal in goals), running),
        _best(((duty.pk, duty.what) for duty in duties), running),
    )


def _best(
    things: Iterable[tuple[int, str]], stems: list[frozenset[str]], enough: float = ENOUGH
) -> dict[int, int]:
    found = {}
    for pk, text in things:
        wanted = _stems(text)
        shares = [len(wanted & there) / max(len(wanted), 1) for there in stems]
        best = max(range(len(shares)), key=lambda number: (shares[number], -len(stems[number])), default=None)
        if best is not None and shares[best] >= enough:
            found[pk] = best + 1
    return found


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(word[:STEM] for word in words if len(word) >= SHORTEST_WORD)


@verb("programme.text_loaded", _("%(who)s loaded the text of %(about)s"))
def load(programme: Programme, lines: Sequence[Line], mapping: Mapping, *, by: Any) -> None:
    """Writes the text once. Before the council's decision it may be loaded anew; after it, never."""
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if programme.is_settled and programme.paragraphs.exists():
        raise ValidationError(_("The text is decided and stands. Write a correction instead."))
    markings.refuse("\n".join(line.text for line in lines))
    _refuse_outside(mapping, len(lines))
    programme.paragraphs.all().delete()
    Paragraph.objects.bulk_create(_paragraphs(programme, lines, mapping), batch_size=200)
    _tie(programme, mapping)
    audit.record("programme.text_loaded", programme, by=by, programme=programme.slug, paragraphs=len(lines))


def _refuse_outside(mapping: Mapping, last: int) -> None:
    given = (mapping.areas, mapping.goals, mapping.requirements)
    if any(not 1 <= number <= last for numbers in given for number in numbers.values()):
        raise ValidationError(_("The last paragraph has the number %(number)d."), params={"number": last})


def _paragraphs(programme: Programme, lines: Sequence[Line], mapping: Mapping) -> list[Paragraph]:
    areas = {number: pk for pk, number in mapping.areas.items() if _own(FocusArea, programme, pk)}
    goals = {number: pk for pk, number in mapping.goals.items() if _own(Goal, programme, pk)}
    rows, area, depth = [], None, 0
    for order, line in enumerate(lines, 1):
        if line.level and depth and line.level <= depth:
            area, depth = None, 0
        if order in areas:
            area, depth = areas[order], line.level
        rows.append(
            Paragraph(
                programme=programme,
                order=order,
                level=line.level,
                text=line.text,
                focus_area_id=area,
                goal_id=goals.get(order),
            )
        )
    return rows


def _own(model: Any, programme: Programme, pk: int) -> bool:
    return model.objects.filter(pk=pk, programme=programme).exists()


def _tie(programme: Programme, mapping: Mapping) -> None:
    numbers = {paragraph.order: paragraph.pk for paragraph in programme.paragraphs.all()}
    own = set(Requirement.objects.filter(programme=programme).values_list("pk", flat=True))
    tie = Requirement.paragraphs.through
    rows = [
        tie(requirement_id=pk, paragraph_id=numbers[number])
        for pk, number in mapping.requirements.items()
        if pk in own
    ]
    tie.objects.bulk_create(rows, batch_size=200)
